-- What row-level policies alone cannot say: what a row is about and who said it never changes,
-- and nobody speaks for somebody else. KE002 = that may not be changed, KE003 = that is for somebody else to say.
-- The owner of the database (erasure, restore, cascades) is not held by these.

create function keep_columns() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  name text;
  was jsonb := to_jsonb(old);
  will jsonb := to_jsonb(new);
begin
  if current_user <> 'kept_app' then return new; end if;
  foreach name in array tg_argv loop
    if was -> name is distinct from will -> name then
      raise exception '% of a % stays what it was', name, tg_table_name using errcode = 'KE002';
    end if;
  end loop;
  return new;
end $$;

create trigger stay before update on series for each row execute function keep_columns('org_id', 'id', 'manager_id', 'rep_id', 'created_by');
create trigger stay before update on meeting for each row execute function keep_columns('org_id', 'id', 'manager_id', 'rep_id');
create trigger stay before update on time_off for each row execute function keep_columns('org_id', 'id', 'person_id', 'created_by');
create trigger stay before update on api_token for each row execute function keep_columns('org_id', 'id', 'person_id', 'token_hash', 'created_at');
create trigger stay before update on point for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'added_by', 'created_at');
create trigger stay before update on preparation for each row execute function keep_columns('org_id', 'meeting_id', 'rep_id', 'started_at');
create trigger stay before update on preparation_figure for each row execute function keep_columns('org_id', 'meeting_id', 'measure');
create trigger stay before update on preparation_answer for each row execute function keep_columns('org_id', 'meeting_id', 'question');
create trigger stay before update on section_timing for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'section_id', 'started_by', 'started_at');
create trigger stay before update on entry for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'by_id', 'created_at');
create trigger stay before update on next_step for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'by_id');
create trigger stay before update on listed_opportunity for each row execute function keep_columns('org_id', 'meeting_id', 'opportunity_id');
create trigger stay before update on commitment for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'manager_id', 'rep_id', 'co_coach_id', 'created_by', 'created_at');
create trigger stay before update on commitment_words for each row execute function keep_columns('org_id', 'commitment_id', 'manager_id', 'rep_id', 'co_coach_id');
create trigger stay before update on mail for each row execute function keep_columns('org_id', 'id', 'to_id', 'purpose', 'subject', 'meeting_id', 'created_at');

-- Oneself may change name and time zone; the rest of a person is the admin's.
create function keep_own_person() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'kept_app' and viewer_actor() = 'person' and not viewer_is('admin')
    and (to_jsonb(new) - 'name' - 'time_zone') is distinct from (to_jsonb(old) - 'name' - 'time_zone') then
    raise exception 'only name and time zone are one''s own to change' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger own before update on person for each row execute function keep_own_person();

-- Whoever said it may word it anew; the other side may tick it off, not rewrite it.
create function keep_words_of_others() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare author uuid := (to_jsonb(old) ->> tg_argv[0])::uuid;
begin
  if current_user = 'kept_app' and new.words is distinct from old.words and author is distinct from viewer_id() then
    raise exception 'only whoever said it may change the words' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger words before update on point for each row execute function keep_words_of_others('added_by');
create trigger words before update on entry for each row execute function keep_words_of_others('by_id');
create trigger words before update on next_step for each row execute function keep_words_of_others('by_id');

-- Only the manager decides who coaches with them.
create function keep_co_coach() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'kept_app' and viewer_actor() = 'person' and new.co_coach_id is distinct from old.co_coach_id and viewer_id() <> old.manager_id then
    raise exception 'only the manager says who coaches with them' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger co_coach before update on meeting for each row execute function keep_co_coach();

-- The manager may remind; a preparation is started and handed in by the rep.
create function keep_preparation() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'kept_app' and viewer_id() is distinct from old.rep_id and new.submitted_at is distinct from old.submitted_at then
    raise exception 'only the rep hands in a preparation' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger own before update on preparation for each row execute function keep_preparation();

