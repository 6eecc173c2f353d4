import type { Db } from "../../platform/database.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { organisationRow } from "../organisations/organisation-row.ts";

export const measures = ["month_result", "month_plan", "year_result", "year_plan", "rank"] as const;
export type Measure = (typeof measures)[number];

/** What the rep says of one number before seeing it, and what it was at that moment. Money in minor units. */
export interface Figure {
  measure: Measure;
  stated: number | null;
  wish: number | null;
  actual: number | null;
  statedAt: Date | null;
  /** Set once the actual figure was looked up; `actual` is null then when there was none, a plan that nobody set. */
  actualAt: Date | null;
}

/** The numbers this organisation asks for: a rank only where it uses ranks. */
export async function measuresOf(db: Db, orgId: string): Promise<Measure[]> {
  const { uses_rank: usesRank } = await organisationRow(db, orgId);
  return measures.filter((measure) => measure !== "rank" || usesRank);
}

export interface Answer {
  words: string;
  version: number;
}

export interface Preparation {
  startedAt: Date | null;
  submittedAt: Date | null;
  figures: Map<Measure, Figure>;
  /** By question: see `question`. */
  answers: Map<string, Answer>;
}

/** The names answers go by. They hold up to a hundred characters, so that an answer outlives a new version of its agenda. */
export const question = {
  month: "month",
  working: "working",
  notWorking: "not working",
  promise: (commitmentId: string) => `promise ${commitmentId}`,
  section: (title: string) => `section ${title}`.slice(0, 100),
  note: (measure: Measure) => `note ${measure}`,
  typed: (measure: Measure, what: "stated" | "wish") => `typed ${measure} ${what}`,
  word: (horizon: "month" | "quarter", part: "likely" | "least" | "most") => `word ${horizon} ${part}`,
};

/** The preparation of a meeting as the viewer may see it: all of it for the rep, for the manager once it is handed in. */
export async function preparationOf(db: Db, orgId: string, meetingId: string): Promise<Preparation> {
  const preparation = await db
    .selectFrom("preparation")
    .select(["started_at", "submitted_at"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
  const figures = await db
    .selectFrom("preparation_figure")
    .select(["measure", "stated", "wish", "actual", "stated_at as statedAt", "actual_at as actualAt"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .execute();
  const answers = await db
    .selectFrom("preparation_answer")
    .select(["question", "words", "version"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .execute();
  return {
    startedAt: preparation?.started_at ?? null,
    submittedAt: preparation?.submitted_at ?? null,
    figures: new Map(figures.map((figure) => [figure.measure, figure])),
    answers: new Map(answers.map(({ question, words, version }) => [question, { words, version }])),
  };
}

export interface EarlierFigure {
  measure: Measure;
  stated: number;
  actual: number;
  statedAt: Date;
}

/** What this rep stated before other meetings and what it was, newest first: how well they know their numbers. */
export async function earlierFigures(
  db: Db,
  orgId: string,
  meeting: Pick<MeetingView, "id" | "repId" | "plannedStart">,
): Promise<EarlierFigure[]> {
  const rows = await db
    .selectFrom("meeting as m")
    .innerJoin("preparation_figure as f", (on) => on.onRef("f.org_id", "=", "m.org_id").onRef("f.meeting_id", "=", "m.id"))
    .select(["f.measure", "f.stated", "f.actual", "f.stated_at as statedAt"])
    .where("m.org_id", "=", orgId)
    .where("m.rep_id", "=", meeting.repId)
    .where("m.id", "<>", meeting.id)
    .where("m.planned_start", "<", meeting.plannedStart)
    .where("f.stated", "is not", null)
    .where("f.actual", "is not", null)
    .where("f.stated_at", "is not", null)
    .orderBy("m.planned_start", "desc")
    .limit(40)
    .execute();
  return rows.flatMap(({ measure, stated, actual, statedAt }) =>
    stated !== null && actual !== null && statedAt !== null ? [{ measure, stated, actual, statedAt }] : [],
  );
}
