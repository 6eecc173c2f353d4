-- How each manager below the viewer keeps their one-on-ones: states counted, nothing else of them.

create function adherence_below(since timestamptz, until timestamptz)
returns table (manager_id uuid, reps integer, held integer, moved integer, excused integer, missed integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select pair.manager_id, count(*)::integer, sum(pair.held)::integer, sum(pair.moved)::integer, sum(pair.excused)::integer, sum(pair.missed)::integer
    from (
      select m.manager_id, m.rep_id,
        count(*) filter (where m.state = 'closed') as held,
        count(*) filter (where m.state = 'closed' and m.moved_at is not null) as moved,
        count(*) filter (where m.state = 'excused') as excused,
        count(*) filter (where m.state = 'missed') as missed
      from meeting m
      where m.org_id = viewer_org() and m.manager_id = any (array(select viewer_tree()))
        and m.planned_start >= since and m.planned_start < until
      group by m.manager_id, m.rep_id) pair
    group by pair.manager_id;
end $$;
revoke execute on function adherence_below(timestamptz, timestamptz) from public;
grant execute on function adherence_below(timestamptz, timestamptz) to kept_app;
