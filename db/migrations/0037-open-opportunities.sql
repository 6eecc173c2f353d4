-- The open pipeline of a whole tree is added up from this index alone.
create index opportunity_open on opportunity (org_id, owner_id)
  include (stage_id, outcome, amount_minor, currency, product_id, created_at, last_change_at) where outcome = 'open';
