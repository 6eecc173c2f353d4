-- The stages a company begins with give way to its own, when its first import brings others and nobody has used them.
alter table stage add is_default boolean not null default false;
comment on column stage.is_default is 'A new company began with it: it goes when its first import brings stages of its own.';
update stage set is_default = true where import_run_id is null and name in ('Prospecting', 'Engaging', 'Won', 'Lost');

drop policy remove on stage;
create policy remove on stage for delete to kept_app
  using (org_id = (select viewer_org()) and (select viewer_actor()) = 'import' and (import_run_id is not null or is_default));

alter table row_before_import drop constraint row_before_import_kind_check;
alter table row_before_import add constraint row_before_import_kind_check check (kind in ('account', 'product', 'person', 'opportunity', 'stage'));
