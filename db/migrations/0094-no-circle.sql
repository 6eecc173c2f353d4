-- A person points to a calendar; a calendar that pointed back would leave no order in which a backup can be restored.
alter table holiday_calendar drop constraint holiday_calendar_org_id_created_by_fkey;
comment on column holiday_calendar.created_by is 'Who brought it in; may have gone since.';
