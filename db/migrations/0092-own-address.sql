-- Oneself may change name and time zone, and the mail address in a transaction that says the present password was given; the rest
-- of a person is the admin's.
create or replace function keep_own_person() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  own text[] := array['name', 'time_zone'];
begin
  if current_setting('kept.password_given', true) = viewer_id()::text then
    own := own || 'email'::text;
  end if;
  if current_user = 'kept_app' and viewer_actor() = 'person' and not viewer_is('admin') and (to_jsonb(new) - own) is distinct from (to_jsonb(old) - own) then
    raise exception 'only name, time zone and, with the password, the mail address are one''s own to change' using errcode = 'KE003';
  end if;
  return new;
end $$;
