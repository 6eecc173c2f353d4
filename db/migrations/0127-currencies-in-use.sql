-- Which currencies the deals of the organisation are in, for the admin who sets the rates: no deal, no owner, no amount.
create function currencies_in_use() returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not viewer_is('admin') then return; end if;
  return query
    with recursive each_currency as (
      (select o.currency from opportunity o where o.org_id = viewer_org() order by o.currency limit 1)
      union all
      select (select o.currency from opportunity o where o.org_id = viewer_org() and o.currency > e.currency order by o.currency limit 1)
      from each_currency e where e.currency is not null)
    select e.currency from each_currency e where e.currency is not null;
end $$;
revoke execute on function currencies_in_use() from public;
grant execute on function currencies_in_use() to kept_app;
-- A handful of currencies among millions of deals: found without reading the deals.
create index opportunity_by_currency on opportunity (org_id, currency);
