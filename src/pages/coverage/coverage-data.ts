import { type Commitment, goalsInHand } from "../../domain/commitments/commitment-queries.ts";
import { commissionRateOn } from "../../domain/commission-rates/commission-rate-queries.ts";
import { aspirationsOf } from "../../domain/goals/aspiration-queries.ts";
import { dealsWithoutRate, type WithoutRate } from "../../domain/exchange-rates/deals-without-rate.ts";
import { opportunityNames } from "../../domain/opportunities/opportunity-name-queries.ts";
import { calendarOf } from "../../domain/organisations/organisation-calendar.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { fiscalYear, fiscalYearOf } from "../../method/fiscal-calendar.ts";
import { type PersonHead, personHead } from "../../domain/people/person-head-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { type NumbersThen, type StoredNumbers, storedNumbers } from "../../domain/numbers/stored-numbers-queries.ts";
import type { HorizonFigures, PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import type { Refusal } from "../../method/estimate.ts";
import type { FindingReach } from "../../method/finding-goal.ts";
import { type GoalHorizon, goalHorizons } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";

/** One horizon as it is shown: against the rep's own goal where the viewer may see one, else against quota. */
export interface ShownHorizon {
  horizon: GoalHorizon;
  figures: HorizonFigures;
  /** Null where nobody set one. */
  goal: HorizonFigures["goal"];
  isOwn: boolean;
  /** The quota beside an own goal. */
  quotaMinor: number | null;
}

export interface CoverageData {
  head: PersonHead;
  stored: StoredNumbers;
  /** The stored row shown, its day and when it was made; null while there is none. */
  made: NumbersThen | null;
  /** Null while there are none, or where they are refused as a whole. */
  numbers: PersonNumbers | null;
  refusal: Refusal | null;
  horizons: ShownHorizon[];
  /** What the rep said last would be awesome this year; null for anybody outside the pair, and where nothing was said. */
  aspiration: { words: string; minor: number | null } | null;
  /** Of the deals that move a chance. */
  dealNames: ReadonlyMap<string, string>;
  /** Share of what is won; null where none is set, or not for the viewer to see. */
  commissionRate: number | null;
  /** Deals that the numbers leave out, because nothing exchanges them. */
  withoutRate: WithoutRate[];
  /** Coaching goals in hand; none for anybody outside the pair. */
  goals: Commitment[];
}

export async function coverageData(ctx: Ctx, id: string | undefined): Promise<CoverageData> {
  return ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, id);
    if (!person.roles.includes("rep") || (person.standing === "admin" && !person.isInTree)) throw new NotFound("This page");
    await recordReading(db, ctx, person, "coverage");
    const { orgId } = ctx.viewer;
    const stored = (await storedNumbers(db, orgId, [person.id])).get(person.id) ?? { quota: null, goal: null, dueSince: null };
    const figures = numbersShown(stored);
    const { fiscal, timeZone } = await calendarOf(db, orgId);
    // By the organisation's day, as the numbers beside it.
    const today = dayAt(ctx.clock.now(), timeZone);
    const rate = (await commissionRateOn(db, orgId, [person.id], dayNumber(today))).get(person.id);
    const isOfPair = person.standing === "self" || person.standing === "pair";
    return {
      head: await personHead(db, ctx, person),
      stored,
      ...figures,
      aspiration: isOfPair
        ? await aspirationIn(db, ctx, person.id, fiscalYear(fiscal, fiscalYearOf(fiscal, dayNumber(today))).year.month)
        : null,
      dealNames: await opportunityNames(db, orgId, movingDeals(figures.horizons)),
      commissionRate: rate ? rate.basisPoints / 10_000 : null,
      withoutRate: await dealsWithoutRate(db, { orgId, ownerIds: [person.id], at: ctx.clock.now(), day: today }),
      goals: await goalsInHand(db, orgId, person.id),
    };
  });
}

async function aspirationIn(db: Db, { viewer }: Ctx, personId: string, year: string): Promise<CoverageData["aspiration"]> {
  const { orgId, currency } = viewer;
  const [last] = await aspirationsOf(db, orgId, personId, year, 1);
  if (!last || (last.words === "" && last.amountMinor === null)) return null;
  return { words: last.words, minor: last.currency === currency ? last.amountMinor : null };
}

const movingDeals = (horizons: readonly ShownHorizon[]): string[] =>
  horizons.flatMap(({ goal }) =>
    goal?.moves.known ? goal.moves.value.flatMap(({ what }) => ("opportunityId" in what ? [what.opportunityId] : [])) : [],
  );

export type ShownNumbers = Pick<CoverageData, "made" | "numbers" | "refusal" | "horizons">;

/** What the viewer is shown of the stored numbers: own goals lead where they may be seen. */
export function numbersShown({ quota, goal }: StoredNumbers): ShownNumbers {
  const made = goal ?? quota;
  if (!made) return { made, numbers: null, refusal: null, horizons: [] };
  if (!made.numbers.known) return { made, numbers: null, refusal: made.numbers.refusal, horizons: [] };
  const numbers = made.numbers.value;
  const byQuota = quota?.numbers.known ? quota.numbers.value : null;
  const horizons = goalHorizons.map((horizon): ShownHorizon => {
    const own = goal ? numbers.horizons[horizon] : null;
    const asked = byQuota?.horizons[horizon] ?? null;
    const isOwn = own?.goal != null;
    const figures = (isOwn ? own : asked) ?? numbers.horizons[horizon];
    return { horizon, figures, goal: figures.goal, isOwn, quotaMinor: asked?.goal?.goalMinor ?? null };
  });
  return { made, numbers, refusal: null, horizons };
}

/** The two of a pair may, as long as both are there. */
export const mayPutGoals = ({ standing, hasLeft }: PersonHead["person"]): boolean =>
  (standing === "self" || standing === "pair") && !hasLeft;

/** What finding can do about the gap of a horizon; null where nothing has to be found, or nothing can be said. */
export const reachOf = ({ goal }: ShownHorizon): FindingReach | null =>
  goal?.finding.known && goal.finding.value.opportunities > 0 ? goal.finding.value.reach : null;

export const isFindable = (shown: ShownHorizon): boolean => {
  const reach = reachOf(shown);
  return reach === "more than usual" || reach === "usual pace";
};

/** The farthest horizon whose gap more finding than usual closes; else the farthest that the usual pace closes. */
export const toFind = (horizons: readonly ShownHorizon[]): ShownHorizon | undefined =>
  horizons.findLast((shown) => reachOf(shown) === "more than usual") ?? horizons.findLast(isFindable);

/** The farthest horizon whose gap finding alone does not close. */
export const beyondFinding = (horizons: readonly ShownHorizon[]): ShownHorizon | undefined =>
  horizons.findLast((shown) => reachOf(shown) === "too many" || reachOf(shown) === "too late");
