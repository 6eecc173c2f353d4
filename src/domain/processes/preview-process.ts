import type { Grade } from "../../method/prospect-grade.ts";
import { todayOf } from "../../platform/clock.ts";
import { asActor, type Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type DealGrade, gradedBy } from "../evidence/prospect-facts.ts";
import { opportunitiesAsOf } from "../opportunities/opportunities-as-of.ts";
import { type FormerStage, type Process, processAt } from "./process-queries.ts";
import type { ReadProcess } from "./read-draft.ts";

export type GradeCounts = Readonly<Record<Grade, number>>;

export interface ProcessPreview {
  /** Open deals of the whole organisation. */
  open: number;
  /** How many of them would have another verified stage, or one for the first time. */
  otherStage: number;
  /** How many would be graded otherwise, or for the first time, and where. Those graded by hand stay. */
  otherGrade: number;
  gradesNow: GradeCounts;
  gradesThen: GradeCounts;
  /** How many are claimed ahead of verified, now and then. */
  aheadNow: number;
  aheadThen: number;
  /** Stages open deals stand in that the draft does not have. */
  left: { name: string; deals: number; as: string | null }[];
  /** Verifiers of the process in force that are gone, with how much evidence there is for them. */
  gone: { words: string; evidence: number }[];
}

/** What publishing would change, as counts alone: an admin reads no deals, so the counting is done on their behalf. */
export async function previewProcess(ctx: Ctx, next: ReadProcess): Promise<ProcessPreview> {
  const { orgId } = ctx.viewer;
  const at = ctx.clock.now();
  return asActor(ctx, "set-up", orgId, async (db) => {
    const deals = await openDeals(db, orgId, at);
    const current = await processAt(db, orgId, at);
    const asked = { orgId, currency: ctx.viewer.currency, deals, at, today: todayOf(ctx), dated: false };
    const draft: Process = { id: "", version: 0, validFrom: at, publishedBy: null, former: formerIn(current, next), ...next };
    const { verified: now, grades: gradesNow } = await gradedBy(db, asked, current);
    const { verified: then, grades: gradesThen } = await gradedBy(db, asked, draft);
    const ahead = (found: typeof now) => [...found.values()].filter(({ aheadBy }) => aheadBy > 0).length;
    const stays = new Set(next.stages.map(({ stageId }) => stageId));
    const left = Map.groupBy(
      deals.filter(({ stageId }) => !stays.has(stageId)),
      ({ stage }) => stage,
    );
    return {
      open: deals.length,
      otherStage: deals.filter(({ id }) => now.get(id)?.verifiedStageId !== then.get(id)?.verifiedStageId).length,
      otherGrade: deals.filter(({ id }) => (gradesNow.get(id)?.grade ?? null) !== (gradesThen.get(id)?.grade ?? null)).length,
      gradesNow: counts(gradesNow),
      gradesThen: counts(gradesThen),
      aheadNow: ahead(now),
      aheadThen: ahead(then),
      left: [...left].map(([name, rows]) => ({ name, deals: rows.length, as: countedAs(next, rows[0]?.stageId) })),
      gone: await goneFrom(db, orgId, current, next),
    };
  });
}

/** As of the clock, as every page shows them: what is dated later has not happened yet. */
async function openDeals(db: Db, orgId: string, at: Date) {
  const people = await db.selectFrom("person").select("id").where("org_id", "=", orgId).execute();
  return opportunitiesAsOf(db, { orgId, ownerIds: people.map(({ id }) => id), at, outcomes: ["open"] });
}

/** Verifiers in force that the draft does not ask for any more. */
async function goneFrom(db: Db, orgId: string, current: Process | null, next: ReadProcess): Promise<ProcessPreview["gone"]> {
  const kept = new Set(next.stages.flatMap(({ tolls }) => tolls.map(({ verifierId }) => verifierId)));
  const gone = (current?.stages ?? []).flatMap(({ tolls }) => tolls.filter(({ verifierId }) => !kept.has(verifierId)));
  if (gone.length === 0) return [];
  const ids = gone.map(({ verifierId }) => verifierId);
  const counted = await db
    .selectFrom("evidence")
    .select((eb) => ["verifier_id as id", eb.fn.countAll<number>().as("evidence")])
    .where("org_id", "=", orgId)
    .where("withdrawn_at", "is", null)
    .where("verifier_id", "in", ids)
    .groupBy("verifier_id")
    .execute();
  return gone.map(({ verifierId, words }) => ({ words, evidence: Number(counted.find(({ id }) => id === verifierId)?.evidence ?? 0) }));
}

/** What the draft would take out, and what was taken out before and stays so. */
function formerIn(current: Process | null, { stages }: ReadProcess): FormerStage[] {
  if (!current) return [];
  const stays = new Set(stages.map(({ stageId }) => stageId));
  const before = (index: number) => current.stages.slice(0, index).findLast(({ stageId }) => stays.has(stageId))?.stageId ?? null;
  const taken = current.stages.flatMap(({ stageId, name, tolls }, index): FormerStage[] =>
    stays.has(stageId) ? [] : [{ stageId, name, tolls, isFormer: true, afterStageId: before(index) }],
  );
  // Where the stage before one taken out long ago goes too, it stands after the next one that is left.
  const moved = current.former.map((one) => {
    const at = current.stages.findIndex(({ stageId }) => stageId === one.afterStageId);
    return { ...one, afterStageId: before(at + 1) };
  });
  return [...taken, ...moved.filter(({ stageId }) => !stays.has(stageId))];
}

function countedAs({ stages, carried }: ReadProcess, stageId: string | undefined): string | null {
  const as = carried.find((one) => one.stageId === stageId)?.asStageId;
  return stages.find((stage) => stage.stageId === as)?.name ?? null;
}

function counts(grades: ReadonlyMap<string, DealGrade>): GradeCounts {
  const of = (grade: Grade) => [...grades.values()].filter((one) => one.grade === grade).length;
  return { A: of("A"), B: of("B"), C: of("C") };
}
