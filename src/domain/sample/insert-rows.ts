import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import type { Tables } from "../../platform/schema-types.ts";
import type { SampleRows } from "./setting.ts";

// What others point at comes first.
const order: readonly (keyof Tables)[] = [
  "organisation", "stage", "verifier", "product", "account", "person", "person_role", "reporting_line", "time_off", "quota", "exchange_rate", "commission_rate", "consent", "goal", "aspiration", "forecast", "import_run", "import_row", "import_sighting", "opportunity", "opportunity_change", "process_version", "process_stage", "process_verifier", "process_rule", "evidence", "prospect_grade", "activity",
  "kind", "agenda", "section", "prompt", "series", "meeting", "meeting_reason", "preparation", "preparation_figure", "preparation_answer", "own_word", "prepared_prospect", "prospect_line", "story_line", "story_past", "point",
  "role_play", "role_play_line",
  "holiday_calendar", "holiday",
  "section_timing", "note_doc", "note_update", "note_text", "entry", "pivot", "next_step", "listed_opportunity", "commitment", "commitment_words",
  "summary", "remark", "record_text", "event",
]; // prettier-ignore

const batch = 10_000;

/** Writes all rows, a few thousand in each statement. Whatever has no place in the order is an error, not left out. */
export async function insertRows(db: Db, orgId: string, { byTable }: SampleRows): Promise<void> {
  const forgotten = [...byTable.keys()].filter((table) => !order.includes(table));
  if (forgotten.length > 0) throw new Error(`no place in the order for ${forgotten.join(", ")}`);
  for (const table of order) {
    const rows = byTable.get(table) ?? [];
    for (let from = 0; from < rows.length; from += batch) await insertSome(db, orgId, table, rows.slice(from, from + batch));
  }
  await sql`select learn_sizes()`.execute(db);
}

async function insertSome(db: Db, orgId: string, table: string, rows: readonly object[]): Promise<void> {
  const columns = [...new Set(["org_id", ...rows.flatMap((row) => Object.keys(row))])];
  const json = JSON.stringify(
    rows.map((row) => ({ org_id: orgId, ...row })),
    binaryAsHex,
  );
  const names = sql.join(columns.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${names}) select ${names} from json_populate_recordset(null::public.${sql.table(table)}, ${json}::json)`.execute(
    db,
  );
}

const binaryAsHex = (_key: string, value: unknown): unknown => (value instanceof Uint8Array ? `\\x${value.toHex()}` : value);
