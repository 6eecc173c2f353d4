import { changedFieldOf } from "../domain/imports/change-fields.ts";
import { plainKey } from "../domain/imports/import-fields.ts";
import type { Lookups, Named, StageRow } from "../domain/imports/import-lookups.ts";
import type { Answers, Reading } from "../domain/imports/import-settings.ts";
import { salesforceId } from "../domain/imports/salesforce-id.ts";
import { instantsIn } from "./instants.ts";
import { personCalled } from "./person-called.ts";
import { readDate } from "./read-date.ts";
import { plainNumber, toMinor } from "./read-number.ts";
import type { Converter } from "./row-converter.ts";
import type { RowReader } from "./row-reader.ts";

interface Plan {
  source: string;
  lookups: Lookups;
  answers: Answers;
  reading: Reading;
  scale: number;
  stageFor(name: string): StageRow;
  productFor(name: string): Named;
}

/** Turns a row of a history export into one dated change, its values written as `opportunity_change` holds them. */
export function changeConverter(reader: RowReader, plan: Plan): Converter {
  const instantOf = instantsIn(plan.lookups.timeZone);
  return () => {
    const id = reader.text("external_id");
    if (id === null) reader.problems.push("it has no id of an opportunity");
    const date = reader.date("at");
    if (date === null && reader.text("at") === null) reader.problems.push("it has no date");
    const said = reader.text("field");
    const isStages = said === null && reader.has("to_stage");
    const field = isStages ? "stage" : changedFieldOf(plainKey(said ?? ""));
    if (!field) reader.problems.push(said === null ? "it does not say what changed" : `no history is kept of “${said}”`);
    if (!field || !date || !id || reader.problems.length > 0) return null;
    const after = valueOf(reader, field, isStages ? "to_stage" : reader.has("new") ? "new" : "to_stage", plan);
    const old = reader.problems.length > 0 ? null : valueOf(reader, field, "old", plan);
    if (field === "currency" && after === null) reader.problems.push("it does not say which currency");
    if (reader.problems.length > 0) return null;
    const key = plan.source === "salesforce" ? salesforceId(id) : id;
    return { values: [key, null, field, old, after, new Date(instantOf(date)).toISOString()], warning: null };
  };
}

function valueOf(reader: RowReader, field: string, column: string, plan: Plan): string | null {
  const text = reader.has(column) ? reader.text(column) : null;
  if (text === null) return null;
  switch (field) {
    case "stage":
      return plan.stageFor(text).id;
    case "product":
      return plan.productFor(text).id;
    case "owner":
      return ownerOf(reader, text, plan);
    case "amount":
      return amountOf(reader, text, plan);
    case "currency": {
      const currency = text.toUpperCase();
      if (!/^[A-Z]{3}$/.test(currency)) reader.problems.push(`“${text}” is no currency`);
      return currency;
    }
    case "close_on": {
      const day = readDate(text, plan.reading.dates.at ?? null)?.day ?? null;
      if (day === null) reader.problems.push(`“${text}” is no day that exists`);
      return day;
    }
    default:
      return text;
  }
}

function ownerOf(reader: RowReader, text: string, { lookups, answers }: Plan): string | null {
  const answer = answers.owners?.[text];
  if (answer === "") reader.problems.push(`“${text}” is left out`);
  if (answer !== undefined) return answer || null;
  const person = personCalled(lookups, text);
  if (!person) reader.problems.push(person === null ? `more than one person is called “${text}”` : `nobody here is called “${text}”`);
  return person?.id ?? null;
}

function amountOf(reader: RowReader, text: string, { scale }: Plan): string | null {
  const number = plainNumber(text, null);
  const minor = number === null ? null : toMinor(number, scale);
  if (minor === null) reader.problems.push(`“${text}” is no amount`);
  return minor === null ? null : String(minor);
}
