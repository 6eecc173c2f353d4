-- What each person's month and quarter will bring, told in four ways: as of its first day, kept to be scored when it is over, and as it
-- stands. Worked out in the background by the actor 'numbers', out of nothing dated later than the day.
create table period_forecast (
  org_id uuid not null,
  person_id uuid not null,
  horizon text not null check (horizon in ('month', 'quarter')),
  period_on date not null,
  moment text not null check (moment in ('start', 'now')),
  from_on date not null,
  until_on date not null check (until_on > from_on),
  as_of date not null,
  made_at timestamptz not null,
  claimed_minor bigint,
  verified_minor bigint,
  word_minor bigint,
  word_least_minor bigint,
  word_most_minor bigint,
  model_minor bigint,
  model_low_minor bigint,
  model_high_minor bigint,
  trailing_minor bigint,
  chance_80 double precision,
  chance_100 double precision,
  chance_120 double precision,
  quota_minor bigint,
  won_minor bigint not null default 0,
  is_over boolean not null default false,
  primary key (org_id, person_id, horizon, period_on, moment),
  foreign key (org_id, person_id) references person on delete cascade
);
create index period_forecast_of_period on period_forecast (org_id, horizon, moment, period_on);
comment on table period_forecast is 'Minor units of the organisation''s currency; null where there is no such figure.';
comment on column period_forecast.claimed_minor is 'Won so far, and open deals expected to close within it, each by the chance of the stage claimed; verified: of the stage verified.';
comment on column period_forecast.word_minor is 'The own word as it stood ten days in: until then it counts as said at the start.';
comment on column period_forecast.chance_80 is 'Chance to reach .8, 1 and 1.2 of the trailing mean, as the model gave it.';
comment on column period_forecast.won_minor is 'Won within it so far; once it is over, what came.';

alter table period_forecast enable row level security;
grant select, insert, update, delete on period_forecast to kept_app;
create policy read on period_forecast for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or person_id in (select viewer_tree()) or (select viewer_actor()) = 'numbers'));
create policy make on period_forecast for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy change on period_forecast for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy remove on period_forecast for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');

-- History that came in late: forecasts of periods that began after such a day are made again. A transaction adds a row of its own, so
-- that two imports never wait for each other; an ordinary change of today adds none.
create table late_history (
  org_id uuid not null references organisation on delete cascade,
  made_in xid8 not null default pg_current_xact_id(),
  from_on date not null,
  primary key (org_id, made_in, from_on)
);
comment on column late_history.from_on is 'The first day of it.';
alter table late_history enable row level security;
grant select, insert, delete on late_history to kept_app;
create policy read on late_history for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy make on late_history for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy remove on late_history for delete to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');

create function mark_late_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into late_history (org_id, from_on)
    select w.org_id, min(w.at)::date from written w
    where exists (select 1 from organisation o where o.org_id = w.org_id)
    group by w.org_id having min(w.at) < date_trunc('month', viewer_now())
    on conflict do nothing;
  return null;
end $$;
create trigger late_insert after insert on opportunity_change referencing new table as written for each statement execute function mark_late_history();
create trigger late_delete after delete on opportunity_change referencing old table as written for each statement execute function mark_late_history();

-- Of which state of the pipeline the forecasts as they stand are, so that nothing is worked out twice.
create table forecast_state (
  org_id uuid primary key references organisation on delete cascade,
  state text not null,
  made_at timestamptz not null,
  took_ms integer not null
);
alter table forecast_state enable row level security;
grant select, insert, update on forecast_state to kept_app;
create policy read on forecast_state for select to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) in ('numbers', 'person'));
create policy make on forecast_state for insert to kept_app with check (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
create policy change on forecast_state for update to kept_app using (org_id = (select viewer_org()) and (select viewer_actor()) = 'numbers');
