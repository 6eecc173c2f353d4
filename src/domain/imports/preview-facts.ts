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
