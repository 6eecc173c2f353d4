-- One typed change of a note in one round trip: says who writes, checks it under their policies, stores it.
create function append_note(writer_org uuid, writer uuid, at timestamptz, doc uuid, change bytea) returns bigint language plpgsql volatile as $$
declare
  stored bigint;
begin
  perform set_config('kept.org_id', writer_org::text, true), set_config('kept.person_id', writer::text, true),
    set_config('kept.actor', 'person', true), set_config('kept.now', at::text, true);
  insert into note_update (org_id, doc_id, update, by_id, at) values (writer_org, doc, change, writer, at) returning seq into stored;
  return stored;
end $$;

-- The words of private notes are taken down under their writer's own identity, which may be after the meeting closed.
create function owns_doc(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from note_doc d where d.org_id = viewer_org() and d.id = wanted and d.owner_id = viewer_id() and in_pair(d.meeting_id));
end $$;

drop policy make on note_text;
create policy make on note_text for insert to kept_app with check (
  org_id = viewer_org() and (may_write_doc(doc_id) or owns_doc(doc_id) or viewer_actor() = 'set-up'));
