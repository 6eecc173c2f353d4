-- How long deals lie still and how often they slipped is read from their changes: an older file may write those alone.
do $$
begin
  execute 'create trigger count_insert after insert on opportunity_change referencing new table as written for each statement execute function count_pipeline_write()';
  execute 'create trigger count_delete after delete on opportunity_change referencing old table as written for each statement execute function count_pipeline_write()';
end $$;
