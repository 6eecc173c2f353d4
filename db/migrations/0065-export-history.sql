-- What successive exports prove: when each was made, which deals stood in it, and which had gone from it.

alter table import_run
  add exported_at timestamptz,
  add covers text check (covers in ('whole', 'owners', 'part')),
  add covered_owners uuid[],
  add fields text[],
  add undone_at timestamptz,
  add undone_by uuid;
alter table import_run drop constraint import_run_state_check;
alter table import_run add check (state in ('uploaded', 'checking', 'needs_answers', 'checked', 'applying', 'applied', 'failed', 'cancelled', 'undone'));
comment on column import_run.exported_at is 'From when on what it says is known. Set when it is taken in.';
comment on column import_run.covers is 'Whether a deal that is not in it has gone: all deals of the source, those of some owners, or none.';
comment on column import_run.fields is 'The fields it had columns for.';

-- A million rows are a hundred rows here: deals are kept in lots.
create table import_sighting (
  org_id uuid not null,
  run_id uuid not null,
  part integer not null,
  seen uuid[] not null default '{}',
  unread uuid[] not null default '{}',
  gone uuid[] not null default '{}',
  primary key (org_id, run_id, part),
  foreign key (org_id, run_id) references import_run on delete cascade
);
comment on table import_sighting is 'Deals that stood in an export: read, or not readable; and those found gone by it.';
alter table import_sighting enable row level security;
grant select, insert, delete on import_sighting to kept_app;
create policy import on import_sighting to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import')
  with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

-- What an import had to put otherwise, because a later look showed better: kept, so that it can be put back.
create table replaced_change (
  org_id uuid not null,
  run_id uuid not null,
  opportunity_id uuid not null,
  at timestamptz not null,
  field text not null,
  before text,
  after text,
  source text not null,
  import_run_id uuid,
  primary key (org_id, run_id, opportunity_id, at, field),
  foreign key (org_id, run_id) references import_run on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete cascade
);
comment on table replaced_change is 'Changes that run_id took out of opportunity_change, as they stood there.';
alter table replaced_change enable row level security;
grant select, insert, delete on replaced_change to kept_app;
create policy import on replaced_change to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import')
  with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

-- A deal may vanish from the export: it is neither open nor closed then, until it comes back.
alter table opportunity drop constraint opportunity_outcome_check;
alter table opportunity add check (outcome in ('open', 'won', 'lost', 'vanished'));
alter table opportunity add vanished_at timestamptz;
comment on column opportunity.vanished_at is 'Since when it is no longer in the export of its source, when it was open then.';
alter table opportunity_change drop constraint opportunity_change_field_check;
alter table opportunity_change add check (field in ('created', 'name', 'owner', 'account', 'product', 'stage', 'amount', 'close_on', 'forecast_category', 'next_step', 'vanished'));

-- Taking an import back removes what it made.
alter table account add import_run_id uuid;
alter table product add import_run_id uuid;
alter table stage add import_run_id uuid;
grant delete on opportunity, opportunity_change, account, product, stage to kept_app;
create policy remove on opportunity for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on opportunity_change for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on account for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on product for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy remove on stage for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import' and import_run_id is not null);
