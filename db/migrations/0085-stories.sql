-- The story of a deal: what the rep writes about it, field by field, for the pair alone. Opportunities are the whole tree's to see;
-- what the two say about them is not. A line is of one rep and one manager: after a hand-over the next manager begins anew.

create table story_line (
  org_id uuid not null,
  opportunity_id uuid not null,
  rep_id uuid not null,
  manager_id uuid not null,
  field text not null check (field in ('situation', 'motive', 'needs', 'last_met_on', 'last_ended', 'closed_on',
    'next_step', 'next_step_on', 'agreed', 'agreed_by', 'agreed_on', 'what_if')),
  words text not null check (length(words) <= 4000),
  version integer not null default 1,
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, opportunity_id, rep_id, manager_id, field),
  foreign key (org_id, opportunity_id) references opportunity on delete cascade,
  foreign key (org_id, rep_id) references person,
  foreign key (org_id, manager_id) references person,
  foreign key (org_id, by_id) references person,
  check (rep_id <> manager_id),
  check (field not in ('last_met_on', 'next_step_on', 'agreed_on') or words ~ '^(\d{4}-\d{2}-\d{2})?$'),
  check (field <> 'agreed' or words in ('', 'yes', 'no', 'not asked'))
);
create index story_line_by_pair on story_line (org_id, rep_id, manager_id);
comment on column story_line.words is 'Days as YYYY-MM-DD. Empty: taken out again.';

-- What was written before. Only the trigger below writes here: nothing written is lost.
create table story_past (
  org_id uuid not null,
  opportunity_id uuid not null,
  rep_id uuid not null,
  manager_id uuid not null,
  field text not null,
  version integer not null,
  words text not null,
  by_id uuid not null,
  at timestamptz not null,
  until_at timestamptz not null,
  primary key (org_id, opportunity_id, rep_id, manager_id, field, version),
  foreign key (org_id, opportunity_id, rep_id, manager_id, field) references story_line on delete cascade,
  foreign key (org_id, by_id) references person
);

-- Do these two work together now: the one reports to the other, or a one-on-one of theirs is ahead or going on?
create function is_pair_now(rep uuid, manager uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
      select 1 from reporting_line l where l.org_id = viewer_org() and l.person_id = rep and l.manager_id = manager
        and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date))
    or exists (
      select 1 from meeting m where m.org_id = viewer_org() and m.rep_id = rep and m.manager_id = manager and m.state in ('planned', 'open', 'missed')
        and m.planned_start > viewer_now() - interval '30 days');
end $$;

-- The co-coach of a one-on-one of these two that is ahead or going on; what was said in those held they find in their records.
create function co_coaches_now(rep uuid, manager uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from meeting m where m.org_id = viewer_org() and m.rep_id = rep and m.manager_id = manager and m.co_coach_id = viewer_id()
      and m.state in ('planned', 'open', 'missed') and m.planned_start > viewer_now() - interval '30 days');
end $$;

create function owns_opportunity(rep uuid, deal uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from opportunity o where o.org_id = viewer_org() and o.id = deal and o.owner_id = rep);
end $$;
revoke execute on function is_pair_now(uuid, uuid), co_coaches_now(uuid, uuid), owns_opportunity(uuid, uuid) from public;
grant execute on function is_pair_now(uuid, uuid), co_coaches_now(uuid, uuid), owns_opportunity(uuid, uuid) to kept_app;

alter table story_line enable row level security;
alter table story_past enable row level security;
grant select, insert, update on story_line to kept_app;
grant select, insert on story_past to kept_app;
create policy read on story_line for select to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person'
  and ((select viewer_id()) in (rep_id, manager_id) or co_coaches_now(rep_id, manager_id)));
create policy make on story_line for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up'
    or ((select viewer_actor()) = 'person' and by_id = (select viewer_id())
      and ((select viewer_id()) in (rep_id, manager_id) or co_coaches_now(rep_id, manager_id))
      and is_pair_now(rep_id, manager_id) and owns_opportunity(rep_id, opportunity_id))));
create policy change on story_line for update to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person'
  and ((select viewer_id()) in (rep_id, manager_id) or co_coaches_now(rep_id, manager_id))
  and is_pair_now(rep_id, manager_id) and owns_opportunity(rep_id, opportunity_id));
create policy read on story_past for select to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person'
  and ((select viewer_id()) in (rep_id, manager_id) or co_coaches_now(rep_id, manager_id)));
create policy make on story_past for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'set-up');

create trigger stay before update on story_line for each row execute function keep_columns('org_id', 'opportunity_id', 'rep_id', 'manager_id', 'field');

-- Whoever changes a line signs it, and what stood there is kept, unless the same person only went on writing.
create function keep_story() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.words is not distinct from old.words then
    new.by_id := old.by_id;
    new.at := old.at;
    return new;
  end if;
  if viewer_actor() = 'person' and new.by_id is distinct from viewer_id() then
    raise exception 'a line of a story is signed by whoever writes it' using errcode = 'KE003';
  end if;
  if new.version <= old.version then
    raise exception 'a changed line of a story is a new version' using errcode = 'KE002';
  end if;
  if old.words <> '' and (new.by_id <> old.by_id or position(old.words in new.words) = 0) then
    insert into story_past (org_id, opportunity_id, rep_id, manager_id, field, version, words, by_id, at, until_at)
      values (old.org_id, old.opportunity_id, old.rep_id, old.manager_id, old.field, old.version, old.words, old.by_id, old.at, new.at);
  end if;
  return new;
end $$;
create trigger past before update on story_line for each row execute function keep_story();
