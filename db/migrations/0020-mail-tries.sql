-- A mail that could not be sent waits before it is tried again; while it is being sent nobody else takes it.

alter table mail add column next_try_at timestamptz;
comment on column mail.next_try_at is 'Not before this. Set ahead when a process takes the mail, so that two never send the same one.';
