-- Row-level security on every table. kept_app is the application's role, kept_auth signs people in.
-- Without a policy a role sees and writes nothing; without a grant it is refused.

revoke all on all tables in schema public from public;
grant usage on schema public to kept_app, kept_auth;

-- Organisation ---------------------------------------------------------------------------------
alter table organisation enable row level security;
grant select, insert, update on organisation to kept_app;
create policy read on organisation for select to kept_app using (org_id = viewer_org() and viewer_actor() <> 'nobody');
create policy make on organisation for insert to kept_app with check (org_id = viewer_org() and viewer_actor() = 'set-up');
create policy change on organisation for update to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
create policy sign_in on organisation for select to kept_auth using (true);
grant select on organisation to kept_auth;

-- Sign-in --------------------------------------------------------------------------------------
alter table auth_user enable row level security;
alter table auth_session enable row level security;
alter table auth_account enable row level security;
alter table auth_verification enable row level security;
alter table auth_rate_limit enable row level security;
grant select, insert, update, delete on auth_user, auth_session, auth_account, auth_verification, auth_rate_limit to kept_auth;
create policy sign_in on auth_user to kept_auth using (true);
create policy sign_in on auth_session to kept_auth using (true);
create policy sign_in on auth_account to kept_auth using (true);
create policy sign_in on auth_verification to kept_auth using (true);
create policy sign_in on auth_rate_limit to kept_auth using (true);

alter table access_link enable row level security;
grant select, insert, update, delete on access_link to kept_auth;
grant insert, delete on access_link to kept_app;
grant select (org_id, id, person_id, purpose, created_at, expires_at, used_at) on access_link to kept_app;
create policy sign_in on access_link to kept_auth using (true);
create policy admin_reads on access_link for select to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or person_id = viewer_id()));
create policy make on access_link for insert to kept_app with check (
  org_id = viewer_org() and (
    (purpose = 'invitation' and ((select viewer_is('admin')) or viewer_actor() = 'set-up'))
    or (purpose = 'confirmation' and (viewer_actor() = 'job' or (in_pair(meeting_id) and exists (
      select 1 from meeting m where m.org_id = access_link.org_id and m.id = access_link.meeting_id
        and access_link.person_id in (m.manager_id, m.rep_id, m.co_coach_id)))))));
create policy withdraw on access_link for delete to kept_app using (org_id = viewer_org() and purpose = 'invitation' and (select viewer_is('admin')));

alter table api_token enable row level security;
grant select, insert, update on api_token to kept_app;
grant select, update (last_used_at) on api_token to kept_auth;
create policy own on api_token to kept_app using (org_id = viewer_org() and person_id = viewer_id() and viewer_actor() = 'person');
create policy sign_in on api_token for select to kept_auth using (true);
create policy sign_in_use on api_token for update to kept_auth using (true);

-- People ---------------------------------------------------------------------------------------
alter table person enable row level security;
-- Which account a person signs in with is for kept_auth alone: an admin cannot tie their own account to somebody else.
grant select, delete on person to kept_app;
grant insert (org_id, id, name, email, team, time_zone, started_on, left_on, experience, external_id, created_at) on person to kept_app;
grant update (name, email, team, time_zone, started_on, left_on, experience, external_id) on person to kept_app;
create policy read on person for select to kept_app using (
  org_id = viewer_org() and (id in (select viewer_people()) or (select viewer_is('admin')) or viewer_actor() in ('job', 'import', 'set-up')));
