-- What a rep is asked for and what they want themselves: the fiscal calendar, dated exchange and commission rates, the rep's own goals
-- and aspiration, and what a quota was before it was changed.

-- The fiscal calendar. A period is known by the calendar month it bears the name of, also where it does not begin on the first.
alter table organisation
  add column fiscal_pattern text not null default 'months' check (fiscal_pattern in ('months', '4-4-5', '4-5-4', '5-4-4')),
  add column fiscal_week_starts smallint not null default 1 check (fiscal_week_starts between 1 and 7),
  add column fiscal_year_ends text not null default 'nearest' check (fiscal_year_ends in ('nearest', 'last'));
comment on column organisation.fiscal_pattern is 'Calendar months, or weeks to each month of a quarter.';
comment on column organisation.fiscal_week_starts is '1 Monday to 7 Sunday; counts where months are made of weeks.';
comment on column organisation.fiscal_year_ends is 'The last day of a week nearest to the end of the last month, or the last one within it.';
comment on column quota.month is 'The first of the calendar month by which the fiscal month is called.';

-- Everybody who reports to the viewer now, without those further below.
create function viewer_reports() returns setof uuid language plpgsql stable security definer rows 10 set search_path = public, pg_temp as $$
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    select l.person_id from reporting_line l where l.org_id = viewer_org() and l.manager_id = viewer_id()
      and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date);
end $$;
revoke execute on function viewer_reports() from public;
grant execute on function viewer_reports() to kept_app;

-- What a unit of a currency was worth in the organisation's from a day on. In the key also the currency it is told in: rates do not turn
-- wrong when the organisation changes its own.
create table exchange_rate (
  org_id uuid not null references organisation on delete cascade,
  into_currency text not null check (into_currency ~ '^[A-Z]{3}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  from_on date not null,
  rate numeric(20, 10) not null check (rate > 0),
  set_by uuid,
  set_at timestamptz not null,
  primary key (org_id, into_currency, currency, from_on),
  foreign key (org_id, set_by) references person on delete set null (set_by),
  check (currency <> into_currency)
);
alter table exchange_rate enable row level security;
grant select, insert, update, delete on exchange_rate to kept_app;
create policy read on exchange_rate for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) <> 'nobody');
create policy make on exchange_rate for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_is('admin')) or (select viewer_actor()) = 'set-up'));
create policy change on exchange_rate for update to kept_app using (org_id = (select viewer_org()) and (select viewer_is('admin')));
create policy remove on exchange_rate for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_is('admin')));

-- Hundredths of a percent of what is won, from a day on. Rates are the company's: the admin and the manager set them.
create table commission_rate (
  org_id uuid not null,
  person_id uuid not null,
  from_on date not null,
  basis_points integer not null check (basis_points between 0 and 10000),
  set_by uuid,
  set_at timestamptz not null,
  primary key (org_id, person_id, from_on),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, set_by) references person on delete set null (set_by)
);
alter table commission_rate enable row level security;
grant select, insert, update, delete on commission_rate to kept_app;
create policy read on commission_rate for select to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'numbers' or (select viewer_is('admin'))
    or ((select viewer_actor()) = 'person' and (person_id = (select viewer_id()) or person_id in (select viewer_reports())))));
create policy make on commission_rate for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up' or (select viewer_is('admin')) or person_id in (select viewer_reports())));
create policy change on commission_rate for update to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_is('admin')) or person_id in (select viewer_reports())));
create policy remove on commission_rate for delete to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_is('admin')) or person_id in (select viewer_reports())));

-- A rep lets the manager they have now read what they said of their own goals to the one before.
create table consent (
  org_id uuid not null,
  rep_id uuid not null,
  manager_id uuid not null,
  given_at timestamptz not null,
  primary key (org_id, rep_id, manager_id),
  foreign key (org_id, rep_id) references person on delete cascade,
  foreign key (org_id, manager_id) references person on delete cascade,
  check (rep_id <> manager_id)
);
alter table consent enable row level security;
grant select, insert, delete on consent to kept_app;
create policy read on consent for select to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person' and (select viewer_id()) in (rep_id, manager_id));
create policy make on consent for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up'
    or ((select viewer_actor()) = 'person' and rep_id = (select viewer_id()) and is_pair_now(rep_id, manager_id))));
create policy remove on consent for delete to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person' and rep_id = (select viewer_id()));

