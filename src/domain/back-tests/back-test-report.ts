import { dayNumber, dayOf, monthStart } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type Estimate, known, refused } from "../../method/estimate.ts";
import { fiscalMonths } from "../../method/fiscal-months.ts";
import { positionOf } from "../../method/month-of-quarter.ts";
import type { Db } from "../../platform/database.ts";
import { backTest, type RepMonth } from "./back-test.ts";
import { type BackTestScores, scoresOf } from "./back-test-scores.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { ownedDealsAsOf } from "../numbers/owned-deals-queries.ts";
import { coverageAgainst, newDealChances, rateRange } from "../numbers/standing-figures.ts";

/**
 * How forecasts of past months, each made from what was known on its first day, would have done. Shares; months are
 * fiscal ones, by the calendar month they are called by: YYYY-MM-01.
 */
export interface BackTestReport {
  from: string;
  to: string;
  /** All months, the earlier ones, and the last three apart: a method may be tuned on the earlier ones alone. */
  groups: { words: string; scores: BackTestScores }[];
  months: { month: string; scores: BackTestScores }[];
  /** Months without a forecast, and why. */
  refused: { month: string; words: string }[];
  rates: Estimate<{ people: number; rawLow: number; rawHigh: number; low: number; high: number; flagged: number }>;
  newDeals: Estimate<{ won: number; lost: number; open: number; naive: number }>;
  /** Of each whole quarter: rank correlation of the coverage asked with what the quarter then needed. */
  quarters: { month: string; agreed: Estimate<number> }[];
}

const apart = 3;
const mostMonths = 24;

/**
 * The report as of an instant; months that are not over are left out. Refused where no opportunity, or no whole month, is there.
 * @param from first month, and `to` the last, as `fiscalMonths` counts; the last two years without them
 */
export async function backTestReport(
  db: Db,
  orgId: string,
  { now, from, to }: { now: Date; from?: number | undefined; to?: number | undefined },
): Promise<Estimate<BackTestReport>> {
  const { timeZone, fiscal } = await calendarOf(db, orgId);
  const today = dayNumber(dayAt(now, timeZone));
  const line = fiscalMonths(fiscal);
  const deals = await ownedDealsAsOf(db, orgId, today);
  if (deals.length === 0) return refused("deals", 0, 1, "opportunities");
  const last = Math.min(to ?? Number.POSITIVE_INFINITY, line.of(today) - 1);
  const ended = deals.reduce((at, { outcome, endedOn }) => (outcome === "open" ? at : Math.min(at, endedOn ?? at)), today);
  const first = from ?? Math.max(line.of(ended), last - mostMonths + 1);
  if (last < first) return refused("periods", 0, 1, "whole months that are over");
  const test = await backTest(db, { orgId, calendar: fiscal, from: first, to: last, known: deals });
  const end = line.start(last + 1);
  const atEnd = end === today ? deals : await ownedDealsAsOf(db, orgId, end);
  const quarters: BackTestReport["quarters"] = [];
  for (let month = first; month + 2 <= last; month++)
    if (positionOf(month, fiscal.startsIn) === 0) {
      const day = line.start(month);
      const agreed = coverageAgainst(await ownedDealsAsOf(db, orgId, day), atEnd, { day, end: line.start(month + 3), calendar: fiscal });
      quarters.push({ month: dayOf(monthStart(month)), agreed });
    }
  const rates = rateRange(atEnd);
  return known({
    from: dayOf(monthStart(first)),
    to: dayOf(monthStart(last)),
    groups: groupsOf(test.months, last - apart),
    months: [...Map.groupBy(test.months, ({ month }) => month)].map(([month, some]) => ({
      month: dayOf(monthStart(month)),
      scores: scoresOf(some),
    })),
    refused: test.refused.map(({ month, words }) => ({ month: dayOf(monthStart(month)), words })),
    rates: rates.known ? known({ ...rates.value, flagged: rates.value.flagged.length }) : rates,
    newDeals: newDealChances(atEnd, end),
    quarters,
  });
}

function groupsOf(months: readonly RepMonth[], lastEarlier: number): BackTestReport["groups"] {
  const groups: [string, readonly RepMonth[]][] = [
    ["all months", months],
    ["earlier", months.filter(({ month }) => month <= lastEarlier)],
    ["last three", months.filter(({ month }) => month > lastEarlier)],
  ];
  return groups.filter(([, some]) => some.length > 0).map(([words, some]) => ({ words, scores: scoresOf(some) }));
}
