-- What was added up over thousands of deals stays right until something is written. This counts the writing: each transaction adds to
-- a row nobody else holds, so that a long import and a push beside it never wait for each other here.
create table pipeline_version (
  org_id uuid not null references organisation on delete cascade,
  slot uuid not null default gen_random_uuid(),
  writes bigint not null,
  primary key (org_id, slot)
);
comment on table pipeline_version is 'How often deals, prices or stages of an organisation were written: the sum tells one state from the next.';
alter table pipeline_version enable row level security;
create policy triggers_alone on pipeline_version to kept_app using (false);

create function count_pipeline_write() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  org uuid;
begin
  for org in select distinct w.org_id from written w loop
    update pipeline_version v set writes = v.writes + 1
    where v.org_id = org and v.slot = (select f.slot from pipeline_version f where f.org_id = org limit 1 for update skip locked);
    if not found then insert into pipeline_version (org_id, writes) select org, 1 where exists (select from organisation o where o.org_id = org); end if;
  end loop;
  return null;
end $$;
revoke all on function count_pipeline_write() from public;

do $$
declare
  tab text;
begin
  foreach tab in array array['opportunity', 'product', 'stage'] loop
    execute format('create trigger count_insert after insert on %I referencing new table as written for each statement execute function count_pipeline_write()', tab);
    execute format('create trigger count_update after update on %I referencing new table as written for each statement execute function count_pipeline_write()', tab);
    execute format('create trigger count_delete after delete on %I referencing old table as written for each statement execute function count_pipeline_write()', tab);
  end loop;
end $$;

create function pipeline_version_now() returns bigint language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(sum(v.writes), 0)::bigint from pipeline_version v where v.org_id = viewer_org()
$$;
revoke all on function pipeline_version_now() from public;
grant execute on function pipeline_version_now() to kept_app;
