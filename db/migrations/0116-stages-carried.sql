-- A stage that is not in a version, and what the deals that still carry it count as from then on. Without a row they count where it
-- used to stand. The deals themselves are not touched: their stage is what the CRM says.
create table process_carried (
  org_id uuid not null,
  version_id uuid not null,
  stage_id uuid not null,
  as_stage_id uuid not null,
  primary key (org_id, version_id, stage_id),
  foreign key (org_id, version_id) references process_version on delete cascade,
  foreign key (org_id, version_id, as_stage_id) references process_stage (org_id, version_id, stage_id) on delete cascade,
  foreign key (org_id, stage_id) references stage
);
comment on table process_carried is 'Deals in a stage that this version has no more count as being in another one of it.';

alter table process_carried enable row level security;
grant select, insert on process_carried to kept_app;
create policy read on process_carried for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy make on process_carried for insert to kept_app with check (
  org_id = viewer_org() and (viewer_actor() = 'set-up' or ((select viewer_is('admin')) and is_being_published(version_id))));
