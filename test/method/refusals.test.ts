import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { activitiesPer, activitiesPerWin } from "../../src/method/activities-per-win.ts";
import { spanDraws } from "../../src/method/attainment.ts";
import { ClosingCounts } from "../../src/method/closing-counts.ts";
import { closingHazards, type DealLife } from "../../src/method/closing-hazards.ts";
import { closingModel, type OwnedDeal } from "../../src/method/closing-model.ts";
import { type Estimate, valueOf } from "../../src/method/estimate.ts";
import { findingGoal } from "../../src/method/finding-goal.ts";
import { calendarYear } from "../../src/method/fiscal-calendar.ts";
import { flaggedRates } from "../../src/method/flagged-rates.ts";
import { bias, brier, calibrationError, intervalCover, rocArea, wape } from "../../src/method/forecast-scores.ts";
import { gainOf } from "../../src/method/levers.ts";
import { monthOfQuarter } from "../../src/method/month-of-quarter.ts";
import { numbersSetting } from "../../src/method/numbers-setting.ts";
import { paceOf } from "../../src/method/pace.ts";
import { rankCorrelation } from "../../src/method/rank-correlation.ts";
import { repBaseline } from "../../src/method/rep-baseline.ts";
import { repNumbers } from "../../src/method/rep-numbers.ts";
import { requiredCoverage } from "../../src/method/required-coverage.ts";
import { selfReport } from "../../src/method/self-report.ts";
import { smallestLeverSets } from "../../src/method/smallest-lever-set.ts";
import { trend } from "../../src/method/trend.ts";
import { voiceScore } from "../../src/method/voice-scores.ts";
import { winRates } from "../../src/method/win-rates.ts";
import { began, madeDeals } from "./made-deals.ts";

const deals = madeDeals({ days: 200 });
const day = began + 200;
const model = valueOf(closingModel(deals, day));
const setting = valueOf(numbersSetting(deals, day));
if (!model || !setting) throw new Error("there is history enough");

const some = <T>(many: number, one: T): T[] => Array.from({ length: many }, () => one);
const deal = (outcome: OwnedDeal["outcome"], createdOn: number, endedOn: number | null, wonMinor = 0): OwnedDeal => ({
  ownerId: "a",
  createdOn,
  endedOn,
  outcome,
  openMinor: 100_000,
  wonMinor,
});
const open = (many: number, chance: number) => ({
  open: some(many, { minor: 1000, chance, age: 10 }),
  expectedNew: 0,
  newWins: 0,
  newMinor: 1000,
  newAmounts: [],
  othersAmounts: [],
  othersShare: 0,
  variance: 1,
});
const baseline = {
  yearMinor: 1000,
  lowMinor: 800,
  highMinor: 1200,
  opportunitiesAMonth: 1,
  winChance: 0.5,
  dealMinor: 100,
  cycleDays: 60,
  commissionRate: null,
};
const nothing = { outlook: open(0, 0), scale: 1, sharedSpread: 0.2, ownSpread: 0.2, seed: 1 };
const year = { observedFrom: began, until: began + 365, winRate: 0.5 };
const won = (wonMinor: number) => deal("won", began, began + 30, wonMinor);
const counts = (observedFrom: number) => new ClosingCounts({ firstOn: began, observedFrom, day, calendar: calendarYear });
const closedLife: DealLife = { from: 0, to: 5, outcome: "won" };

