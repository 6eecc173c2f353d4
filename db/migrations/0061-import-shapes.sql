-- What was once said about files with the same columns, so that the next one needs no click.

create table import_shape (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  fingerprint text not null,
  what text not null,
  file_name text not null,
  header text[] not null,
  answers jsonb not null,
  learned_at timestamptz not null,
  used_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, fingerprint, what)
);
comment on column import_shape.fingerprint is 'Of the names of the columns, in any order, without case and punctuation.';
comment on column import_shape.file_name is 'The file through which it was last learned.';

alter table import_shape enable row level security;
grant select, insert, update, delete on import_shape to kept_app;
create policy admin on import_shape to kept_app using (org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'import'));
