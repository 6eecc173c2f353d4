-- Holidays by country or region: a calendar holds for everybody of the organisation (the default one) or for whoever has it as
-- their own. A holiday counts like time off of each of the two people.

create table holiday_calendar (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  name text not null check (length(trim(name)) between 1 and 120),
  is_default boolean not null default false,
  created_by uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, created_by) references person on delete set null (created_by)
);
create unique index holiday_calendar_by_name on holiday_calendar (org_id, lower(name));
create unique index holiday_calendar_default on holiday_calendar (org_id) where is_default;
comment on column holiday_calendar.is_default is 'Holds for everybody who has none of their own.';

create table holiday (
  org_id uuid not null,
  calendar_id uuid not null,
  on_day date not null,
  name text not null check (length(trim(name)) between 1 and 200),
  created_at timestamptz not null,
  primary key (org_id, calendar_id, on_day),
  foreign key (org_id, calendar_id) references holiday_calendar on delete cascade
);
create index holiday_by_day on holiday (org_id, on_day);

alter table person add column holiday_calendar_id uuid;
alter table person add foreign key (org_id, holiday_calendar_id) references holiday_calendar on delete set null (holiday_calendar_id);
grant insert (holiday_calendar_id), update (holiday_calendar_id) on person to kept_app;
comment on column person.holiday_calendar_id is 'Null: the default one of the organisation.';

alter table holiday_calendar enable row level security;
alter table holiday enable row level security;
grant select, insert, update, delete on holiday_calendar, holiday to kept_app;
create policy read on holiday_calendar for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy make on holiday_calendar for insert to kept_app with check (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy change on holiday_calendar for update to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
create policy remove on holiday_calendar for delete to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
create policy read on holiday for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy make on holiday for insert to kept_app with check (
  org_id = viewer_org() and ((select viewer_is('admin')) or viewer_actor() = 'set-up'));
create policy change on holiday for update to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));
create policy remove on holiday for delete to kept_app using (org_id = viewer_org() and (select viewer_is('admin')));

create trigger stay before update on holiday_calendar for each row execute function keep_columns('org_id', 'id', 'created_at');
create trigger stay before update on holiday for each row execute function keep_columns('org_id', 'calendar_id', 'on_day', 'created_at');

-- Days off of everybody the viewer may know by name, of these people if some are named, within a range: their time off, and the
-- holidays they have, each with its name. Most weeks hold no holiday, and then nothing more is asked.
drop function days_off_between(date, date);

create function days_off_between(first_day date, last_day date, people uuid[] default null)
returns table (person_id uuid, from_on date, until_on date, holiday text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
begin
  return query
    select t.person_id, t.from_on, t.until_on, null::text from time_off t
    where t.org_id = org and t.until_on >= first_day and t.from_on <= last_day and (people is null or t.person_id = any(people))
      and (viewer_is('admin') or t.person_id in (select viewer_people()));
  if exists (select 1 from holiday h where h.org_id = org and h.on_day between first_day and last_day) then
    return query
      select p.id, h.on_day, h.on_day, h.name from person p
      join holiday h on h.org_id = org and h.on_day between first_day and last_day
        and h.calendar_id = coalesce(p.holiday_calendar_id, (select c.id from holiday_calendar c where c.org_id = org and c.is_default))
      where p.org_id = org and (people is null or p.id = any(people)) and (viewer_is('admin') or p.id in (select viewer_people()));
  end if;
end $$;
revoke execute on function days_off_between(date, date, uuid[]) from public;
grant execute on function days_off_between(date, date, uuid[]) to kept_app;