-- A commitment belongs to the pair of its meeting, and each side confirms for itself.
create function check_commitment() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'kept_app' or viewer_actor() = 'set-up' then return new; end if;
  if tg_op = 'INSERT' and not exists (
    select 1 from meeting m where m.org_id = new.org_id and m.id = new.meeting_id and m.manager_id = new.manager_id and m.rep_id = new.rep_id
      and (new.co_coach_id is null or new.co_coach_id = m.co_coach_id)) then
    raise exception 'a commitment belongs to the pair of its meeting' using errcode = 'KE003';
  end if;
  if new.rep_confirmed_at is not null and viewer_id() is distinct from new.rep_id
    and (tg_op = 'INSERT' or new.rep_confirmed_at is distinct from old.rep_confirmed_at) then
    raise exception 'only the rep confirms for the rep' using errcode = 'KE003';
  end if;
  if new.manager_confirmed_at is not null and viewer_id() is distinct from new.manager_id and viewer_id() is distinct from new.co_coach_id
    and (tg_op = 'INSERT' or new.manager_confirmed_at is distinct from old.manager_confirmed_at) then
    raise exception 'only the manager confirms for the manager' using errcode = 'KE003';
  end if;
  if new.outcome is not null and new.outcome_by is distinct from viewer_id()
    and (tg_op = 'INSERT' or (new.outcome, new.outcome_by) is distinct from (old.outcome, old.outcome_by)) then
    raise exception 'an outcome is written down by whoever says it' using errcode = 'KE003';
  end if;
  if new.settled_in is not null and (tg_op = 'INSERT' or new.settled_in is distinct from old.settled_in) and not exists (
    select 1 from meeting m where m.org_id = new.org_id and m.id = new.settled_in and m.rep_id = new.rep_id) then
    raise exception 'a commitment is settled in a meeting of the same rep' using errcode = 'KE003';
  end if;
  -- What was confirmed is confirmed no longer when the other side changes it.
  if tg_op = 'UPDATE' and (new.owner_id, new.due_on, new.hangs_on, new.opportunity_id) is distinct from (old.owner_id, old.due_on, old.hangs_on, old.opportunity_id) then
    if viewer_id() = new.rep_id then new.manager_confirmed_at := null; else new.rep_confirmed_at := null; end if;
  end if;
  return new;
end $$;
create trigger say before insert or update on commitment for each row execute function check_commitment();

create function check_commitment_words() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'kept_app' or viewer_actor() = 'set-up' then return new; end if;
  if tg_op = 'INSERT' and not exists (
    select 1 from commitment c where c.org_id = new.org_id and c.id = new.commitment_id and c.manager_id = new.manager_id and c.rep_id = new.rep_id
      and c.co_coach_id is not distinct from new.co_coach_id) then
    raise exception 'the words belong to the pair of the commitment' using errcode = 'KE003';
  end if;
  if tg_op = 'UPDATE' and new.words is distinct from old.words then
    if viewer_id() = new.rep_id then
      update commitment set manager_confirmed_at = null where org_id = new.org_id and id = new.commitment_id and manager_confirmed_at is not null;
    else
      update commitment set rep_confirmed_at = null where org_id = new.org_id and id = new.commitment_id and rep_confirmed_at is not null;
    end if;
  end if;
  return new;
end $$;
create trigger say before insert or update on commitment_words for each row execute function check_commitment_words();

-- What is searched is found by the pair of that meeting and by nobody else.
create function check_record_text() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'kept_app' and viewer_actor() = 'person' and not exists (
    select 1 from meeting m where m.org_id = new.org_id and m.id = new.meeting_id and m.manager_id = new.manager_id and m.rep_id = new.rep_id
      and (new.co_coach_id is null or new.co_coach_id = m.co_coach_id)) then
    raise exception 'a record belongs to the pair of its meeting' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger pair before insert on record_text for each row execute function check_record_text();
