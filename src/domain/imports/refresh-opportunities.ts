import type pg from "pg";

const last = (field: string) => `max(h.after) filter (where h.field = '${field}')`;

/** Writes the present of the deals in the temporary table `touched (id)` again from their history. */
export async function refreshOpportunities(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query(
    `update opportunity o set name = coalesce(f.name, o.name), owner_id = coalesce(f.owner_id, o.owner_id), account_id = f.account_id,
        product_id = f.product_id, stage_id = st.id, amount_minor = f.amount_minor,
        currency = coalesce(f.currency, o.currency), close_on = f.close_on,
        forecast_category = f.forecast_category, next_step = f.next_step, created_at = coalesce(f.created_at, o.created_at),
        last_change_at = f.last_change_at, vanished_at = f.vanished_at, import_run_id = f.run_id,
        outcome = case when st.outcome = 'open' and f.vanished_at is not null then 'vanished' else st.outcome end
      from (
        select t.id, ${last("name")} as name, ${last("owner")}::uuid as owner_id, ${last("account")}::uuid as account_id,
          ${last("product")}::uuid as product_id, ${last("stage")}::uuid as stage_id, ${last("amount")}::bigint as amount_minor, ${last("currency")} as currency,
          ${last("close_on")}::date as close_on, ${last("forecast_category")} as forecast_category, ${last("next_step")} as next_step,
          ${last("created")}::timestamptz as created_at, ${last("vanished")}::timestamptz as vanished_at, max(h.at) as last_change_at,
          (array_agg(h.import_run_id order by h.at desc))[1] as run_id
        from touched t cross join lateral (
          select distinct on (c.field) c.field, c.after, c.at, c.import_run_id from opportunity_change c
          where c.org_id = $1 and c.opportunity_id = t.id order by c.field, c.at desc) h
        group by t.id
      ) f, stage st
      where o.org_id = $1 and o.id = f.id and st.org_id = $1 and st.id = coalesce(f.stage_id, o.stage_id)`,
    [orgId],
  );
}
