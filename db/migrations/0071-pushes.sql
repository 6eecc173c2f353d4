-- Calls that push rows: the key each was sent with, and what was answered, so that sending it again does nothing twice.

create table push_key (
  org_id uuid not null references organisation on delete cascade,
  key text not null check (length(key) between 1 and 200),
  body_sha256 text not null,
  run_id uuid not null,
  status smallint not null,
  answer text not null,
  created_at timestamptz not null,
  primary key (org_id, key),
  foreign key (org_id, run_id) references import_run on delete cascade
);
comment on table push_key is 'Kept for three days.';

alter table push_key enable row level security;
grant select, insert, delete on push_key to kept_app;
create policy import on push_key to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import')
  with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

-- Taking an import back may have to forget a deal that has gone in between.
grant update (before) on import_before to kept_app;
create policy change on import_before for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
