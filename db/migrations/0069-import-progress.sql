alter table import_run add work_began_at timestamptz;
comment on column import_run.work_began_at is 'When the rows that rows_done counts began to be read: for the time left.';
