-- An import taken back removes what it made, and nothing that somebody has built on since.

alter table opportunity add made_by_run_id uuid;
comment on column opportunity.made_by_run_id is 'The import that brought it in first.';

-- What an account or a product was before a run changed it.
create table row_before_import (
  org_id uuid not null,
  run_id uuid not null,
  kind text not null check (kind in ('account', 'product')),
  id uuid not null,
  row jsonb not null,
  primary key (org_id, run_id, kind, id),
  foreign key (org_id, run_id) references import_run on delete cascade
);
alter table row_before_import enable row level security;
grant select, insert, delete on row_before_import to kept_app;
create policy import on row_before_import to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import')
  with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

-- Which of these rows something else hangs on, by the foreign keys there are: tables that come later are looked at too.
-- Only the names of tables and the ids asked about come out, and only to an import.
create function hangs_on(target text, wanted uuid[]) returns table (from_table text, id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found record;
begin
  if viewer_actor() <> 'import' or target not in ('opportunity', 'account', 'product', 'stage') then return; end if;
  for found in
    select c.conrelid::regclass::text as tab, a.attname as col
    from pg_constraint c
      cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
      join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.theirs and f.attname = 'id'
    where c.contype = 'f' and c.confrelid = target::regclass and c.conrelid not in ('opportunity_change'::regclass, 'replaced_change'::regclass)
  loop
    return query execute format('select distinct %L::text, t.%I from %s t where t.org_id = viewer_org() and t.%I = any($1)', found.tab, found.col, found.tab, found.col)
      using wanted;
  end loop;
end $$;
revoke execute on function hangs_on(text, uuid[]) from public;
grant execute on function hangs_on(text, uuid[]) to kept_app;
