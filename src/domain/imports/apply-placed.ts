import type pg from "pg";
import { keepFirstCurrencies } from "./first-currency.ts";
import { refreshOpportunities } from "./refresh-opportunities.ts";
import type { Job } from "./staging.ts";

/** What was known otherwise is kept beside, so that the file can be taken back. */
export async function applyPlaced(client: pg.ClientBase, { orgId, source, runId }: Job): Promise<void> {
  await keepFirstCurrencies(client, orgId, "select id from placed_first");
  await client.query(
    `insert into replaced_change (org_id, run_id, opportunity_id, at, field, before, after, source, import_run_id)
      select $1, $2, c.opportunity_id, c.at, c.field, c.before, c.after, c.source, c.import_run_id
      from placed_out p join opportunity_change c on c.org_id = $1 and c.opportunity_id = p.id and c.at = p.at and c.field = p.field`,
    [orgId, runId],
  );
  await client.query(
    `delete from opportunity_change c using placed_out p
      where c.org_id = $1 and c.opportunity_id = p.id and c.at = p.at and c.field = p.field`,
    [orgId],
  );
  await client.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source, import_run_id)
      select $1, id, at, field, before, after, $2, $3 from placed_in`,
    [orgId, source, runId],
  );
  await client.query("create temp table touched on commit drop as select id from altered");
  await refreshOpportunities(client, orgId);
}