create policy make on person for insert to kept_app with check (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy change on person for update to kept_app using (
  org_id = viewer_org() and ((select viewer_is('admin')) or id = viewer_id() or viewer_actor() in ('import', 'set-up')));
create policy remove on person for delete to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
grant select (org_id, id, user_id, name, email, time_zone, left_on, created_at), update (user_id) on person to kept_auth;
create policy sign_in on person for select to kept_auth using (true);
create policy sign_in_link on person for update to kept_auth using (true);

alter table person_role enable row level security;
grant select, insert, update, delete on person_role to kept_app;
create policy read on person_role for select to kept_app using (
  org_id = viewer_org() and (person_id in (select viewer_people()) or (select viewer_is('admin')) or viewer_actor() in ('job', 'import', 'set-up')));
create policy make on person_role for insert to kept_app with check (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy change on person_role for update to kept_app using (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy remove on person_role for delete to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
grant select on person_role to kept_auth;
create policy sign_in on person_role for select to kept_auth using (true);

alter table reporting_line enable row level security;
grant select, insert, update, delete on reporting_line to kept_app;
create policy read on reporting_line for select to kept_app using (
  org_id = viewer_org() and (person_id = viewer_id() or manager_id = viewer_id() or person_id in (select viewer_tree())
    or (select viewer_is('admin')) or viewer_actor() in ('job', 'import', 'set-up')));
create policy make on reporting_line for insert to kept_app with check (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy change on reporting_line for update to kept_app using (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy remove on reporting_line for delete to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));

alter table time_off enable row level security;
grant select, insert, update, delete on time_off to kept_app;
create policy read on time_off for select to kept_app using (
  org_id = viewer_org() and (person_id = viewer_id() or person_id in (select viewer_tree()) or (select viewer_is('admin')) or viewer_actor() in ('job', 'set-up')));
create policy make on time_off for insert to kept_app with check (
  org_id = viewer_org() and (person_id = viewer_id() or person_id in (select viewer_tree()) or (select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy change on time_off for update to kept_app using (
  org_id = viewer_org() and (person_id = viewer_id() or person_id in (select viewer_tree()) or (select viewer_is('admin'))));
create policy remove on time_off for delete to kept_app using (
  org_id = viewer_org() and (person_id = viewer_id() or person_id in (select viewer_tree()) or (select viewer_is('admin'))));

alter table quota enable row level security;
grant select, insert, update, delete on quota to kept_app;
create policy read on quota for select to kept_app using (
  org_id = viewer_org() and (person_id = viewer_id() or person_id in (select viewer_tree()) or viewer_actor() in ('import', 'set-up')));
create policy make on quota for insert to kept_app with check (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy change on quota for update to kept_app using (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy remove on quota for delete to kept_app using (org_id = viewer_org() and viewer_actor() = 'import');

-- Pipeline -------------------------------------------------------------------------------------
alter table account enable row level security;
alter table product enable row level security;
alter table stage enable row level security;
grant select, insert, update on account, product, stage to kept_app;
create policy read on account for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'import', 'set-up'));
create policy make on account for insert to kept_app with check (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy change on account for update to kept_app using (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy read on product for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'import', 'set-up'));
create policy make on product for insert to kept_app with check (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy change on product for update to kept_app using (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy read on stage for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'import', 'set-up'));
create policy make on stage for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));
create policy change on stage for update to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() in ('import', 'set-up')));

alter table opportunity enable row level security;
grant select, insert, update on opportunity to kept_app;
create policy read on opportunity for select to kept_app using (
  org_id = viewer_org() and (owner_id = viewer_id() or owner_id in (select viewer_tree()) or viewer_actor() in ('import', 'set-up')));
create policy make on opportunity for insert to kept_app with check (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));
create policy change on opportunity for update to kept_app using (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));

alter table opportunity_change enable row level security;
grant select, insert on opportunity_change to kept_app;
create policy read on opportunity_change for select to kept_app using (
  org_id = viewer_org() and (viewer_actor() in ('import', 'set-up') or exists (
    select 1 from opportunity o where o.org_id = opportunity_change.org_id and o.id = opportunity_change.opportunity_id)));
create policy make on opportunity_change for insert to kept_app with check (org_id = viewer_org() and viewer_actor() in ('import', 'set-up'));

alter table import_run enable row level security;
alter table import_row enable row level security;
grant select, insert, update, delete on import_run, import_row to kept_app;
create policy admin on import_run to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'import'));
create policy admin on import_row to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'import'));

-- Agendas --------------------------------------------------------------------------------------
alter table kind enable row level security;
alter table agenda enable row level security;
alter table section enable row level security;
alter table prompt enable row level security;
grant select, insert, update on kind to kept_app;
grant select, insert on agenda, section, prompt to kept_app;
create policy read on kind for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'job', 'set-up'));
create policy make on kind for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy change on kind for update to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
create policy read on agenda for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'job', 'set-up'));
create policy make on agenda for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy read on section for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'job', 'set-up'));
create policy make on section for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy read on prompt for select to kept_app using (org_id = viewer_org() and viewer_actor() in ('person', 'job', 'set-up'));
create policy make on prompt for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));

-- Meetings: that they happen ---------------------------------------------------------------------
alter table series enable row level security;
grant select, insert, update on series to kept_app;
create policy read on series for select to kept_app using (
  org_id = viewer_org() and (viewer_id() in (manager_id, rep_id, co_coach_id) or manager_id in (select viewer_tree())
    or (select viewer_is('admin')) or viewer_actor() in ('job', 'set-up')));
create policy make on series for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or (select viewer_is('admin')) or (manager_id = viewer_id() and rep_id in (select viewer_tree()))));
create policy change on series for update to kept_app using (
  org_id = viewer_org() and (viewer_actor() = 'job' or (select viewer_is('admin')) or (viewer_actor() = 'person' and manager_id = viewer_id())));

alter table meeting enable row level security;
grant select, insert, update, delete on meeting to kept_app;
create policy read on meeting for select to kept_app using (
  org_id = viewer_org() and (viewer_id() in (manager_id, rep_id, co_coach_id) or manager_id in (select viewer_tree())
    or (select viewer_is('admin')) or viewer_actor() in ('job', 'set-up')));
