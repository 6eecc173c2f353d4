-- What everybody's numbers have in common is learnt now and then. After a file that brings a tenth of the deals or more it is learnt
-- at once, in the same transaction: otherwise everybody would be worked out with what was known before it.
create function forget_setting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from opportunity o where o.org_id = new.org_id offset 10 * (new.rows_new + new.rows_changed) limit 1) then
    delete from numbers_setting s where s.org_id = new.org_id;
  end if;
  return null;
end $$;
revoke all on function forget_setting() from public;

create trigger forget_setting after update on import_run for each row
  when (new.what = 'opportunities' and new.state in ('applied', 'undone') and new.state is distinct from old.state)
  execute function forget_setting();
