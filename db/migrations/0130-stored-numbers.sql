-- Everybody's own numbers, worked out in the background and kept: a page reads them and never waits for them.
-- Who works them out is an actor of its own, 'numbers': it reads the pipeline and the goals, and writes nothing but numbers.

-- The person and whoever meets them in a one-on-one that goes on: the pair, where there is no meeting to name it.
create function in_pair_of(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  me uuid := viewer_id();
begin
  return viewer_actor() = 'person' and (wanted = me or exists (
    select 1 from series s
    where s.org_id = viewer_org() and s.rep_id = wanted and me in (s.manager_id, s.co_coach_id)
      and (s.until_on is null or s.until_on >= viewer_now()::date)));
end $$;
revoke execute on function in_pair_of(uuid) from public;
grant execute on function in_pair_of(uuid) to kept_app;

create table stored_numbers (
  org_id uuid not null,
  person_id uuid not null,
  basis text not null check (basis in ('quota', 'goal')),
  as_of date not null,
  made_at timestamptz not null,
  shape smallint not null,
  numbers jsonb not null,
  primary key (org_id, person_id, basis),
  foreign key (org_id, person_id) references person on delete cascade
);
create index stored_numbers_by_day on stored_numbers (org_id, as_of);
comment on table stored_numbers is 'The numbers of a person against quota, and against the goals they set themselves: the latest only, made again at any time.';
comment on column stored_numbers.as_of is 'The day they are of, in the time zone of the organisation: nothing later had any effect.';
comment on column stored_numbers.shape is 'Version of what numbers holds; one of another version counts as not there.';

alter table stored_numbers enable row level security;
grant select, insert, update, delete on stored_numbers to kept_app;
create policy read on stored_numbers for select to kept_app using (
  org_id = (select viewer_org()) and (
    (basis = 'quota' and (person_id = (select viewer_id()) or person_id in (select viewer_tree())))
    or (basis = 'goal' and in_pair_of(person_id))
    or (select viewer_actor()) = 'numbers'));
create policy make on stored_numbers for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy change on stored_numbers for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy remove on stored_numbers for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');

-- Whose numbers no longer hold, and since when. One row a person and transaction that touched something of theirs: marking twice
-- costs nothing, and no transaction waits for another that marks the same person, nor for the job that works the marks off.
create table numbers_due (
  org_id uuid not null references organisation on delete cascade,
  person_id uuid not null,
  made_in xid8 not null default pg_current_xact_id(),
  since timestamptz not null,
  primary key (org_id, person_id, made_in),
  foreign key (org_id, person_id) references person on delete cascade
);
comment on column numbers_due.made_in is 'The transaction that touched something of this person.';
create index numbers_due_by_time on numbers_due (org_id, since);

alter table numbers_due enable row level security;
grant select, insert, delete on numbers_due to kept_app;
grant update (since) on numbers_due to kept_app;
create policy read on numbers_due for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) = 'numbers'));
create policy make on numbers_due for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy change on numbers_due for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy remove on numbers_due for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');

-- What the numbers are made of. Named so as to be asked before `read`, which looks deals up one by one.
create policy count on opportunity for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on opportunity_change for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on evidence for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on product for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on stage for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on quota for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on activity for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy count on person for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
