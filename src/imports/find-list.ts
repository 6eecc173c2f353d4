import { dayWords } from "../domain/imports/day-words.ts";
import type pg from "pg";
import { chooseList, isUnknownSystem, type ListChoice, weighLists } from "../domain/imports/import-lists.ts";
import type { What } from "../domain/imports/import-fields.ts";
import type { Found, Reading, Run } from "../domain/imports/import-settings.ts";
import { readDate } from "./read-date.ts";
import type { Sheet } from "./sheet.ts";
import type { Survey } from "./survey-rows.ts";

/** The list of deals a file of an unknown program belongs to; null where the program itself says where its ids come from. */
export async function findList(
  client: pg.ClientBase,
  run: Run,
  { what, source, sheet, survey, reading }: { what: What; source: string; sheet: Sheet; survey: Survey; reading: Reading },
): Promise<ListChoice | null> {
  if (what !== "opportunities" || !isUnknownSystem(source)) return null;
  const dayOf = (text: string) => readDate(text, reading.dates.created_on ?? null)?.day ?? "";
  const sample = survey.sample.deals.map((deal) => ({ ...deal, created: dayOf(deal.created) }));
  const facts = await weighLists(client, run.orgId, { header: sheet.header, sample });
  return chooseList(facts, { said: run.settings.answers.list, fileName: run.fileName });
}

/** What was decided goes to the page: a question where only a person can say, else a remark. */
export function tellList(found: Found, { source, isNew, mustAsk, candidates }: ListChoice): void {
  if (candidates.length > 0) found.list = { source, isNew, candidates };
  if (mustAsk) {
    found.questions.push({ kind: "list", field: "list", example: isNew ? "new" : source });
    return;
  }
  const taken = candidates.find((list) => list.source === source);
  if (isNew && candidates.length > 0) found.notes.push("Kept as a list of its own: its ids are other deals than those of earlier files.");
  if (!taken) return;
  if (!taken.isSameShape) found.notes.push(`The same list as ${taken.fileName} of ${dayWords(taken.day)}: one id is one deal in both.`);
  const one = taken.examples[0];
  if (one)
    found.notes.push(
      `${taken.differ === 1 ? "One deal has" : `${taken.differ} deals have`} the id of another name or account there, and would be written over: “${one.id}” is ${one.here} here, ${one.given} in the file. Say under “How the file is read” if it is another list.`,
    );
}
