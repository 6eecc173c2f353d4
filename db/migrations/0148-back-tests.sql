-- The last back-test of an organisation: shares alone, of everybody together; no amount and no name is in it.
create table back_test (
  org_id uuid primary key references organisation on delete cascade,
  made_at timestamptz not null,
  took_ms integer not null,
  shape smallint not null,
  report jsonb not null
);
comment on column back_test.shape is 'Version of what report holds; one of another version counts as not there.';
alter table back_test enable row level security;
grant select, insert, update on back_test to kept_app;
-- Whoever reads a pipeline beyond their own.
create policy read on back_test for select to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_is('manager')) or (select viewer_is('leader')) or (select viewer_actor()) = 'numbers'));
create policy make on back_test for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy change on back_test for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
