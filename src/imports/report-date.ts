import { agreedOrder, openOrders, readDate } from "./read-date.ts";
import type { Answers, DayOrder, Found } from "../domain/imports/import-settings.ts";
import type { FileEnd } from "./file-end.ts";
import type { Survey } from "./survey-rows.ts";

const marked = /^(.*?)((?:\d{1,4}[/.-]){2}\d{1,4})\.?,?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?\s?m\.?)?$/iu;

/** When a report was made, by the line beneath its rows that says so. */
export interface MadeOn {
  day: string;
  /** The line as it stands there. */
  words: string;
}

/**
 * Reads the day a report was made from its end, and settles by its order of day and month the columns that leave it open: one
 * program writes all dates of a file alike. Null where it does not say, or where two days are possible still.
 */
export function settleByEnd(survey: Survey, end: FileEnd | null, today: string | null): MadeOn | null {
  const words = end?.madeWords;
  const text = words && marked.exec(words)?.[2];
  if (!words || !text) return null;
  const orders = (["dmy", "mdy"] as const).filter((order) => isPossible(readDate(text, order)?.day, survey, { order, today }));
  const days = new Set(orders.map((order) => readDate(text, order)?.day));
  if (days.size !== 1) return null;
  const [order] = orders;
  if (orders.length === 1 && order && text.includes("/"))
    for (const evidence of survey.dates.values())
      if (openOrders(evidence).includes(order)) evidence.settled = { order, by: words.replaceAll(/\s+/g, " ").slice(0, 120) };
  return { day: [...days][0] ?? "", words: words.replaceAll(/\s+/g, " ").slice(0, 120) };
}

/** A day there is, that is not to come, and not before the newest deal of the file; in the order its other dates have, where they tell. */
function isPossible(day: string | undefined, survey: Survey, { order, today }: { order: DayOrder; today: string | null }): boolean {
  if (!day || (today !== null && day > today)) return false;
  for (const [field, evidence] of survey.dates) {
    const agreed = evidence.open.length > 0 || evidence.proof !== null ? agreedOrder(evidence) : null;
    if (agreed && agreed !== order && agreed !== "ymd") return false;
    if (field === "created_on" && evidence.latest[order] > day) return false;
  }
  return true;
}

/** What tells the day a file counts as exported on. */
export const exportedFrom = ({ exportedOn, latestDay }: Found, answers: Answers, madeOn: MadeOn | null): Found["exportedFrom"] => {
  if (answers.exportedOn) return { how: "said" };
  if (madeOn) return { how: "end", words: madeOn.words };
  return { how: exportedOn === latestDay ? "latest" : "today" };
};
