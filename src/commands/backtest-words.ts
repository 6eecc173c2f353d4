import type { BackTestReport } from "../domain/back-tests/back-test-report.ts";
import type { BackTestScores } from "../domain/back-tests/back-test-scores.ts";
import type { Estimate } from "../method/estimate.ts";

const monthWord = (month: string): string => month.slice(0, 7);
const two = (estimate: Estimate<number>): string => (estimate.known ? estimate.value.toFixed(3).replace(/^(-?)0\./, "$1.") : "–");
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Lines of one table: words to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "));
}

/** The scores of all months, of the earlier ones, and of the last three apart. */
export function scoreTable({ groups }: BackTestReport): string[] {
  if (groups.length === 0) return ["", "No month can be forecast."];
  const rows: [string, (scores: BackTestScores) => Estimate<number>][] = [
    ["N1 error of a rep's month, Kept", ({ of }) => of.kept.rep],
    ["   trailing mean", ({ of }) => of.trailing.rep],
    ["   flat 3×", ({ of }) => of.flat.rep],
    ["   each manager's team, Kept", ({ of }) => of.kept.team],
    ["   trailing mean", ({ of }) => of.trailing.team],
    ["   flat 3×", ({ of }) => of.flat.team],
    ["N2 error of the whole team's month, Kept", ({ of }) => of.kept.everybody],
    ["   trailing mean", ({ of }) => of.trailing.everybody],
    ["   flat 3×", ({ of }) => of.flat.everybody],
    ["   promised too much (+) or too little (−), Kept", ({ of }) => of.kept.bias],
    ["N3 chance to reach .8, 1, 1.2 of the trailing mean: Brier, Kept", ({ of }) => of.kept.brier],
    ["   trailing mean", ({ of }) => of.trailing.brier],
    ["   flat 3×", ({ of }) => of.flat.brier],
    ["   calibration error, Kept", ({ of }) => of.kept.calibration],
    ["   trailing mean", ({ of }) => of.trailing.calibration],
    ["   flat 3×", ({ of }) => of.flat.calibration],
    ["   area under the curve, Kept", ({ of }) => of.kept.area],
    ["   trailing mean", ({ of }) => of.trailing.area],
    ["   flat 3×", ({ of }) => of.flat.area],
    ["N9 the 80 % interval held the result", ({ cover }) => cover],
  ];
  const head = ["", ...groups.map(({ words, scores }) => `${words} (${scores.months})`)];
  return ["", ...table([head, ...rows.map(([words, of]) => [words, ...groups.map(({ scores }) => two(of(scores)))])])];
}

/** Month by month, and the refusals by name. */
export function monthsTable({ months, refused }: BackTestReport): string[] {
  const rows = months.map(({ month, scores: { of, cover } }) => {
    return [
      monthWord(month),
      two(of.kept.rep),
      two(of.kept.team),
      two(of.kept.everybody),
      two(of.kept.bias),
      two(of.trailing.rep),
      two(cover),
    ];
  });
  const head = ["month", "rep", "by manager", "whole team", "bias", "trailing, rep", "interval held"];
  return [
    "",
    ...(rows.length > 0 ? table([head, ...rows]) : []),
    ...refused.map(({ month, words }) => `N7 ${monthWord(month)}: no forecast, ${words}.`),
  ];
}

const flagged = (many: number): string => (many === 0 ? "nobody differs by more than chance" : `${many} differ by more than chance`);

/** Win rates and what becomes of a new deal, as known when the last month was over. */
export function standingLines({ rates, newDeals }: BackTestReport): string[] {
  return [
    "",
    rates.known
      ? `N4 win rates of ${rates.value.people} people: ${percent(rates.value.rawLow)} to ${percent(rates.value.rawHigh)} as counted, ` +
        `${percent(rates.value.low)} to ${percent(rates.value.high)} drawn together; ${flagged(rates.value.flagged)}.`
      : `N4 no win rates: ${rates.refusal.words}.`,
    newDeals.known
      ? `N5 a new deal is won with ${percent(newDeals.value.won)}, lost with ${percent(newDeals.value.lost)}, never closed with ` +
        `${percent(newDeals.value.open)}; won of won and lost would say ${percent(newDeals.value.naive)}.`
      : `N5 no chance of a new deal: ${newDeals.refusal.words}.`,
  ];
}

/** For each whole quarter: whether the coverage asked for at its start went with what it then needed. */
export const coverageLines = ({ quarters }: BackTestReport): string[] =>
  quarters.map(({ month, agreed }) => {
    const words = agreed.known ? `rank correlation ${two(agreed)}` : agreed.refusal.words;
    return `N6 ${monthWord(month)}: coverage asked of each person against what the quarter then needed: ${words}.`;
  });
