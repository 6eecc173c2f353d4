-- People, their roles, and who reports to whom, all with dates: the past stays when a manager changes.

create table person (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  user_id text references auth_user on delete set null,
  name text not null check (length(trim(name)) between 1 and 200),
  email text check (length(email) <= 320),
  team text check (length(team) <= 200),
  time_zone text not null,
  started_on date,
  left_on date,
  experience text not null default 'experienced' check (experience in ('new', 'developing', 'experienced')),
  external_id text,
  created_at timestamptz not null,
  primary key (org_id, id),
  check (left_on is null or started_on is null or left_on >= started_on)
);
create unique index person_email on person (org_id, lower(email)) where email is not null;
create unique index person_external on person (org_id, external_id) where external_id is not null;
create index person_by_user on person (user_id) where user_id is not null;
create index person_by_name on person (org_id, lower(name));

alter table access_link add foreign key (org_id, person_id) references person on delete cascade;
alter table api_token add foreign key (org_id, person_id) references person on delete cascade;

create table person_role (
  org_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('rep', 'manager', 'leader', 'admin')),
  from_on date not null,
  until_on date,
  primary key (org_id, person_id, role, from_on),
  foreign key (org_id, person_id) references person on delete cascade,
  check (until_on is null or until_on >= from_on)
);

create table reporting_line (
  org_id uuid not null,
  person_id uuid not null,
  manager_id uuid not null,
  from_on date not null,
  until_on date,
  primary key (org_id, person_id, from_on),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, manager_id) references person on delete cascade,
  check (person_id <> manager_id),
  check (until_on is null or until_on >= from_on)
);
create index reporting_line_by_manager on reporting_line (org_id, manager_id);
create unique index reporting_line_current on reporting_line (org_id, person_id) where until_on is null;
comment on table reporting_line is 'Person reports to manager on from_on <= day < until_on. A person who leaves keeps the line: they stay in the history of the team.';

create table time_off (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  from_on date not null,
  until_on date not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person on delete cascade,
  check (until_on >= from_on)
);
create index time_off_by_person on time_off (org_id, person_id, from_on);
comment on column time_off.until_on is 'The last day off, included.';

create table quota (
  org_id uuid not null,
  person_id uuid not null,
  month date not null check (extract(day from month) = 1),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (org_id, person_id, month),
  foreign key (org_id, person_id) references person on delete cascade
);

-- Everybody below the viewer, at any depth, on the viewer's day.
create function viewer_tree() returns setof uuid language sql stable security definer set search_path = public, pg_temp
begin atomic
  with recursive below as (
    select l.person_id from reporting_line l
    where l.org_id = viewer_org() and l.manager_id = viewer_id()
      and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
    union
    select l.person_id from reporting_line l join below b on l.manager_id = b.person_id
    where l.org_id = viewer_org()
      and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
  )
  select person_id from below where viewer_actor() = 'person';
end;

create function viewer_chain() returns setof uuid language sql stable security definer set search_path = public, pg_temp
begin atomic
  with recursive above as (
    select l.manager_id from reporting_line l
    where l.org_id = viewer_org() and l.person_id = viewer_id()
      and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
    union
    select l.manager_id from reporting_line l join above a on l.person_id = a.manager_id
    where l.org_id = viewer_org()
      and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date)
  )
  select manager_id from above where viewer_actor() = 'person';
end;

create function viewer_is(wanted text) returns boolean language sql stable security definer set search_path = public, pg_temp
begin atomic
  select viewer_actor() = 'person' and exists (
    select 1 from person_role r
    where r.org_id = viewer_org() and r.person_id = viewer_id() and r.role = wanted
      and r.from_on <= viewer_now()::date and (r.until_on is null or r.until_on > viewer_now()::date));
end;
