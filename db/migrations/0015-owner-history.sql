-- Whose an opportunity was on a past day.
create index opportunity_change_owner on opportunity_change (org_id, after, opportunity_id) where field = 'owner';
