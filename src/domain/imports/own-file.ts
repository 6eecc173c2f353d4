import type pg from "pg";
import { plainKey } from "./import-fields.ts";
import type { Columns } from "./import-settings.ts";
import type { Job } from "./staging.ts";

/** The table of the pipeline that Kept itself has written, with the ids of its deals. */
export const ownSource = "kept";

export const isOwnFile = (header: readonly string[], columns: Columns): boolean =>
  columns.external_id != null && plainKey(header[columns.external_id] ?? "") === "keptid";

/** Deals by Kept's own id, into `known`, wherever they first came from; none is made. */
export async function findOwn(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query(
    `insert into known select s.line, o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, o.outcome, o.amount_minor, o.currency, o.close_on,
        o.forecast_category, o.next_step, o.created_at, o.last_change_at, o.vanished_at
      from staged s join opportunity o on o.org_id = $1 and o.id = case when s.external_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then s.external_id::uuid end
      where s.reason is null`,
    [orgId],
  );
  await client.query(
    `update staged s set reason = 'no deal here has the id “' || s.external_id || '” of Kept'
      where s.reason is null and not exists (select 1 from known k where k.line = s.line)`,
  );
}
