import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

export interface NextStep {
  id: string;
  words: string;
  monthsMissed: number;
  at: Date;
  byName: string;
}

export const nextStepsOf = (db: Db, orgId: string, meetingId: string): Promise<NextStep[]> =>
  db
    .selectFrom("next_step as n")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "n.org_id").onRef("p.id", "=", "n.by_id"))
    .select(["n.id", "n.words", "n.months_missed as monthsMissed", "n.at", "p.name as byName"])
    .where("n.org_id", "=", orgId)
    .where("n.meeting_id", "=", meetingId)
    .orderBy("n.at")
    .execute();

export interface StepTaken extends NextStep {
  meetingId: string;
  timeZone: string;
}

/** The steps a rep and those who meet them agreed on after missed months, newest first: of the one-on-ones the viewer is part of. */
export const stepsOf = (db: Db, orgId: string, repId: string): Promise<StepTaken[]> =>
  db
    .selectFrom("next_step as n")
    .innerJoin("meeting as m", (on) => on.onRef("m.org_id", "=", "n.org_id").onRef("m.id", "=", "n.meeting_id"))
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "n.org_id").onRef("p.id", "=", "n.by_id"))
    .select([
      "n.id",
      "n.words",
      "n.months_missed as monthsMissed",
      "n.at",
      "p.name as byName",
      "m.id as meetingId",
      "m.time_zone as timeZone",
    ])
    .where("n.org_id", "=", orgId)
    .where("m.rep_id", "=", repId)
    .orderBy("n.at", "desc")
    .limit(12)
    .execute();

interface AgreedAsked {
  orgId: string;
  repIds: readonly string[];
  /** The first instant of the running fiscal month: a step from before it was for months before the last one. */
  since: Date;
}

/** The step each of these reps agreed on since the last whole month ended, for the most missed months, by rep: of the one-on-ones the viewer is part of. */
export async function stepsAgreed(db: Db, { orgId, repIds, since }: AgreedAsked): Promise<Map<string, StepAgreed>> {
  if (repIds.length === 0) return new Map();
  const { rows } = await sql<StepAgreed & { repId: string }>`
    select distinct on (m.rep_id) m.rep_id as "repId", n.words, n.months_missed as "monthsMissed", n.at, m.id as "meetingId", m.time_zone as "timeZone"
    from next_step n join meeting m on m.org_id = n.org_id and m.id = n.meeting_id
    where n.org_id = ${orgId} and m.rep_id = any(${repIds}::uuid[]) and n.at >= ${since}
    order by m.rep_id, n.months_missed desc, n.at desc, n.id`.execute(db);
  return new Map(rows.map(({ repId, ...step }) => [repId, step]));
}

export type StepAgreed = Omit<StepTaken, "id" | "byName">;

/** Is it the step for as many missed months as there are now? A further missed month asks for a further one. */
export const answers = <S extends Pick<NextStep, "monthsMissed">>(step: S | undefined | null, missed: number): S | null =>
  step && step.monthsMissed >= missed ? step : null;

/** Keeps the next appropriate step that the pair agreed on after more than one missed month in a row. */
export async function keepNextStep(ctx: Ctx, step: { id: string; meetingId: string; words: string; monthsMissed: number }): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, step.meetingId);
    if (meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    await db
      .insertInto("next_step")
      .values({
        org_id: ctx.viewer.orgId,
        id: step.id,
        meeting_id: meeting.id,
        months_missed: step.monthsMissed,
        words: step.words,
        by_id: ctx.viewer.personId,
        at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
