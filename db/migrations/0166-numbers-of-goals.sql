-- Numbers against goals tell those goals: whoever may not read each of them, because one was said to the manager before, reads none
-- of these numbers. Where the numbers could not be worked out there is nothing in them but the reason.
create function shows_numbers_of_goals(rep uuid, said_to jsonb) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() <> 'person' then return false; end if;
  if rep = viewer_id() then return true; end if;
  if said_to is null then return shows_goals(rep); end if;
  return shows_goals(rep) and not exists (select 1 from jsonb_array_elements_text(said_to) as to_whom (id) where of_own_pair(rep, to_whom.id::uuid) is not true);
end $$;
revoke execute on function shows_numbers_of_goals(uuid, jsonb) from public;
grant execute on function shows_numbers_of_goals(uuid, jsonb) to kept_app;

drop policy read on stored_numbers;
create policy read on stored_numbers for select to kept_app using (
  org_id = (select viewer_org()) and (
    (basis = 'quota' and (person_id = (select viewer_id()) or person_id in (select viewer_tree())))
    or (basis = 'goal' and shows_numbers_of_goals(person_id, numbers #> '{value,goalsSaidTo}'))
    or (select viewer_actor()) = 'numbers'));
