-- Whatever somebody's numbers are made of marks them when it is written, in the same transaction: no verb and no import can forget to.
-- Once a statement, never a row: a million rows of one import mark each owner a few times, and only the first is written.

create function mark_numbers_due(org uuid, people uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if cardinality(people) is null or cardinality(people) = 0 then return; end if;
  insert into numbers_due (org_id, person_id, since)
    select p.org_id, p.id, viewer_now() from person p where p.org_id = org and p.id = any(people)
    on conflict do nothing;
  -- Whoever works the marks off is told at the commit, once a transaction.
  perform pg_notify('kept_numbers_due', org::text);
end $$;
revoke all on function mark_numbers_due(uuid, uuid[]) from public;

-- Of one statement: deals, activities and quotas by the column that says whose they are, before it and after it.
create function mark_written() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched record;
  whose text := tg_argv[0];
begin
  for touched in execute format('select org_id as org, array_agg(distinct %1$I) as people from written group by 1', whose) loop
    perform mark_numbers_due(touched.org, touched.people);
  end loop;
  return null;
end $$;

create function mark_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched record;
  whose text := tg_argv[0];
begin
  for touched in execute format(
    'select org_id as org, array_agg(distinct %1$I) as people from (select org_id, %1$I from written union all select org_id, %1$I from was) w group by 1', whose)
  loop
    perform mark_numbers_due(touched.org, touched.people);
  end loop;
  return null;
end $$;

-- Evidence is of whoever owns the deal.
create function mark_backed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched record;
begin
  for touched in
    select o.org_id as org, array_agg(distinct o.owner_id) as people from written w
    join opportunity o on o.org_id = w.org_id and o.id = w.opportunity_id group by 1
  loop
    perform mark_numbers_due(touched.org, touched.people);
  end loop;
  return null;
end $$;

-- A list price, what a stage means, another process, another calendar or currency: everybody who has any deal.
create function mark_everybody() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  org uuid;
begin
  for org in select distinct w.org_id from written w loop
    perform mark_numbers_due(org, array(select p.id from person p where p.org_id = org and exists (
      select 1 from opportunity o where o.org_id = org and o.owner_id = p.id)));
  end loop;
  return null;
end $$;
revoke all on function mark_written(), mark_changed(), mark_backed(), mark_everybody() from public;

create trigger due_insert after insert on opportunity referencing new table as written for each statement execute function mark_written('owner_id');
create trigger due_update after update on opportunity referencing new table as written old table as was for each statement execute function mark_changed('owner_id');
create trigger due_delete after delete on opportunity referencing old table as written for each statement execute function mark_written('owner_id');

create trigger due_insert after insert on activity referencing new table as written for each statement execute function mark_written('person_id');
create trigger due_update after update on activity referencing new table as written old table as was for each statement execute function mark_changed('person_id');
create trigger due_delete after delete on activity referencing old table as written for each statement execute function mark_written('person_id');

create trigger due_insert after insert on quota referencing new table as written for each statement execute function mark_written('person_id');
create trigger due_update after update on quota referencing new table as written for each statement execute function mark_written('person_id');
create trigger due_delete after delete on quota referencing old table as written for each statement execute function mark_written('person_id');

create trigger due_insert after insert on evidence referencing new table as written for each statement execute function mark_backed();
create trigger due_update after update on evidence referencing new table as written for each statement execute function mark_backed();

create trigger due_update after update on product referencing new table as written for each statement execute function mark_everybody();
create trigger due_update after update on stage referencing new table as written for each statement execute function mark_everybody();
create trigger due_insert after insert on process_version referencing new table as written for each statement execute function mark_everybody();
create trigger due_update after update on organisation referencing new table as written for each statement execute function mark_everybody();

-- Whose numbers are not of this day, nor of this shape: everybody who sells, or has something to count. A rep without a deal is told so.
create function people_without_numbers(today date, shape_now smallint) returns setof uuid
language plpgsql stable security definer rows 1000 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
begin
  if viewer_actor() <> 'numbers' then return; end if;
  return query
    select p.id from person p
    where p.org_id = org
      and not exists (select 1 from stored_numbers n
        where n.org_id = org and n.person_id = p.id and n.basis = 'quota' and n.as_of = today and n.shape = shape_now)
      and (exists (select 1 from person_role r where r.org_id = org and r.person_id = p.id and r.role = 'rep'
          and r.from_on <= today and (r.until_on is null or r.until_on > today))
        or exists (select 1 from opportunity o where o.org_id = org and o.owner_id = p.id)
        or exists (select 1 from quota q where q.org_id = org and q.person_id = p.id));
end $$;
revoke all on function people_without_numbers(date, smallint) from public;
grant execute on function people_without_numbers(date, smallint) to kept_app;

-- Against own goals: for whoever the rep shows those goals to.
drop policy read on stored_numbers;
drop function in_pair_of(uuid);
create policy read on stored_numbers for select to kept_app using (
  org_id = (select viewer_org()) and (
    (basis = 'quota' and (person_id = (select viewer_id()) or person_id in (select viewer_tree())))
    or (basis = 'goal' and shows_goals(person_id))
    or (select viewer_actor()) = 'numbers'));

create trigger due_insert after insert on goal referencing new table as written for each statement execute function mark_written('person_id');
create trigger due_insert after insert on exchange_rate referencing new table as written for each statement execute function mark_everybody();
create trigger due_update after update on exchange_rate referencing new table as written for each statement execute function mark_everybody();
create trigger due_delete after delete on exchange_rate referencing old table as written for each statement execute function mark_everybody();
