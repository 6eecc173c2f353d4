-- What a file holds is known only once it has been looked at.

alter table import_run alter what drop not null;
comment on column import_run.what is 'Null until the file has been looked at.';
create index import_run_by_time on import_run (org_id, created_at);
