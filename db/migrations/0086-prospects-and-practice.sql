-- Prospects of a preparation, and the role-play log. Both are what the pair says, and locked with the meeting.

alter table section drop constraint section_panel_check;
alter table section add constraint section_panel_check check (panel in
  ('none', 'commitments', 'results', 'new_opportunities', 'prospects', 'opportunities', 'pipeline', 'practice', 'working', 'points', 'wrap_up'));
alter table record_text drop constraint record_text_part_check;
alter table record_text add constraint record_text_part_check check (part in
  ('note', 'private note', 'point', 'entry', 'commitment', 'next step', 'opportunity', 'remark', 'preparation', 'prospect', 'role-play'));

-- A deal the rep goes through before a one-on-one: A prospects by rule, others because the rep chose them.
create table prepared_prospect (
  org_id uuid not null,
  meeting_id uuid not null,
  opportunity_id uuid not null,
  is_chosen boolean not null default false,
  reviewed_at timestamptz,
  kept_at timestamptz,
  grade text check (grade in ('A', 'B', 'C')),
  name text not null,
  account text,
  stage text not null,
  amount_minor bigint,
  currency text not null,
  close_on date,
  primary key (org_id, meeting_id, opportunity_id),
  foreign key (org_id, meeting_id) references preparation on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete cascade
);
comment on column prepared_prospect.kept_at is 'When it was handed in with the state it had; null while it is only being prepared.';

-- The story as it was handed in, and as it stood when the one-on-one was closed.
create table prospect_line (
  org_id uuid not null,
  meeting_id uuid not null,
  opportunity_id uuid not null,
  taken text not null check (taken in ('hand-in', 'close')),
  field text not null,
  words text not null,
  primary key (org_id, meeting_id, opportunity_id, taken, field),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete cascade
);

create table role_play (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  opportunity_id uuid,
  about text not null check (length(trim(about)) between 1 and 300),
  by_id uuid not null,
  created_at timestamptz not null,
  done_at timestamptz,
  withdrawn_at timestamptz,
  primary key (org_id, id),
  unique (org_id, id, meeting_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete set null (opportunity_id),
  foreign key (org_id, by_id) references person
);
create index role_play_by_meeting on role_play (org_id, meeting_id);
comment on column role_play.about is 'The name of the deal as it was then, or the skill.';

-- Rows, so that two people writing at once never write over each other: "answer 2" is what they answer in the second branch.
create table role_play_line (
  org_id uuid not null,
  role_play_id uuid not null,
  meeting_id uuid not null,
  part text not null check (part ~ '^(situation|feedback|(answer|reply|try|polished) [1-9][0-9]?)$'),
  words text not null check (length(words) <= 4000),
  version integer not null default 1,
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, role_play_id, part),
  foreign key (org_id, role_play_id, meeting_id) references role_play (org_id, id, meeting_id) on delete cascade,
  foreign key (org_id, by_id) references person
);
create index role_play_line_by_meeting on role_play_line (org_id, meeting_id);

alter table prepared_prospect enable row level security;
alter table prospect_line enable row level security;
alter table role_play enable row level security;
alter table role_play_line enable row level security;
grant select, insert, update on prepared_prospect, prospect_line, role_play, role_play_line to kept_app;

create policy read on prepared_prospect for select to kept_app using (
  org_id = viewer_org() and (is_rep_of(meeting_id) or (in_pair(meeting_id) and is_handed_in(meeting_id))));
create policy make on prepared_prospect for insert to kept_app with check (
  org_id = viewer_org() and ((is_rep_of(meeting_id) and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on prepared_prospect for update to kept_app using (org_id = viewer_org() and is_rep_of(meeting_id) and not is_locked(meeting_id));

create policy read on prospect_line for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on prospect_line for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or (not is_locked(meeting_id)
    and ((taken = 'hand-in' and is_rep_of(meeting_id)) or (taken = 'close' and in_pair(meeting_id))))));
create policy change on prospect_line for update to kept_app using (
  org_id = viewer_org() and taken = 'hand-in' and is_rep_of(meeting_id) and not is_locked(meeting_id));

create policy read on role_play for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on role_play for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on role_play for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));
create policy read on role_play_line for select to kept_app using (org_id = viewer_org() and in_pair(meeting_id));
create policy make on role_play_line for insert to kept_app with check (
  org_id = viewer_org() and ((in_pair(meeting_id) and by_id = viewer_id() and not is_locked(meeting_id)) or viewer_actor() = 'set-up'));
create policy change on role_play_line for update to kept_app using (org_id = viewer_org() and in_pair(meeting_id) and not is_locked(meeting_id));

create trigger stay before update on prepared_prospect for each row execute function keep_columns('org_id', 'meeting_id', 'opportunity_id');
create trigger stay before update on prospect_line for each row execute function keep_columns('org_id', 'meeting_id', 'opportunity_id', 'taken', 'field');
create trigger stay before update on role_play for each row execute function keep_columns('org_id', 'id', 'meeting_id', 'by_id', 'about', 'opportunity_id', 'created_at');
create trigger stay before update on role_play_line for each row execute function keep_columns('org_id', 'role_play_id', 'meeting_id', 'part');

-- What is kept of a story is what the story said: nobody puts other words into the record.
create function check_prospect_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() = 'person' and new.words <> '' and not exists (
    select 1 from meeting m join story_line s on s.org_id = m.org_id and s.rep_id = m.rep_id and s.manager_id = m.manager_id
    where m.org_id = new.org_id and m.id = new.meeting_id and s.opportunity_id = new.opportunity_id and s.field = new.field and s.words = new.words) then
    raise exception 'what is kept of a story is what it says' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger said before insert or update on prospect_line for each row execute function check_prospect_line();

-- Done means that something good was said about it, in writing. Taken back by whoever began it.
create function keep_role_play() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'kept_app' or viewer_actor() = 'set-up' then return new; end if;
  if new.withdrawn_at is distinct from old.withdrawn_at and old.by_id is distinct from viewer_id() then
    raise exception 'only whoever began a role-play takes it back' using errcode = 'KE003';
  end if;
  if new.done_at is not null and old.done_at is null and not exists (
    select 1 from role_play_line l where l.org_id = new.org_id and l.role_play_id = new.id and l.part = 'feedback' and trim(l.words) <> '') then
    raise exception 'a role-play ends with positive feedback' using errcode = 'KE002';
  end if;
  return new;
end $$;
create trigger done before update on role_play for each row execute function keep_role_play();

create function keep_role_play_line() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'kept_app' or new.words is not distinct from old.words then return new; end if;
  if viewer_actor() = 'person' and new.by_id is distinct from viewer_id() then
    raise exception 'a line is signed by whoever writes it' using errcode = 'KE003';
  end if;
  if new.part = 'feedback' and trim(new.words) = '' and exists (
    select 1 from role_play r where r.org_id = new.org_id and r.id = new.role_play_id and r.done_at is not null) then
    raise exception 'a role-play ends with positive feedback' using errcode = 'KE002';
  end if;
  return new;
end $$;
create trigger signed before update on role_play_line for each row execute function keep_role_play_line();
