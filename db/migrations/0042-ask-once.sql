-- People, meetings and commitments are on every page too: who asks is worked out once a statement, not once a row.

alter policy read on person using (
  org_id = (select viewer_org())
  and (id in (select viewer_people()) or (select viewer_is('admin')) or (select viewer_actor()) in ('job', 'import', 'set-up')));

alter policy read on meeting using (
  org_id = (select viewer_org())
  and ((select viewer_id()) in (manager_id, rep_id, co_coach_id) or manager_id in (select viewer_tree())
    or (select viewer_is('admin')) or (select viewer_actor()) in ('job', 'set-up')));

alter policy read on commitment using (
  org_id = (select viewer_org()) and (select viewer_actor()) in ('person', 'job')
  and ((select viewer_id()) in (manager_id, rep_id, co_coach_id) or manager_id in (select viewer_tree()) or (select viewer_actor()) = 'job'));
