-- Deals that were somebody's at an instant and have changed hands since: few, and found by whose they were.
create index opportunity_handed_over on opportunity_change (org_id, before, at) where field = 'owner' and before is not null;
drop index opportunity_change_owner;
