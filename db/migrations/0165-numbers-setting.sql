-- What everybody's numbers of a day have in common is learnt in a process of its own, which ends with it: what it learnt stays here, so
-- that one person's numbers are made again within a second afterwards.
create table numbers_setting (
  org_id uuid primary key references organisation on delete cascade,
  as_of date not null,
  made_at timestamptz not null,
  took_ms integer not null,
  shape smallint not null,
  setting bytea not null
);
comment on column numbers_setting.as_of is 'The day it is of, in the time zone of the organisation.';
comment on column numbers_setting.took_ms is 'How long learning it took: it is learnt anew once that is a small part of the time.';
comment on column numbers_setting.shape is 'Version of what setting holds; one of another version counts as not there.';
alter table numbers_setting enable row level security;
grant select, insert, update, delete on numbers_setting to kept_app;
create policy numbers_alone on numbers_setting to kept_app
  using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers')
  with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
