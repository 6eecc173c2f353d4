-- An owner's latest deals are found without a look at all of them: how long they usually lie still is asked by every Pipeline page.
create index opportunity_by_creation on opportunity (org_id, owner_id, created_at desc, id) include (last_change_at);
