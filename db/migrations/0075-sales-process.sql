-- The sales process: what each stage asks of the customer. A change is a new version in force from an instant; a version never
-- changes, so that any past day is read by the process of that day.

create table verifier (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  created_at timestamptz not null,
  primary key (org_id, id)
);
comment on table verifier is 'What stays the same of a verifier from version to version; its words are in process_verifier.';

create table process_version (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  version integer not null check (version >= 1),
  name text not null check (length(trim(name)) between 1 and 200),
  valid_from timestamptz not null,
  published_by uuid,
  primary key (org_id, id),
  unique (org_id, version),
  foreign key (org_id, published_by) references person on delete set null (published_by)
);
comment on column process_version.valid_from is 'In force from this instant until that of the next version.';

create table process_stage (
  org_id uuid not null,
  version_id uuid not null,
  stage_id uuid not null,
  position smallint not null check (position >= 0),
  experience text not null default '' check (length(experience) <= 2000),
  probability smallint not null check (probability between 0 and 100),
  primary key (org_id, version_id, stage_id),
  unique (org_id, version_id, position),
  foreign key (org_id, version_id) references process_version on delete cascade,
  foreign key (org_id, stage_id) references stage
);
comment on column process_stage.experience is 'What the customer should experience here.';
comment on column process_stage.probability is 'Per cent.';

create table process_verifier (
  org_id uuid not null,
  version_id uuid not null,
  verifier_id uuid not null,
  stage_id uuid not null,
  position smallint not null check (position >= 0),
  words text not null check (length(trim(words)) between 1 and 300),
  who text not null default '' check (length(who) <= 200),
  primary key (org_id, version_id, verifier_id),
  foreign key (org_id, version_id, stage_id) references process_stage on delete cascade,
  foreign key (org_id, verifier_id) references verifier
);
comment on table process_verifier is 'The toll of a stage: what only the customer can give before a deal goes on from it.';
comment on column process_verifier.who is 'Who at the customer does it.';

create table process_rule (
  org_id uuid not null,
  version_id uuid not null,
  grade text not null check (grade in ('A', 'B', 'C')),
  position smallint not null check (position >= 0),
  field text not null check (field in ('stage', 'verified stage', 'backed', 'closes within', 'amount', 'changed within')),
  stage_id uuid,
  number bigint check (number >= 0),
  primary key (org_id, version_id, grade, position),
  foreign key (org_id, version_id) references process_version on delete cascade,
  foreign key (org_id, version_id, stage_id) references process_stage,
  check ((field in ('stage', 'verified stage')) = (stage_id is not null)),
  check ((field in ('closes within', 'amount', 'changed within')) = (number is not null))
);
comment on table process_rule is 'A deal has the first grade whose rows all hold. A grade without rows: C is every other open deal, A and B are none.';
comment on column process_rule.number is 'Days, or minor units of the organisation''s currency.';

create table process_draft (
  org_id uuid primary key references organisation on delete cascade,
  base integer not null,
  revision uuid not null,
  typed jsonb not null,
  changed_by uuid,
  changed_at timestamptz not null,
  foreign key (org_id, changed_by) references person on delete set null (changed_by)
);
comment on table process_draft is 'The next version while it is being written, as typed. One for the organisation.';

create table evidence (
  org_id uuid not null,
  id uuid not null,
  opportunity_id uuid not null,
  verifier_id uuid not null,
  given_on date not null,
  customer_person text not null check (length(trim(customer_person)) between 1 and 200),
  words text not null default '' check (length(words) <= 2000),
  link text not null default '' check (length(link) <= 2000),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_why text check (length(withdrawn_why) <= 500),
  primary key (org_id, id),
  foreign key (org_id, opportunity_id) references opportunity on delete cascade,
  foreign key (org_id, verifier_id) references verifier,
  foreign key (org_id, recorded_by) references person,
  foreign key (org_id, withdrawn_by) references person,
  check (length(trim(words)) > 0 or length(trim(link)) > 0),
  -- Nobody can have been given tomorrow's evidence; a day of slack is the width of the time zones.
  check (given_on <= (recorded_at at time zone 'UTC')::date + 1),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index evidence_by_opportunity on evidence (org_id, opportunity_id) include (verifier_id, recorded_at, withdrawn_at);
comment on table evidence is 'Taken back, never deleted: what was known on a past day is what was recorded by then and not yet withdrawn.';

create table prospect_grade (
  org_id uuid not null,
  id uuid not null,
  opportunity_id uuid not null,
  grade text check (grade in ('A', 'B', 'C')),
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, opportunity_id) references opportunity on delete cascade,
  foreign key (org_id, by_id) references person
);
create index prospect_grade_by_opportunity on prospect_grade (org_id, opportunity_id, at);
comment on table prospect_grade is 'Graded by hand, append-only: the last one counts. Null gives the deal back to the rules.';

