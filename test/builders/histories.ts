import { type App, asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import type { Company } from "./company.ts";

export interface Step {
  at: string;
  owner?: Ctx;
  /** A stage by its name. */
  stage?: string;
  amount?: number | null;
  close_on?: string | null;
  name?: string;
}

/** Writes opportunities step by step, as imports do: the changes, and the row as it stands after the last. Returns their ids. */
export async function makeHistories(
  app: App,
  company: Company,
  histories: readonly { id?: string; product?: string; steps: readonly [Step, ...Step[]] }[],
): Promise<string[]> {
  return asActor(app, "import", company.orgId, async (db) => {
    const stages = new Map(
      (await db.selectFrom("stage").select(["id", "name", "outcome"]).where("org_id", "=", company.orgId).execute()).map((s) => [
        s.name,
        s,
      ]),
    );
    const ids: string[] = [];
    for (const { id = newId(), product, steps } of histories) {
      ids.push(id);
      const now = { name: `Deal ${ids.length}`, stage: "Prospecting", ...fold(steps) };
      const stage = stages.get(now.stage);
      if (!stage || !now.owner) throw new Error("a history needs an owner and stages that exist");
      const [first] = steps;
      const rows = steps.flatMap((step, index) => {
        const before = index === 0 ? undefined : { name: `Deal ${ids.length}`, stage: "Prospecting", ...fold(steps.slice(0, index)) };
        const after = index === 0 ? { name: `Deal ${ids.length}`, stage: "Prospecting", ...step } : step;
        const fields = {
          ...(index === 0 ? { created: [null, new Date(step.at).toISOString()], product: [null, product ?? null] } : {}),
          name: [before?.name ?? null, after.name],
          owner: [before?.owner?.viewer.personId ?? null, after.owner?.viewer.personId],
          stage: [before ? stages.get(before.stage)?.id : null, after.stage === undefined ? undefined : stages.get(after.stage)?.id],
          amount: [before?.amount?.toString() ?? null, after.amount?.toString()],
          close_on: [before?.close_on ?? null, after.close_on],
        };
        return Object.entries(fields).flatMap(([field, [was, is]]) =>
          is === undefined || is === null
            ? []
            : [
                {
                  org_id: company.orgId,
                  opportunity_id: id,
                  at: step.at,
                  field: field as "stage",
                  before: was ?? null,
                  after: is,
                  source: "test",
                },
              ],
        );
      });
      await db
        .insertInto("opportunity")
        .values({
          org_id: company.orgId,
          id,
          source: "test",
          external_id: id,
          name: now.name,
          owner_id: now.owner.viewer.personId,
          product_id: product ?? null,
          stage_id: stage.id,
          outcome: stage.outcome,
          amount_minor: now.amount ?? null,
          currency: "USD",
          close_on: now.close_on ?? null,
          created_at: first.at,
          // A step that changes nothing is no change.
          last_change_at: rows.at(-1)?.at ?? first.at,
        })
        .execute();
      await db.insertInto("opportunity_change").values(rows).execute();
    }
    return ids;
  });
}

const fold = (steps: readonly Step[]): Step => steps.reduce((now, step) => ({ ...now, ...step }));
