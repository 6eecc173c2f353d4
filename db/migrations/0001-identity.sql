-- Who is asking. Every transaction of the application states its organisation, person, actor and
-- moment; every row-level policy is written in these words.
-- Actors: 'person' someone signed in; 'job' the clock (missed meetings, mail); 'import' a running import;
-- 'set-up' the making of an organisation.

create function viewer_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('kept.org_id', true), '')::uuid;

create function viewer_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('kept.person_id', true), '')::uuid;

create function viewer_actor() returns text language sql stable parallel safe
  return coalesce(nullif(current_setting('kept.actor', true), ''), 'nobody');

create function viewer_now() returns timestamptz language sql stable parallel safe
  return coalesce(nullif(current_setting('kept.now', true), '')::timestamptz, now());

create table organisation (
  org_id uuid primary key,
  name text not null check (length(trim(name)) between 1 and 200),
  is_sample boolean not null default false,
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'UTC',
  fiscal_year_starts_in smallint not null default 1 check (fiscal_year_starts_in between 1 and 12),
  agenda_notice_hours integer not null default 24 check (agenda_notice_hours between 0 and 336),
  missed_grace_hours integer not null default 24 check (missed_grace_hours between 1 and 336),
  uses_rank boolean not null default false,
  created_at timestamptz not null
);
comment on column organisation.agenda_notice_hours is 'How long before a meeting its agenda goes to the rep.';
comment on column organisation.missed_grace_hours is 'How long after its planned end an unopened meeting becomes missed.';
