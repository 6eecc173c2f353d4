import type { Lookups } from "../domain/imports/import-lookups.ts";
import { plainKey } from "../domain/imports/import-fields.ts";
import type { Answers, Columns } from "../domain/imports/import-settings.ts";
import { activityKindIn, activityType } from "../method/activity-type.ts";
import { newId } from "../platform/new-id.ts";
import { findPerson } from "./find-person.ts";
import { instantsIn } from "./instants.ts";
import type { Converter } from "./row-converter.ts";
import type { RowReader } from "./row-reader.ts";

interface Plan {
  lookups: Lookups;
  answers: Answers;
  columns: Columns;
  header: readonly string[];
}

const open = new Set(
  [
    "open",
    "todo",
    "notstarted",
    "inprogress",
    "planned",
    "scheduled",
    "waiting",
    "deferred",
    "waitingonsomeoneelse",
    "no",
    "false",
    "0",
  ].concat(["offen", "geplant", "canceled", "cancelled", "noshow", "rescheduled"]),
);

/** An export of calls alone has no type: its columns say it ("Call title"). Else its subject may ("Call: ...") */
function typeOf(reader: RowReader, { columns, header }: Plan, subject: string | null): string {
  const given = reader.text("type");
  if (given !== null) return activityType(given);
  const byColumn = ["subject", "at", "external_id"].map((field) => activityKindIn(header[columns[field] ?? -1] ?? ""));
  return byColumn.find((kind) => kind !== null) ?? (subject && activityKindIn(subject.split(/[:\s]/)[0] ?? "")) ?? "other";
}

/** Turns a row into an activity as `staged` holds one. Opportunity and account are fitted to what is here in the database. */
export function activityConverter(reader: RowReader, plan: Plan): Converter {
  const instantOf = instantsIn(plan.lookups.timeZone);
  return () => {
    const person = findPerson(reader, "person", plan.lookups, plan.answers);
    const date = reader.date("at");
    if (date === null && reader.text("at") === null) reader.problems.push("it has no date");
    const subject = reader.text("subject");
    const type = typeOf(reader, plan, subject);
    const status = reader.text("status");
    const [opportunity, account] = [reader.text("opportunity"), reader.text("account")];
    const given = reader.text("external_id");
    if (given === null && reader.has("external_id")) reader.problems.push("it has no id");
    if (!person || !date || reader.problems.length > 0) return null;
    const at = new Date(instantOf(date)).toISOString();
    const key = given ?? `row:${[person.id, at, type, subject ?? "", opportunity ?? ""].map(plainKey).join("|")}`.slice(0, 500);
    const isDone = status === null || !open.has(plainKey(status));
    return { values: [newId(), key, type, person.id, at, String(isDone), opportunity, account, subject, null], warning: null };
  };
}