-- May the viewer read what this rep said to this manager? The two of them, a co-coach of a one-on-one of theirs that is ahead, and
-- whoever the rep works with now and let read it.
create function of_own_pair(rep uuid, manager uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() <> 'person' then return false; end if;
  return viewer_id() in (rep, manager) or co_coaches_now(rep, manager)
    or exists (select 1 from consent c where c.org_id = viewer_org() and c.rep_id = rep and c.manager_id = viewer_id()
      and is_pair_now(rep, viewer_id()));
end $$;
revoke execute on function of_own_pair(uuid, uuid) from public;
grant execute on function of_own_pair(uuid, uuid) to kept_app;

-- The rep's own goals. Nothing is written over: what was said last counts.
create table goal (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  manager_id uuid,
  horizon text not null check (horizon in ('month', 'quarter', 'year')),
  period_on date not null check (extract(day from period_on) = 1),
  amount_minor bigint check (amount_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  said_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, manager_id) references person on delete set null (manager_id),
  check (manager_id <> person_id)
);
create index goal_last on goal (org_id, person_id, horizon, period_on, said_at desc, id desc);
comment on column goal.manager_id is 'Whose rep they were when they said it; null while they had no manager.';
comment on column goal.period_on is 'The first of the calendar month by which the first month of the period is called.';
comment on column goal.amount_minor is 'Null: taken back.';

-- What would be awesome for the rep in a year: words and a number.
create table aspiration (
  org_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  manager_id uuid,
  year_on date not null check (extract(day from year_on) = 1),
  words text not null check (length(words) <= 2000),
  amount_minor bigint check (amount_minor >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  said_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, manager_id) references person on delete set null (manager_id),
  check (manager_id <> person_id)
);
create index aspiration_last on aspiration (org_id, person_id, year_on, said_at desc, id desc);

alter table goal enable row level security;
alter table aspiration enable row level security;
grant select, insert on goal, aspiration to kept_app;
-- Whoever works the numbers out reads goals, not words.
create policy read on goal for select to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'numbers'
    or ((select viewer_actor()) = 'person' and (person_id = (select viewer_id()) or of_own_pair(person_id, manager_id)))));
create policy make on goal for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up' or ((select viewer_actor()) = 'person'
    and person_id = (select viewer_id()) and (manager_id is null or is_pair_now(person_id, manager_id)))));
create policy read on aspiration for select to kept_app using (
  org_id = (select viewer_org()) and (select viewer_actor()) = 'person'
  and (person_id = (select viewer_id()) or of_own_pair(person_id, manager_id)));
create policy make on aspiration for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'set-up' or ((select viewer_actor()) = 'person'
    and person_id = (select viewer_id()) and (manager_id is null or is_pair_now(person_id, manager_id)))));

-- Does the viewer read what this rep says of goals now? For figures worked out from them.
create function shows_goals(rep uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() <> 'person' then return false; end if;
  return rep = viewer_id() or coalesce((
    select of_own_pair(rep, g.manager_id) from goal g where g.org_id = viewer_org() and g.person_id = rep
    order by g.said_at desc, g.id desc limit 1), false);
end $$;
revoke execute on function shows_goals(uuid) from public;
grant execute on function shows_goals(uuid) to kept_app;

-- Quotas: managers set those of their own reps, admins anybody's.
alter table quota add column set_by uuid, add column set_at timestamptz;
alter table quota add foreign key (org_id, set_by) references person on delete set null (set_by);
drop policy read on quota;
drop policy make on quota;
drop policy change on quota;
drop policy remove on quota;
create policy read on quota for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_is('admin'))
    or (select viewer_actor()) in ('import', 'set-up')));
create policy make on quota for insert to kept_app with check (
  org_id = (select viewer_org()) and ((select viewer_actor()) in ('import', 'set-up') or (select viewer_is('admin'))
    or person_id in (select viewer_reports())));
create policy change on quota for update to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) in ('import', 'set-up') or (select viewer_is('admin'))
    or person_id in (select viewer_reports())));
create policy remove on quota for delete to kept_app using (
  org_id = (select viewer_org()) and ((select viewer_actor()) = 'import' or (select viewer_is('admin')) or person_id in (select viewer_reports())));

-- What a quota was until it was changed or taken away. Only the triggers below write here.
create table quota_past (
  org_id uuid not null,
  id bigint generated always as identity,
  person_id uuid not null,
  month date not null,
  amount_minor bigint not null,
  currency text not null,
  set_by uuid,
  set_at timestamptz,
  until_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, person_id) references person on delete cascade,
  foreign key (org_id, set_by) references person on delete set null (set_by)
);
create index quota_past_of on quota_past (org_id, person_id, month);
alter table quota_past enable row level security;
grant select on quota_past to kept_app;
create policy read on quota_past for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_is('admin'))));

create function sign_quota() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.set_at := viewer_now();
  new.set_by := viewer_id();
  return new;
end $$;
create trigger sign before insert or update of amount_minor, currency on quota for each row execute function sign_quota();

create function keep_quota() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (new.amount_minor, new.currency) is not distinct from (old.amount_minor, old.currency) then return null; end if;
  insert into quota_past (org_id, person_id, month, amount_minor, currency, set_by, set_at, until_at)
    select old.org_id, old.person_id, old.month, old.amount_minor, old.currency, old.set_by, old.set_at, viewer_now()
    where exists (select 1 from person p where p.org_id = old.org_id and p.id = old.person_id);
  return null;
end $$;
create trigger past after update or delete on quota for each row execute function keep_quota();
