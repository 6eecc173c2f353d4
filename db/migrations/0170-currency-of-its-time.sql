-- The currency of a deal is dated like what else is said of it. What it began with is written down only once it changes: a deal of which
-- no currency was ever written has had its own all along.
alter table opportunity_change drop constraint opportunity_change_field_check;
alter table opportunity_change add check (field in ('created', 'name', 'owner', 'account', 'product', 'stage', 'amount', 'currency', 'close_on', 'forecast_category', 'next_step', 'vanished'));
create index opportunity_currency_change on opportunity_change (org_id, opportunity_id, at) include (before, after) where field = 'currency';

-- To write down the currency that everybody has known a deal in is no news of the past.
create or replace function mark_late_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into late_history (org_id, from_on)
    select w.org_id, min(w.at)::date from written w
    where exists (select 1 from organisation o where o.org_id = w.org_id)
    group by w.org_id having min(w.at) < date_trunc('month', viewer_now()) and not bool_and(w.field = 'currency' and w.before is null)
    on conflict do nothing;
  return null;
end $$;
