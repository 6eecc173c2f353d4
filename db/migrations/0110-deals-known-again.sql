-- A deal that came in under another source and is known again by its id and name takes the source of the file; what it was is kept.
alter table row_before_import drop constraint row_before_import_kind_check;
alter table row_before_import add constraint row_before_import_kind_check check (kind in ('account', 'product', 'person', 'opportunity'));
