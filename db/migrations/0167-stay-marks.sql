-- When somebody started says from when on their numbers are counted, and which quota is the whole of theirs; of whoever has left
-- nothing new is expected.

create function mark_stayed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched record;
begin
  for touched in
    select w.org_id as org, array_agg(w.id) as people from written w
    join was b on b.org_id = w.org_id and b.id = w.id
    where (w.started_on, w.left_on) is distinct from (b.started_on, b.left_on) group by 1
  loop
    perform mark_numbers_due(touched.org, touched.people);
  end loop;
  return null;
end $$;
revoke all on function mark_stayed() from public;

create trigger due_update after update on person referencing new table as written old table as was for each statement execute function mark_stayed();
