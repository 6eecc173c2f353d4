import { fieldWords, type What } from "../domain/imports/import-fields.ts";
import type { Answers, Question, Reading } from "../domain/imports/import-settings.ts";
import { agreedOrder, isAskable as isAskableDate, openOrders } from "./read-date.ts";
import { agreedMark, isAskable as isAskableNumber } from "./read-number.ts";
import type { Sheet } from "./sheet.ts";
import { sharedStage } from "./pipelines-of.ts";
import type { Survey } from "./survey-rows.ts";

/** What only a person can decide: columns whose values fit two readings. */
export function questionsOf(sheet: Sheet, survey: Survey, answers: Answers): Question[] {
  const questions: Question[] = [];
  if (sheet.isOpenWhich) questions.push({ kind: "sheet", field: "sheet", example: sheet.name ?? "" });
  for (const [field, evidence] of survey.dates)
    if (isAskableDate(evidence) && !answers.dates?.[field])
      questions.push({ kind: "date", field, example: evidence.open[0] ?? "", examples: evidence.open, ...ordersOf(survey, field) });
  for (const [field, evidence] of survey.numbers)
    if (isAskableNumber(evidence) && !answers.numbers?.[field]) questions.push({ kind: "number", field, example: evidence.open ?? "" });
  const shared = sharedStage(survey, answers);
  if (shared !== null) questions.push({ kind: "pipelines", field: "pipeline", example: shared });
  return questions;
}

/** The orders a column allows, and the one that the other columns of the file have, if they agree. */
function ordersOf(survey: Survey, field: string): Pick<Question, "orders" | "likely"> {
  const evidence = survey.dates.get(field);
  const orders = evidence ? openOrders(evidence) : [];
  const others = [...survey.dates.values()].flatMap((other) => {
    const order = other.proof === null ? null : agreedOrder(other);
    return order && other.proof !== null && orders.includes(order) ? [{ order, by: other.proof }] : [];
  });
  const [first] = others;
  return { orders, ...(first && others.every(({ order }) => order === first.order) && { likely: first }) };
}

/** How to read each column: as answered, else as its own values say. */
export function readingOf(survey: Survey, answers: Answers): Reading {
  const dates = [...survey.dates].map(([field, evidence]) => [field, answers.dates?.[field] ?? agreedOrder(evidence)] as const);
  const numbers = [...survey.numbers].map(([field, evidence]) => [field, answers.numbers?.[field] ?? agreedMark(evidence)] as const);
  return { dates: Object.fromEntries(dates), numbers: Object.fromEntries(numbers) };
}

const orderWords = { dmy: "the day comes first", mdy: "the month comes first", ymd: "the year comes first" } as const;
const markWords = { point: "the point stands before the decimals", comma: "the comma stands before the decimals" } as const;

/** How columns are read whose values could be read otherwise, with the value that settled it. */
export function readingNotes(survey: Survey, what: What, answers: Answers): string[] {
  const notes: string[] = [];
  const note = (field: string, words: string, proof: string | null) =>
    notes.push(`${fieldWords(what, field)}: ${words}, ${proof === null ? "as was said" : `as “${proof}” shows`}.`);
  for (const [field, evidence] of survey.dates) {
    const order = answers.dates?.[field] ?? agreedOrder(evidence);
    if (evidence.open.length > 0 && order)
      note(field, orderWords[order], answers.dates?.[field] ? null : (evidence.proof ?? evidence.settled?.by ?? null));
  }
  for (const [field, evidence] of survey.numbers) {
    const mark = answers.numbers?.[field] ?? agreedMark(evidence);
    if (evidence.open !== null && mark) note(field, markWords[mark], answers.numbers?.[field] ? null : evidence.proof);
  }
  return notes;
}

/** The latest day that stands in the file, when that can be told. */
export function latestDayOf(survey: Survey, reading: Reading): string | null {
  let latest = "";
  for (const [field, evidence] of survey.dates) {
    const order = reading.dates[field];
    const day = order ? evidence.latest[order] : evidence.latest.dmy > evidence.latest.mdy ? evidence.latest.dmy : evidence.latest.mdy;
    if (day > latest) latest = day;
  }
  return latest || null;
}
