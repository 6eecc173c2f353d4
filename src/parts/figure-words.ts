import { dayNumber } from "../method/day-numbers.ts";
import { type FiscalCalendar, fiscalMonth, fiscalPeriods } from "../method/fiscal-calendar.ts";
import { statedDifference } from "../method/stated-difference.ts";
import { money, monthName, percent } from "./words.ts";

export type FigureName = "month_result" | "month_plan" | "year_result" | "year_plan" | "rank";

/** What a number of the preparation is called. */
export function figureName(measure: FigureName, month: string, today: string, calendar: FiscalCalendar): string {
  const name = monthName(month);
  const isRunning = fiscalPeriods(calendar, dayNumber(today)).month.month === `${month.slice(0, 7)}-01`;
  const asCalendar = calendar.startsIn === 1 && calendar.pattern === "months";
  const year = asCalendar ? "this year" : `in ${fiscalPeriods(calendar, fiscalMonth(calendar, `${month.slice(0, 7)}-01`).from).year.label}`;
  const names: Record<FigureName, string> = {
    month_result: `Won in ${name}${isRunning ? " so far" : ""}`,
    month_plan: `Plan for ${name}`,
    year_result: `Won ${year}, up to ${isRunning ? "today" : `the end of ${name}`}`,
    year_plan: `Plan for ${asCalendar ? "the year" : year.slice(3)} up to and with ${name}`,
    rank: `Place in the team ${year}`,
  };
  return names[measure];
}

export const figureValue = (measure: FigureName, value: number, currency: string): string =>
  measure === "rank" ? `place ${value}` : money(value, currency);

/** "$2,880 (7 %) low", "right": how far what was said is from what it was. */
export function differenceWords(measure: FigureName, stated: number, actual: number, currency: string): string {
  const { way, amount, share } = statedDifference(stated, actual);
  if (way === "right") return "right";
  if (measure === "rank") return `${amount} off`;
  return `${money(amount, currency)}${share === null ? "" : ` (${shareWords(share)})`} too ${way}`;
}

const shareWords = (share: number): string => (share >= 10 ? `${Math.round(share)} times` : percent(share));

/** "4 % high", for the look back over earlier times. */
export function differenceInShort(measure: FigureName, stated: number, actual: number): string {
  const { way, amount, share } = statedDifference(stated, actual);
  if (way === "right") return "right";
  if (measure === "rank") return `${amount} off`;
  return share === null ? `too ${way}` : `${shareWords(share)} ${way}`;
}

/** "Last time you were 4 % high. Before that: right, 3 % low." Empty when there was no earlier time. */
export function earlierWords(
  measure: FigureName,
  earlier: readonly { measure: string; stated: number; actual: number }[],
  who: "you were" | "it was",
): string {
  const [last, ...before] = earlier
    .filter((one) => one.measure === measure)
    .map((one) => differenceInShort(measure, one.stated, one.actual));
  if (!last) return "";
  return `Last time ${who} ${last}.${before.length > 0 ? ` Before that: ${before.slice(0, 4).join(", ")}.` : ""}`;
}
