-- A commitment may hang on a verifier of its deal: what the customer is still to give.
alter table commitment add column verifier_id uuid;
alter table commitment add foreign key (org_id, verifier_id) references verifier;
alter table commitment add check (hangs_on = 'opportunity' or verifier_id is null);
create index commitment_by_opportunity on commitment (org_id, opportunity_id) where opportunity_id is not null;

-- A promise proposed for a planned meeting is work put into it: that meeting is not withdrawn behind anybody's back.
create or replace function is_touched(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from meeting m where m.org_id = viewer_org() and m.id = wanted and m.moved_at is not null)
    or exists (select 1 from point p where p.org_id = viewer_org() and p.meeting_id = wanted and p.withdrawn_at is null)
    or exists (select 1 from preparation p where p.org_id = viewer_org() and p.meeting_id = wanted)
    or exists (select 1 from commitment c where c.org_id = viewer_org() and c.meeting_id = wanted);
end $$;
