-- The company that can be explored has had imports too.

create policy set_up on import_run for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'set-up');
create policy set_up on import_row for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'set-up');
create policy set_up on import_sighting for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'set-up');
