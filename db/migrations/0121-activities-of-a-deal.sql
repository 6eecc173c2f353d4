-- An activity on a deal is read by whoever sees the deal now: its new owner sees what was done before, by whomever. What is one's
-- own or of one's tree is known without asking for the deal, so lists by person cost what they did.
drop policy read on activity;
create policy read on activity for select to kept_app using (
  org_id = (select viewer_org()) and (
    person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) in ('import', 'set-up')
    or opportunity_id is not null and exists (
      select 1 from opportunity o where o.org_id = activity.org_id and o.id = activity.opportunity_id)));
