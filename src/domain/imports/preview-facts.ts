import type pg from "pg";
import type { What } from "./import-fields.ts";
import type { Found } from "./import-settings.ts";

/** What only shows once all rows are laid beside what is here: what the file would make on the way. */
export async function readPreviewFacts(client: pg.ClientBase, what: What): Promise<Pick<Found, "newAccounts" | "newManagers">> {
  if (what === "opportunities") {
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from account_key where is_new");
    return { newAccounts: rows[0]?.n ?? 0, newManagers: [] };
  }
  if (what !== "people") return { newAccounts: 0, newManagers: [] };
  const { rows } = await client.query<{ name: string }>("select name from new_manager order by name limit 200");
  return { newAccounts: 0, newManagers: rows.map(({ name }) => name) };
}

/** The day of the newest export of opportunities that has been taken in. */
export async function newestExport(client: pg.ClientBase, orgId: string, source: string): Promise<string | null> {
  const { rows } = await client.query<{ day: string | null }>(
    `select max(settings -> 'found' ->> 'exportedOn') as day from import_run
      where org_id = $1 and source = $2 and what = 'opportunities' and state = 'applied'`,
    [orgId, source],
  );
  return rows[0]?.day ?? null;
}
