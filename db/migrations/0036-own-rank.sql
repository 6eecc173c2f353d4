-- Where the viewer stands among the reps of the same manager by what was won in some months. Only the viewer's own place
-- comes out, nobody else's figure. Null when there is nobody to be compared with, or the organisation uses no ranks.
create function own_rank(months date[]) returns integer language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  place integer;
  others integer;
begin
  if viewer_actor() <> 'person' or not exists (select 1 from organisation where org_id = viewer_org() and uses_rank) then return null; end if;
  with mine as (
    select l.manager_id from reporting_line l
    where l.org_id = viewer_org() and l.person_id = viewer_id() and l.from_on <= viewer_now()::date
      and (l.until_on is null or l.until_on > viewer_now()::date)
  ), peers as (
    select l.person_id from reporting_line l join mine on l.manager_id = mine.manager_id
      join person_role r on r.org_id = l.org_id and r.person_id = l.person_id and r.role = 'rep'
        and r.from_on <= viewer_now()::date and (r.until_on is null or r.until_on > viewer_now()::date)
    where l.org_id = viewer_org() and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
  ), sums as (
    select p.person_id, coalesce(sum(o.amount_minor), 0) as won
    from peers p left join opportunity o on o.org_id = viewer_org() and o.owner_id = p.person_id and o.outcome = 'won'
      and date_trunc('month', o.close_on)::date = any(months)
    group by p.person_id
  )
  select 1 + count(*) filter (where s.won > m.won), count(*) - 1 into place, others
  from sums s, (select won from sums where person_id = viewer_id()) m;
  return case when others > 0 then place end;
end $$;
revoke execute on function own_rank(date[]) from public;
grant execute on function own_rank(date[]) to kept_app;