create policy make on meeting for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() in ('job', 'set-up') or (select viewer_is('admin'))
    or (viewer_actor() = 'person' and manager_id = viewer_id() and (rep_id in (select viewer_tree()) or exists (
      select 1 from series s where s.org_id = meeting.org_id and s.id = meeting.series_id and s.manager_id = meeting.manager_id and s.rep_id = meeting.rep_id)))));
create policy change on meeting for update to kept_app using (
  org_id = viewer_org() and state <> 'closed'
  and (viewer_actor() = 'job' or (viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id))))
  with check (org_id = viewer_org() and (viewer_actor() = 'job' or (viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id))));
create policy withdraw on meeting for delete to kept_app using (
  org_id = viewer_org() and state = 'planned' and (viewer_actor() = 'job' or (select viewer_is('admin')) or (viewer_actor() = 'person' and manager_id = viewer_id())));

alter table section_timing enable row level security;
grant select, insert, update on section_timing to kept_app;
create policy read on section_timing for select to kept_app using (
  org_id = viewer_org() and (in_pair(meeting_id) or exists (
    select 1 from meeting m where m.org_id = section_timing.org_id and m.id = meeting_id and m.manager_id in (select viewer_tree()))));
create policy make on section_timing for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and started_by = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on section_timing for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

alter table preparation enable row level security;
grant select, insert, update on preparation to kept_app;
create policy read on preparation for select to kept_app using (
  org_id = viewer_org() and (in_pair(meeting_id) or viewer_actor() = 'job' or exists (
    select 1 from meeting m where m.org_id = preparation.org_id and m.id = meeting_id and m.manager_id in (select viewer_tree()))));