const refusals: [file: string, why: string, refused: Estimate<unknown>, words: string][] = [
  ["activities-per-win", "few wins", activitiesPerWin(90, 4), "not enough wins: 4 won deals, 5 needed"],
  ["activities-per-win", "fewer activities than wins", activitiesPerWin(3, 9), "not enough results: 3 activities, 9 needed"],
  ["activities-per-win", "few opportunities", activitiesPer(90, 4, "new deals"), "not enough deals: 4 new deals, 5 needed"],
  ["attainment", "nothing to win", spanDraws(nothing), "not enough deals: 0 deals that can be won by then, 1 needed"],
  ["closing-counts", "young records", counts(began).modelOf(began + 89), "not enough history: 89 days, 90 needed"],
  ["closing-counts", "young outcomes", counts(day - 27).modelOf(day), "not enough history: 27 days of closed deals, 28 needed"],
  ["closing-counts", "few outcomes", counts(began).modelOf(day), "not enough outcomes: 0 closed deals, 30 needed"],
  ["closing-hazards", "few outcomes", closingHazards(some(29, closedLife)), "not enough outcomes: 29 closed deals, 30 needed"],
  ["closing-model", "young records", closingModel([won(1)], began + 89), "not enough history: 89 days, 90 needed"],
  [
    "closing-model",
    "young outcomes",
    closingModel([deal("won", began, began + 100, 1)], began + 127),
    "not enough history: 27 days of closed deals, 28 needed",
  ],
  [
    "finding-goal",
    "no time left",
    findingGoal({
      model,
      setting: { newChances: [] },
      outlook: { expectedOpen: 0, expectedNew: 0, newADay: 1, newMinor: 1000 },
      gapMinor: 1,
    }),
    "not enough history: 0 days until then",
  ],
  ["flagged-rates", "one person alone", flaggedRates([{ id: "a", won: 30, lost: 10 }]), "not enough people: 1 people with 20 closed deals"],
  ["forecast-scores", "nothing came", wape([{ forecast: 5, actual: 0 }]), "not enough results: 0 results above nothing, 1 needed"],
  ["forecast-scores", "nothing came", bias([{ forecast: 5, actual: 0 }]), "not enough results: 0 results above nothing, 1 needed"],
  ["forecast-scores", "no chance was given", brier([]), "not enough results: 0 results, 1 needed"],
  ["forecast-scores", "few chances", calibrationError(some(9, { chance: 0.5, came: true })), "not enough results: 9 results, 10 needed"],
  ["forecast-scores", "all came", rocArea([{ chance: 0.9, came: true }]), "not enough results: 0 results of each kind, 1 needed"],
  ["forecast-scores", "no interval", intervalCover([]), "not enough results: 0 results, 1 needed"],
  ["levers", "no income", gainOf({ ...baseline, yearMinor: 0 }, {}), "not enough wins: 0 won deals, 1 needed"],
  [
    "month-of-quarter",
    "less than a quarter",
    monthOfQuarter(deals, model.hazards, { observedFrom: began, day: began + 75 }),
    "not enough periods: 2 whole months, 3 needed",
  ],
  ["numbers-setting", "young records", numbersSetting(deals, began + 41), "not enough history: 41 days, 90 needed"],
  ["pace", "a young period", paceOf({ from: 0, until: 30 }, 1, 5, 10), "not enough history: 2 days of the period, 3 needed"],
  ["rank-correlation", "few pairs", rankCorrelation(some(4, [1, 2] as const)), "not enough results: 4 pairs, 5 needed"],
  ["rank-correlation", "all alike", rankCorrelation(some(5, [1, 2] as const)), "not enough results: 1 different values, 2 needed"],
  [
    "rep-baseline",
    "young outcomes",
    repBaseline(some(9, won(1)), { ...year, until: began + 89 }),
    "not enough history: 89 days of closed deals, 90 needed",
  ],
  [
    "rep-baseline",
    "young person",
    repBaseline(some(9, won(1)), { ...year, begun: began + 276 }),
    "not enough history: 89 days since the first own deal, 90 needed",
  ],
  ["rep-baseline", "few wins", repBaseline(some(4, won(1)), year), "not enough wins: 4 won deals, 5 needed"],
  ["rep-baseline", "wins without an amount", repBaseline(some(5, won(0)), year), "not enough wins: 0 won deals with an amount, 1 needed"],
  ["rep-numbers", "no closed deal", repNumbers(setting, "new", [])().winRate, "not enough outcomes: 0 closed deals, 1 needed"],
  ["required-coverage", "few deals", requiredCoverage({ outlook: open(4, 0.5), gapMinor: 1 }), "not enough deals: 4 open deals, 5 needed"],
  [
    "required-coverage",
    "deals past hope",
    requiredCoverage({ outlook: open(9, 0), gapMinor: 1 }),
    "not enough deals: 0 open deals that can still be won by then, 1 needed",
  ],
  ["self-report", "few statements", selfReport(some(5, { stated: 1, actual: 1 })), "not enough results: 5 statements, 6 needed"],
  ["smallest-lever-set", "no income", smallestLeverSets({ ...baseline, yearMinor: 0 }, 1), "not enough wins: 0 won deals, 1 needed"],
  ["smallest-lever-set", "all four are not enough", smallestLeverSets(baseline, 2000), "no way there: 147 of 200 percent of today"],
  ["trend", "few weeks", trend([5, 4, 3, 2, 1, 0, 0]), "not enough periods: 7 weeks, 8 needed"],
  ["voice-scores", "few months", voiceScore(some(5, { forecast: 1, actual: 1 })), "not enough periods: 5 months, 6 needed"],
  [
    "voice-scores",
    "nothing came",
    voiceScore(some(6, { forecast: 1, actual: 0 })),
    "not enough results: 0 results above nothing, 1 needed",
  ],
  ["win-rates", "few outcomes", winRates([{ id: "a", won: 10, lost: 9 }]), "not enough outcomes: 19 closed deals, 20 needed"],
];

test.each(refusals)("%s refuses by name: %s", (_file, _why, refused, words) => {
  expect(refused).toMatchObject({ known: false, refusal: { words: expect.stringContaining(words) as string } });
});

test("every place of the method that refuses stands above", () => {
  const folder = join(import.meta.dirname, "../../src/method");
  const tested = Map.groupBy(refusals, ([file]) => file);
  for (const name of readdirSync(folder)) {
    const places = readFileSync(join(folder, name), "utf8").match(/(?<!function )\brefused\(/g)?.length ?? 0;
    const file = name.replace(".ts", "");
    expect([file, (tested.get(file)?.length ?? 0) >= places]).toEqual([file, true]);
  }
});
