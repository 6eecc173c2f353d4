-- What a manager's week adds up. The sums run over the viewer's own one-on-ones only, so they need not ask row by row.

create index commitment_by_manager on commitment (org_id, manager_id, created_at);

-- Seconds by focus in the closed one-on-ones of the viewer since an instant, on the side asked for.
create function focus_spent(since timestamptz, as_side text) returns table (focus text, seconds double precision)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select s.focus, sum(extract(epoch from t.ended_at - t.started_at))::double precision
    from meeting m
    join section_timing t on t.org_id = m.org_id and t.meeting_id = m.id and t.ended_at is not null
    join section s on s.org_id = t.org_id and s.id = t.section_id
    where viewer_actor() = 'person' and m.org_id = viewer_org() and m.state = 'closed'
      and m.planned_start >= since and m.planned_start <= viewer_now()
      and ((as_side = 'manager' and m.manager_id = viewer_id()) or (as_side = 'rep' and m.rep_id = viewer_id()))
    group by s.focus;
end $$;

-- How many points the reps raised, and how many the managers, in the same one-on-ones.
create function points_raised(since timestamptz, as_side text) returns table (by_reps integer, by_managers integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select (count(*) filter (where p.added_by = m.rep_id))::integer, (count(*) filter (where p.added_by <> m.rep_id))::integer
    from meeting m
    join point p on p.org_id = m.org_id and p.meeting_id = m.id and p.withdrawn_at is null
    where viewer_actor() = 'person' and m.org_id = viewer_org() and m.state = 'closed'
      and m.planned_start >= since and m.planned_start <= viewer_now()
      and ((as_side = 'manager' and m.manager_id = viewer_id()) or (as_side = 'rep' and m.rep_id = viewer_id()));
end $$;

revoke execute on function focus_spent(timestamptz, text), points_raised(timestamptz, text) from public;
grant execute on function focus_spent(timestamptz, text), points_raised(timestamptz, text) to kept_app;
