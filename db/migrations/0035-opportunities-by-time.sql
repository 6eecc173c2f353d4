-- What has changed since an instant, without a look at everything: the past of the pipeline is asked for on every page.
create index opportunity_by_time on opportunity (org_id, last_change_at);

-- The questions of who asks are answered once a statement, not once a row.
alter policy read on opportunity using (
  org_id = (select viewer_org()) and (owner_id = (select viewer_id()) or owner_id in (select viewer_tree()) or (select viewer_actor()) in ('import', 'set-up')));
alter policy read on opportunity_change using (
  org_id = (select viewer_org()) and ((select viewer_actor()) in ('import', 'set-up') or exists (
    select 1 from opportunity o where o.org_id = opportunity_change.org_id and o.id = opportunity_change.opportunity_id)));
