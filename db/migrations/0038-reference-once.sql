-- Accounts, products and stages are joined to every deal on a page: who asks is worked out once a statement, not once a row.
alter policy read on account using (org_id = (select viewer_org()) and (select viewer_actor()) in ('person', 'import', 'set-up'));
alter policy read on product using (org_id = (select viewer_org()) and (select viewer_actor()) in ('person', 'import', 'set-up'));
alter policy read on stage using (org_id = (select viewer_org()) and (select viewer_actor()) in ('person', 'import', 'set-up'));
