import { sql } from "kysely";
import type { App } from "../../platform/context.ts";

/** Whether a company of somebody's own is here, and the sample company: asked before anybody has signed in. */
export async function companiesHere(app: App): Promise<{ hasOwn: boolean; hasSample: boolean }> {
  const { rows } = await sql<{ hasOwn: boolean; hasSample: boolean }>`
    select coalesce(bool_or(not is_sample), false) as "hasOwn", coalesce(bool_or(is_sample), false) as "hasSample" from organisation`.execute(
    app.database.auth,
  );
  return rows[0] ?? { hasOwn: false, hasSample: false };
}
