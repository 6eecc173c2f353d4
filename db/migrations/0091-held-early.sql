-- A one-on-one held before its planned time counts from the moment it was held: it was left out of the figures until the time it
-- had been planned for, which never came where the clock stands still.

create or replace function focus_spent(since timestamptz, as_side text) returns table (focus text, seconds double precision)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select s.focus, sum(extract(epoch from t.ended_at - t.started_at))::double precision
    from meeting m
    join section_timing t on t.org_id = m.org_id and t.meeting_id = m.id and t.ended_at is not null
    join section s on s.org_id = t.org_id and s.id = t.section_id
    where viewer_actor() = 'person' and m.org_id = viewer_org() and m.state = 'closed'
      and m.planned_start >= since and least(m.planned_start, m.opened_at) <= viewer_now()
      and ((as_side = 'manager' and m.manager_id = viewer_id()) or (as_side = 'rep' and m.rep_id = viewer_id()))
    group by s.focus;
end $$;

create or replace function points_raised(since timestamptz, as_side text) returns table (by_reps integer, by_managers integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select (count(*) filter (where p.added_by = m.rep_id))::integer, (count(*) filter (where p.added_by <> m.rep_id))::integer
    from meeting m
    join point p on p.org_id = m.org_id and p.meeting_id = m.id and p.withdrawn_at is null
    where viewer_actor() = 'person' and m.org_id = viewer_org() and m.state = 'closed'
      and m.planned_start >= since and least(m.planned_start, m.opened_at) <= viewer_now()
      and ((as_side = 'manager' and m.manager_id = viewer_id()) or (as_side = 'rep' and m.rep_id = viewer_id()));
end $$;

create or replace function adherence_below(since timestamptz, until timestamptz)
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
        and m.planned_start >= since and (m.planned_start < until or (m.state = 'closed' and m.opened_at <= until))
      group by m.manager_id, m.rep_id) pair
    group by pair.manager_id;
end $$;
