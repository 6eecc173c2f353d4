-- Who or what a word in a file means, once an admin has said so: remembered for the next file of that source.
create table import_match (
  org_id uuid not null,
  source text not null,
  kind text not null check (kind in ('person', 'product', 'account')),
  value text not null check (length(value) <= 500),
  -- Null: such rows are left out.
  target_id uuid,
  decided_by uuid,
  decided_at timestamptz not null,
  primary key (org_id, source, kind, value),
  foreign key (org_id) references organisation on delete cascade
);
comment on table import_match is 'Answers of admins to names that a file writes otherwise than Kept.';
alter table import_match enable row level security;
grant select, insert, update, delete on import_match to kept_app;
create policy admin on import_match to kept_app using (org_id = (select viewer_org()) and ((select viewer_is('admin')) or (select viewer_actor()) = 'import'))
  with check (org_id = (select viewer_org()) and ((select viewer_is('admin')) or (select viewer_actor()) = 'import'));