-- Who -----------------------------------------------------------------------------------------------
alter table verifier enable row level security;
alter table process_version enable row level security;
alter table process_stage enable row level security;
alter table process_verifier enable row level security;
alter table process_rule enable row level security;
alter table process_draft enable row level security;
alter table evidence enable row level security;
alter table prospect_grade enable row level security;
grant select, insert on verifier, process_version, process_stage, process_verifier, process_rule, prospect_grade to kept_app;
grant select, insert, update, delete on process_draft to kept_app;
grant select, insert on evidence to kept_app;
grant update (withdrawn_by, withdrawn_at, withdrawn_why) on evidence to kept_app;

create policy read on verifier for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy read on process_version for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy read on process_stage for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy read on process_verifier for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy read on process_rule for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');

-- An admin adds to a version only in the moment it is published: never to one that has been in force.
create function is_being_published(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from process_version v where v.org_id = viewer_org() and v.id = wanted and v.valid_from >= viewer_now());
end $$;
revoke execute on function is_being_published(uuid) from public;
grant execute on function is_being_published(uuid) to kept_app;

create policy make on verifier for insert to kept_app with check (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy make on process_version for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up'
    or ((select viewer_is('admin')) and valid_from >= viewer_now() and published_by = viewer_id())));
create policy make on process_stage for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or ((select viewer_is('admin')) and is_being_published(version_id))));
create policy make on process_verifier for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or ((select viewer_is('admin')) and is_being_published(version_id))));
create policy make on process_rule for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or ((select viewer_is('admin')) and is_being_published(version_id))));
create policy admin on process_draft to kept_app using (org_id = viewer_org() and (select viewer_is('admin')))
  with check (org_id = viewer_org() and (select viewer_is('admin')) and changed_by = viewer_id());

-- Whoever sees the deal sees what backs it, and may add to it under their own name.
create policy read on evidence for select to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) in ('import', 'set-up') or exists (
    select 1 from opportunity o where o.org_id = evidence.org_id and o.id = evidence.opportunity_id)));
create policy make on evidence for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or (viewer_actor() = 'person' and recorded_by = viewer_id() and recorded_at = viewer_now()
    and withdrawn_at is null and exists (
      select 1 from opportunity o where o.org_id = evidence.org_id and o.id = evidence.opportunity_id))));
create policy change on evidence for update to kept_app using (
  org_id = viewer_org() and viewer_actor() = 'person' and exists (
    select 1 from opportunity o where o.org_id = evidence.org_id and o.id = evidence.opportunity_id));

create policy read on prospect_grade for select to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) in ('import', 'set-up') or exists (
    select 1 from opportunity o where o.org_id = prospect_grade.org_id and o.id = prospect_grade.opportunity_id)));
create policy make on prospect_grade for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or (viewer_actor() = 'person' and by_id = viewer_id() and at = viewer_now() and exists (
    select 1 from opportunity o where o.org_id = prospect_grade.org_id and o.id = prospect_grade.opportunity_id))));

-- Evidence is withdrawn once, by whoever does it, now; what was withdrawn stays so.
create function keep_evidence() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'kept_app' then return new; end if;
  if old.withdrawn_at is not null
    and (new.withdrawn_at, new.withdrawn_by, new.withdrawn_why) is distinct from (old.withdrawn_at, old.withdrawn_by, old.withdrawn_why) then
    raise exception 'evidence that was withdrawn stays withdrawn' using errcode = 'KE002';
  end if;
  if old.withdrawn_at is null and new.withdrawn_at is not null
    and (new.withdrawn_by is distinct from viewer_id() or new.withdrawn_at is distinct from viewer_now()) then
    raise exception 'evidence is withdrawn by whoever says so' using errcode = 'KE003';
  end if;
  return new;
end $$;
create trigger keep before update on evidence for each row execute function keep_evidence();
