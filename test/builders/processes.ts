import { insertProcessVersion } from "../../src/domain/processes/insert-process-version.ts";
import type { ProcessRule } from "../../src/domain/processes/process-queries.ts";
import { type App, asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import type { Company } from "./company.ts";

interface StageOfProcess {
  /** A stage by its name; made when the organisation has none of that name. */
  stage: string;
  /** Each a verifier in its own words, or with its id. */
  verifiers?: readonly (string | { id: string; words: string })[];
  probability?: number;
}

interface ProcessValues {
  version?: number;
  /** In force from then on; long ago unless said otherwise. */
  validFrom?: string;
  stages: readonly StageOfProcess[];
  /** Stages by their names. */
  rules?: readonly (Pick<ProcessRule, "grade" | "field"> & { stage?: string; number?: number })[];
}

export interface MadeProcess {
  id: string;
  /** Verifier ids by their words, stage ids by their names. */
  verifiers: Map<string, string>;
  stages: Map<string, string>;
}

/** A version of the company's sales process. */
export async function makeProcess(app: App, company: Company, values: ProcessValues): Promise<MadeProcess> {
  const { orgId } = company;
  const id = newId();
  return asActor(app, "set-up", orgId, async (db) => {
    const stages = await stagesNamed(
      db,
      orgId,
      values.stages.map(({ stage }) => stage),
    );
    const verifiers = new Map<string, string>();
    const tollOf = (given: string | { id: string; words: string }) => {
      const { id: verifierId, words } = typeof given === "string" ? { id: newId(), words: given } : given;
      verifiers.set(words, verifierId);
      return { verifierId, words, who: "Anybody" };
    };
    await insertProcessVersion(db, {
      id,
      orgId,
      version: values.version ?? 1,
      name: "The way we sell",
      publishedBy: null,
      validFrom: new Date(values.validFrom ?? "2020-01-01T00:00Z"),
      stages: values.stages.map(({ stage, verifiers: given = [], probability = 10 }) => ({
        stageId: stages.get(stage) ?? "",
        name: stage,
        experience: "",
        probability,
        tolls: given.map(tollOf),
      })),
      rules: (values.rules ?? []).map(({ grade, field, stage, number }) => ({
        grade,
        field,
        stageId: stage ? (stages.get(stage) ?? null) : null,
        number: number ?? null,
      })),
    });
    return { id, verifiers, stages };
  });
}

type Db = Parameters<Parameters<Ctx["tx"]>[0]>[0];

async function stagesNamed(db: Db, orgId: string, names: readonly string[]): Promise<Map<string, string>> {
  const read = async () => {
    const rows = await db.selectFrom("stage").select(["id", "name", "position"]).where("org_id", "=", orgId).execute();
    return new Map(rows.map(({ id, name }) => [name, id]));
  };
  const there = await read();
  const lacking = names.filter((name) => !there.has(name));
  if (lacking.length > 0)
    await db
      .insertInto("stage")
      .values(lacking.map((name, index) => ({ org_id: orgId, id: newId(), name, position: 20 + index, outcome: "open" as const })))
      .execute();
  return read();
}

interface EvidenceValues {
  at?: string;
  by?: Ctx;
  withdrawnAt?: string;
  words?: string;
}

/** Evidence for that verifier, recorded by the owner's side, now unless said otherwise. */
export async function makeEvidence(
  app: App,
  company: Company,
  { opportunity, verifier, by }: { opportunity: string; verifier: string | undefined; by: Ctx },
  values: EvidenceValues = {},
): Promise<string> {
  const id = newId();
  const at = new Date(values.at ?? app.clock.now());
  const withdrawn = values.withdrawnAt
    ? { withdrawn_at: new Date(values.withdrawnAt), withdrawn_by: by.viewer.personId, withdrawn_why: "It was somebody else." }
    : {};
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("evidence")
      .values({
        org_id: company.orgId,
        id,
        opportunity_id: opportunity,
        verifier_id: verifier ?? "",
        given_on: at.toISOString().slice(0, 10),
        customer_person: "Carla Customer",
        words: values.words ?? "She said so in the call.",
        recorded_by: by.viewer.personId,
        recorded_at: at,
        ...withdrawn,
      })
      .execute(),
  );
  return id;
}
