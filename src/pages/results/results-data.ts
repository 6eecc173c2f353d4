import { type ActivityLevels, activityLevels } from "../../domain/activities/activity-levels-queries.ts";
import { type StoredNumbers, storedNumbers } from "../../domain/numbers/stored-numbers-queries.ts";
import { type PersonView, personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { type PersonHead, personHead } from "../../domain/people/person-head-queries.ts";
import { type StepTaken, stepsOf } from "../../domain/results/next-steps.ts";
import { type OwnPlace, ownPlace } from "../../domain/results/own-place-queries.ts";
import { type ResultFigures, resultFigures } from "../../domain/results/result-figures.ts";
import { type SelfReportLine, selfReports } from "../../domain/results/self-report-queries.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { Estimate } from "../../method/estimate.ts";
import type { GoalHorizon } from "../../method/fiscal-calendar.ts";
import { numbersShown, type ShownNumbers } from "../coverage/coverage-data.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { NotFound } from "../../platform/http.ts";

/** Everything the page of results shows, read in one transaction. */
export interface ResultsData {
  head: PersonHead;
  person: PersonView;
  isSelf: boolean;
  /** The rep and whoever meets them: what the rep says of own numbers is theirs alone. */
  isPair: boolean;
  figures: ResultFigures;
  steps: StepTaken[];
  /** The next one-on-one of the pair, where the viewer is one of the two. */
  nextMeetingId: string | null;
  selfReports: SelfReportLine[];
  stored: StoredNumbers;
  shown: ShownNumbers;
  levels: ActivityLevels;
  /** The rep's own, for the rep alone; null where the organisation uses no ranks. */
  place: Estimate<OwnPlace> | null;
}

/** Results belong to the rep and to those above: who sees the pipeline sees them. Others outside the pair are written down. */
export async function personWithResults(db: Db, ctx: Ctx, id: string | undefined, what: string): Promise<PersonView> {
  const person = await personForViewer(db, ctx, id);
  if (!person.isInTree || !person.roles.includes("rep")) throw new NotFound("This page of results");
  await recordReading(db, ctx, person, what);
  return person;
}

function startsOf({ periods }: ResultFigures): Record<GoalHorizon, string> {
  const start = (wanted: GoalHorizon) => dayOf(periods.find(({ horizon }) => horizon === wanted)?.period.from ?? 0);
  return { month: start("month"), quarter: start("quarter"), year: start("year") };
}

export async function resultsData(ctx: Ctx, id: string | undefined): Promise<ResultsData> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const person = await personWithResults(db, ctx, id, "results");
    const at = ctx.clock.now();
    const isPair = person.standing === "self" || person.standing === "pair";
    const head = await personHead(db, ctx, person);
    const figures = await resultFigures(db, { orgId, personId: person.id, at });
    const year = figures.periods.find(({ horizon }) => horizon === "year");
    const stored = (await storedNumbers(db, orgId, [person.id])).get(person.id) ?? { quota: null, goal: null, dueSince: null };
    return {
      head,
      person,
      isSelf: person.standing === "self",
      isPair,
      figures,
      steps: isPair ? await stepsOf(db, orgId, person.id) : [],
      nextMeetingId: head.next?.isMine ? head.next.id : null,
      selfReports: isPair ? await selfReports(db, orgId, person.id) : [],
      stored,
      shown: numbersShown(stored),
      levels: await activityLevels(db, { orgId, personId: person.id, timeZone: figures.timeZone, starts: startsOf(figures), at }),
      place: person.standing === "self" && year ? await ownPlace(db, orgId, year.period) : null,
    };
  });
}
