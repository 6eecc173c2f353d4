-- How many deals and activities of an import are dated later than the viewer's day, in whole or in what changed: they are in, and
-- show from their day on. A count for admins, who read no deal.
create function later_than_today(run uuid) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not viewer_is('admin') then return 0; end if;
  return (select count(*) from opportunity o where o.org_id = viewer_org() and o.last_change_at > viewer_now() and exists (
      select 1 from opportunity_change c where c.org_id = o.org_id and c.opportunity_id = o.id and c.import_run_id = run and c.at > viewer_now()))
    + (select count(*) from activity a where a.org_id = viewer_org() and a.import_run_id = run and a.at > viewer_now());
end $$;
revoke execute on function later_than_today(uuid) from public;
grant execute on function later_than_today(uuid) to kept_app;
