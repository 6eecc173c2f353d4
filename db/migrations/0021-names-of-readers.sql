-- Whoever's record was opened by somebody outside the pair learns that reader's name, also where they know nothing else of them.

create function names_of_my_readers() returns table (id uuid, name text) language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct p.id, p.name from reading r join person p on p.org_id = r.org_id and p.id = r.reader_id
  where r.org_id = viewer_org() and r.person_id = viewer_id() and viewer_actor() = 'person';
end;
revoke execute on function names_of_my_readers() from public;
grant execute on function names_of_my_readers() to kept_app;
