-- The two counts beside the navigation: one's own one-on-ones to come this week, and one's own open promises.
-- One look-up for every page, so it goes past the policies: it answers about nobody but the person named.
create function navigation_counts(org uuid, person uuid, week_start timestamptz, week_end timestamptz)
returns table (meetings integer, promises integer) language sql stable security definer set search_path = public, pg_temp
begin atomic
  select
    (select count(*)::integer from (
      select m.id from meeting m where m.org_id = org and m.manager_id = person and m.planned_start >= week_start and m.planned_start < week_end and m.state in ('planned', 'open')
      union
      select m.id from meeting m where m.org_id = org and m.rep_id = person and m.planned_start >= week_start and m.planned_start < week_end and m.state in ('planned', 'open')) own),
    (select count(*)::integer from commitment c join meeting m on m.org_id = c.org_id and m.id = c.meeting_id
      where c.org_id = org and c.owner_id = person and c.outcome is null and c.withdrawn_at is null and m.state = 'closed');
end;
revoke execute on function navigation_counts(uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function navigation_counts(uuid, uuid, timestamptz, timestamptz) to kept_auth;
