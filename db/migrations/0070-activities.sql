-- What people did (calls, meetings, mails, demos), what they said would come, and quotas given by the quarter or the year.

alter table import_run drop constraint import_run_what_check;
alter table import_run add constraint import_run_what_check check (
  what in ('people', 'products', 'accounts', 'opportunities', 'quotas', 'changes', 'history', 'activities', 'forecasts'));

create table activity (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  source text not null,
  external_id text not null,
  type text not null check (length(type) between 1 and 100),
  person_id uuid not null,
  at timestamptz not null,
  is_done boolean not null default true,
  opportunity_id uuid,
  account_id uuid,
  subject text check (length(subject) <= 500),
  import_run_id uuid,
  primary key (org_id, id),
  unique (org_id, source, external_id),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete set null (opportunity_id),
  foreign key (org_id, account_id) references account on delete set null (account_id)
);
create index activity_by_person on activity (org_id, person_id, at);
create index activity_by_opportunity on activity (org_id, opportunity_id, at) where opportunity_id is not null;
create index activity_by_run on activity (org_id, import_run_id) where import_run_id is not null;
comment on column activity.type is 'call, meeting, mail, demo, or the word of the source where it is none of these.';
comment on column activity.at is 'When it happened; when it is planned for while is_done is false. A day without a time counts as its noon.';

create table forecast (
  org_id uuid not null references organisation on delete cascade,
  person_id uuid not null,
  period_on date not null check (extract(day from period_on) = 1),
  months smallint not null check (months in (1, 3, 12)),
  category text not null check (category in ('commit', 'best case', 'pipeline', 'omitted', 'closed')),
  as_of date not null,
  amount_minor bigint not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  import_run_id uuid,
  primary key (org_id, person_id, period_on, months, category, as_of),
  foreign key (org_id, person_id) references person on delete cascade
);
create index forecast_by_run on forecast (org_id, import_run_id) where import_run_id is not null;
comment on table forecast is 'What a person has said, on a day, would come in a period: one figure for each category.';

alter table quota add column share_of smallint not null default 1 check (share_of in (1, 3, 12));
alter table quota add column import_run_id uuid;
comment on column quota.share_of is 'Months the figure was given for: that of a quarter (3) or a year (12) is shared out evenly on its months.';

-- What a run has written over or taken away, so that the run can be undone.
create table import_before (
  org_id uuid not null,
  run_id uuid not null,
  line integer not null,
  noun text not null check (noun in ('activity', 'forecast', 'quota')),
  before jsonb not null,
  id bigint generated always as identity,
  primary key (org_id, run_id, id),
  foreign key (org_id, run_id) references import_run on delete cascade
);

alter table activity enable row level security;
grant select, insert, update, delete on activity to kept_app;
create policy read on activity for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) in ('import', 'set-up')));
create policy make on activity for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) in ('import', 'set-up'));
create policy change on activity for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on activity for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

alter table forecast enable row level security;
grant select, insert, update, delete on forecast to kept_app;
create policy read on forecast for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) in ('import', 'set-up')));
create policy make on forecast for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) in ('import', 'set-up'));
create policy change on forecast for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on forecast for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

alter table import_before enable row level security;
grant select, insert, delete on import_before to kept_app;
create policy read on import_before for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy make on import_before for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on import_before for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
