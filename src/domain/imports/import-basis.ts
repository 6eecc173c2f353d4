import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../../platform/database.ts";
import type { Run } from "./import-settings.ts";

interface Counted {
  applied: number;
  undone: number;
}
const words = (counted: Counted | undefined): string => `${counted?.applied} ${counted?.undone}`;

/** Which imports there have been: what a file was laid beside when it was looked over. */
export async function basisOf(client: pg.ClientBase, orgId: string): Promise<string> {
  const { rows } = await client.query<Counted>(
    "select count(*) filter (where state = 'applied')::int as applied, count(*) filter (where state = 'undone')::int as undone from import_run where org_id = $1",
    [orgId],
  );
  return words(rows[0]);
}

/** What has been taken in or taken back since a file that is still to be taken in was looked over. */
export async function changedSince(db: Db, { orgId, state, settings }: Run): Promise<{ fileName: string; isUndone: boolean } | null> {
  const seen = settings.found?.basis;
  if (state !== "checked" || seen === undefined) return null;
  const { rows } = await sql<Counted>`
    select count(*) filter (where state = 'applied')::int as applied, count(*) filter (where state = 'undone')::int as undone
      from import_run where org_id = ${orgId}`.execute(db);
  if (words(rows[0]) === seen) return null;
  const last = await sql<{ name: string; state: string }>`
    select file_name as name, state from import_run where org_id = ${orgId} and state in ('applied', 'undone')
      order by greatest(finished_at, undone_at) desc nulls last limit 1`.execute(db);
  return { fileName: last.rows[0]?.name ?? "", isUndone: last.rows[0]?.state === "undone" };
}