create policy make on preparation for insert to kept_app with check (
  org_id = viewer_org() and ((rep_id = viewer_id() and is_rep_of(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on preparation for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

-- Meetings: what is said in them -----------------------------------------------------------------
alter table meeting_reason enable row level security;
grant select, insert on meeting_reason to kept_app;
create policy read on meeting_reason for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on meeting_reason for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id()) or viewer_actor() = 'set-up'));

alter table point enable row level security;
grant select, insert, update on point to kept_app;
create policy read on point for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on point for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and added_by = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on point for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

alter table preparation_figure enable row level security;
alter table preparation_answer enable row level security;
grant select, insert, update on preparation_figure, preparation_answer to kept_app;
create policy read on preparation_figure for select to kept_app using (
  org_id = viewer_org() and (is_rep_of(meeting_id) or (in_pair(meeting_id) and is_handed_in(meeting_id))));
create policy make on preparation_figure for insert to kept_app with check (
  org_id = viewer_org() and ((is_rep_of(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on preparation_figure for update to kept_app using (org_id = viewer_org() and is_rep_of(meeting_id) and not is_locked(meeting_id));
create policy read on preparation_answer for select to kept_app using (
  org_id = viewer_org() and (is_rep_of(meeting_id) or (in_pair(meeting_id) and is_handed_in(meeting_id))));
create policy make on preparation_answer for insert to kept_app with check (
  org_id = viewer_org() and ((is_rep_of(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on preparation_answer for update to kept_app using (org_id = viewer_org() and is_rep_of(meeting_id) and not is_locked(meeting_id));

create function may_read_doc(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from note_doc d where d.org_id = viewer_org() and d.id = wanted
    and in_pair(d.meeting_id) and (d.owner_id is null or d.owner_id = viewer_id()));
end $$;

create function may_write_doc(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from note_doc d where d.org_id = viewer_org() and d.id = wanted
    and in_pair(d.meeting_id) and (d.owner_id is null or d.owner_id = viewer_id()) and not is_locked(d.meeting_id));
end $$;

alter table note_doc enable row level security;
alter table note_update enable row level security;
alter table note_text enable row level security;
grant select, insert on note_doc, note_update, note_text to kept_app;
create policy read on note_doc for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and (owner_id is null or owner_id = viewer_id()));
create policy make on note_doc for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and (owner_id is null or owner_id = viewer_id()) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy read on note_update for select to kept_app using (org_id = viewer_org() and may_read_doc(doc_id));
create policy make on note_update for insert to kept_app with check (
  org_id = viewer_org() and ((by_id = viewer_id() and may_write_doc(doc_id)) or viewer_actor() = 'set-up'));
create policy read on note_text for select to kept_app using (org_id = viewer_org() and may_read_doc(doc_id));
create policy make on note_text for insert to kept_app with check (org_id = viewer_org() and (may_write_doc(doc_id) or viewer_actor() = 'set-up'));

alter table entry enable row level security;
grant select, insert, update on entry to kept_app;
create policy read on entry for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on entry for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on entry for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

alter table pivot enable row level security;
grant select, insert on pivot to kept_app;
create policy read on pivot for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on pivot for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and not is_rep_of(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));

alter table next_step enable row level security;
grant select, insert, update on next_step to kept_app;
create policy read on next_step for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on next_step for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on next_step for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

alter table listed_opportunity enable row level security;
grant select, insert, update on listed_opportunity to kept_app;
create policy read on listed_opportunity for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on listed_opportunity for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on listed_opportunity for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

-- Commitments ------------------------------------------------------------------------------------
alter table commitment enable row level security;
grant select, insert, update on commitment to kept_app;
create policy read on commitment for select to kept_app using (
  org_id = viewer_org() and viewer_actor() in ('person', 'job')
  and (viewer_id() in (manager_id, rep_id, co_coach_id) or manager_id in (select viewer_tree()) or viewer_actor() = 'job'));
create policy make on commitment for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and created_by = viewer_id() and viewer_id() in (manager_id, rep_id, co_coach_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on commitment for update to kept_app using (
  org_id = viewer_org() and viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id));

alter table commitment_words enable row level security;
grant select, insert, update on commitment_words to kept_app;
create policy read on commitment_words for select to kept_app using (
  org_id = viewer_org() and viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id));
create policy make on commitment_words for insert to kept_app with check (
  org_id = viewer_org() and ((viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id)) or viewer_actor() = 'set-up'));
create policy change on commitment_words for update to kept_app using (
  org_id = viewer_org() and viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id));

-- Once its meeting is closed a commitment keeps its words, its owner and its day.
create function keep_commitment() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if is_locked(old.meeting_id) and (new.owner_id, new.due_on, new.meeting_id, new.withdrawn_at, new.hangs_on)
      is distinct from (old.owner_id, old.due_on, old.meeting_id, old.withdrawn_at, old.hangs_on) then
    raise exception 'the meeting is closed: a commitment keeps its words, owner and day' using errcode = 'KE001';
  end if;
  return new;
end $$;
create trigger keep before update on commitment for each row execute function keep_commitment();

create function keep_commitment_words() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.words, new.hangs_words) is distinct from (old.words, old.hangs_words)
    and exists (select 1 from commitment c where c.org_id = old.org_id and c.id = old.commitment_id and is_locked(c.meeting_id)) then
    raise exception 'the meeting is closed: a commitment keeps its words, owner and day' using errcode = 'KE001';
  end if;
  return new;
end $$;
create trigger keep before update on commitment_words for each row execute function keep_commitment_words();

-- Record -----------------------------------------------------------------------------------------
alter table summary enable row level security;
alter table remark enable row level security;
alter table record_text enable row level security;
grant select, insert on summary, remark, record_text to kept_app;
create policy read on summary for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on summary for insert to kept_app with check (org_id = viewer_org() and (in_pair(meeting_id) or viewer_actor() = 'set-up'));
create policy read on remark for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on remark for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy read on record_text for select to kept_app using (
  org_id = viewer_org() and viewer_actor() = 'person' and viewer_id() in (manager_id, rep_id, co_coach_id) and (owner_id is null or owner_id = viewer_id()));
create policy make on record_text for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and (owner_id is null or owner_id = viewer_id())) or viewer_actor() = 'set-up'));

-- Mail and audit -----------------------------------------------------------------------------------
alter table mail enable row level security;
alter table mail_body enable row level security;
grant select, insert, update on mail to kept_app;
grant select, insert on mail_body to kept_app;
create policy read on mail for select to kept_app using (org_id = viewer_org() and (to_id = viewer_id() or (select viewer_is('admin')) or viewer_actor() = 'job'));
create policy make on mail for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() in ('job', 'set-up') or (select viewer_is('admin')) or to_id in (select viewer_people())));
create policy change on mail for update to kept_app using (org_id = viewer_org() and viewer_actor() = 'job');
create policy read on mail_body for select to kept_app using (
  org_id = viewer_org() and ((viewer_actor() = 'person' and to_id = viewer_id()) or (purpose = 'invitation' and (select viewer_is('admin')))));
create policy make on mail_body for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() in ('job', 'set-up') or (select viewer_is('admin')) or to_id in (select viewer_people())));

alter table event enable row level security;
alter table reading enable row level security;
grant select, insert on event, reading to kept_app;
create policy read on event for select to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or (viewer_actor() = 'person' and actor_id = viewer_id())));
create policy make on event for insert to kept_app with check (
  org_id = viewer_org() and viewer_actor() <> 'nobody' and actor = viewer_actor() and actor_id is not distinct from viewer_id());
create policy read on reading for select to kept_app using (
  org_id = viewer_org() and ((select viewer_is('admin')) or (viewer_actor() = 'person' and viewer_id() in (person_id, reader_id))));
create policy make on reading for insert to kept_app with check (org_id = viewer_org() and viewer_actor() = 'person' and reader_id = viewer_id());
