-- Which tolls of these deals are paid as known at an instant. The same who-sees-what as the policies of opportunity and evidence,
-- asked once a deal instead of once a row: pages of thousands of deals ask this.
create function paid_tolls(wanted uuid[], known_at timestamptz) returns table (opportunity_id uuid, paid uuid[])
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
  sees_all boolean := viewer_actor() in ('import', 'set-up');
  tree uuid[] := array(select viewer_tree());
begin
  if viewer_actor() not in ('person', 'import', 'set-up') then return; end if;
  return query
    select e.opportunity_id, array_agg(distinct e.verifier_id)
    from opportunity o join evidence e on e.org_id = o.org_id and e.opportunity_id = o.id
    where o.org_id = org and o.id = any(wanted) and (sees_all or o.owner_id = me or o.owner_id = any(tree))
      and e.recorded_at <= known_at and (e.withdrawn_at is null or e.withdrawn_at > known_at)
    group by e.opportunity_id;
end $$;
revoke execute on function paid_tolls(uuid[], timestamptz) from public;
grant execute on function paid_tolls(uuid[], timestamptz) to kept_app;
