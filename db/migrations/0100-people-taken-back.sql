-- An import of people is taken back too: whom it made, and what it changed of those who were here.

alter table person add import_run_id uuid;
comment on column person.import_run_id is 'The import that made them.';
grant insert (import_run_id) on person to kept_app;
create index person_by_import on person (org_id, import_run_id) where import_run_id is not null;

alter table row_before_import drop constraint row_before_import_kind_check;
alter table row_before_import add check (kind in ('account', 'product', 'person'));
comment on table row_before_import is 'What an account or a product was before a run changed it; of people what they were before and after.';

create policy undo on person for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import' and import_run_id is not null);
create policy undo on person_role for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');
create policy undo on reporting_line for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import');

-- Of imports before this memory it is not known what they did.
alter table import_run add is_remembered boolean not null default true;
comment on column import_run.is_remembered is 'Whether it is kept what it did, so that it can be taken back.';
update import_run r set is_remembered = case
    when what = 'opportunities' then exported_at is not null
    when what = 'accounts' then exists (select 1 from account t where t.org_id = r.org_id and t.import_run_id = r.id)
    when what = 'products' then exists (select 1 from product t where t.org_id = r.org_id and t.import_run_id = r.id)
    when what = 'quotas' then exists (select 1 from quota t where t.org_id = r.org_id and t.import_run_id = r.id)
    when what = 'people' then false
    else true end
  where state = 'applied';

-- As before, for people too: their roles and reporting lines are theirs and go with them.
create or replace function hangs_on(target text, wanted uuid[]) returns table (from_table text, id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found record;
begin
  if viewer_actor() <> 'import' or target not in ('opportunity', 'account', 'product', 'stage', 'person') then return; end if;
  for found in
    select c.conrelid::regclass::text as tab, a.attname as col
    from pg_constraint c
      cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
      join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.theirs and f.attname = 'id'
    where c.contype = 'f' and c.confrelid = target::regclass
      and c.conrelid not in ('opportunity_change'::regclass, 'replaced_change'::regclass, 'person_role'::regclass, 'reporting_line'::regclass)
  loop
    return query execute format('select distinct %L::text, t.%I from %s t where t.org_id = viewer_org() and t.%I = any($1)', found.tab, found.col, found.tab, found.col)
      using wanted;
  end loop;
end $$;
