import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import type { Db } from "../../platform/database.ts";
import { type Period, periodKey } from "./due-deals-queries.ts";
import { type Making, wordDays } from "./make-forecasts.ts";

/** What came of each period so far, and the word once it counts: whatever changed since is written beside what was forecast. */
export async function settleForecasts(db: Db, making: Making, periods: readonly Period[]): Promise<void> {
  const { orgId, won, today } = making;
  const came = cameOf(won, periods);
  const ofThese = sql`org_id = ${orgId} and moment = 'start' and from_on >= ${dayOf(Math.min(...periods.map(({ from }) => from)))}::date`;
  // Rows just written have no statistics yet: each statement is one that is quick however the database guesses.
  await sql`
    update period_forecast f set won_minor = c.won_minor
    from json_to_recordset(${came}::json) as c(person_id uuid, horizon text, period_on date, won_minor bigint)
    where f.org_id = ${orgId} and f.moment = 'start' and f.person_id = c.person_id and f.horizon = c.horizon and f.period_on = c.period_on
      and f.won_minor <> c.won_minor`.execute(db);
  await sql`
    update period_forecast set won_minor = 0
    where ${ofThese} and won_minor <> 0 and (person_id, horizon, period_on) not in (
      select person_id, horizon, period_on from json_to_recordset(${came}::json) as c(person_id uuid, horizon text, period_on date))`.execute(
    db,
  );
  await sql`
    update period_forecast set is_over = until_on <= ${dayOf(today)}::date
    where ${ofThese} and is_over <> (until_on <= ${dayOf(today)}::date)`.execute(db);
  await addUnforeseen(db, making, { periods, came });
  await sql`
    update period_forecast f set word_minor = w.likely_minor, word_least_minor = w.least_minor, word_most_minor = w.most_minor
    from period_forecast p, organisation o, lateral (
      select likely_minor, least_minor, most_minor from own_word w
      where w.org_id = p.org_id and w.person_id = p.person_id and w.horizon = p.horizon and w.period_on = p.period_on and w.currency = o.currency
        and w.said_at < ((p.from_on + ${wordDays}::int)::timestamp at time zone o.time_zone)
      order by w.said_at desc, w.id desc limit 1) w
    where p.org_id = ${orgId} and o.org_id = p.org_id and p.moment = 'start' and p.until_on > ${dayOf(today)}::date
      and f.org_id = p.org_id and f.person_id = p.person_id and f.horizon = p.horizon and f.period_on = p.period_on and f.moment = p.moment
      and (f.word_minor, f.word_least_minor, f.word_most_minor) is distinct from (w.likely_minor, w.least_minor, w.most_minor)`.execute(db);
}

const cameOf = (won: Making["won"], periods: readonly Period[]): string =>
  JSON.stringify(
    periods.flatMap((period) =>
      [...(won.get(periodKey(period)) ?? [])].map(([person_id, minor]) => ({
        person_id,
        horizon: period.horizon,
        period_on: period.periodOn,
        won_minor: Math.round(minor),
      })),
    ),
  );

/**
 * Of whoever began and won within a period, or only gave a word in its first days, nothing was kept on its first day: what came holds
 * them all the same, beside the nothing that stages said of them.
 */
async function addUnforeseen(db: Db, making: Making, { periods, came }: { periods: readonly Period[]; came: string }): Promise<void> {
  const { orgId, now, today, currency, timeZone } = making;
  const days = (of: (period: Period) => number) => sql`${periods.map((period) => dayOf(of(period)))}::date[]`;
  await sql`
    with spans as (
      select q.*, bool_or(f.claimed_minor is not null) as claimed, bool_or(f.verified_minor is not null) as verified
      from unnest(${periods.map(({ horizon }) => horizon)}::text[], ${periods.map(({ periodOn }) => periodOn)}::date[], ${days(({ from }) => from)},
        ${days(({ until }) => until)}) q(horizon, period_on, from_on, until_on)
      join period_forecast f on f.org_id = ${orgId} and f.moment = 'start' and f.horizon = q.horizon and f.period_on = q.period_on
      group by 1, 2, 3, 4),
    people as (
      select person_id, horizon, period_on, won_minor from json_to_recordset(${came}::json)
        as r(person_id uuid, horizon text, period_on date, won_minor bigint)
      union all
      select distinct w.person_id, w.horizon, w.period_on, 0 from own_word w join spans s using (horizon, period_on)
        where w.org_id = ${orgId} and w.currency = ${currency} and s.until_on > ${dayOf(today)}::date
          and w.said_at < ((s.from_on + ${wordDays}::int)::timestamp at time zone ${timeZone}))
    insert into period_forecast (org_id, person_id, horizon, period_on, moment, from_on, until_on, as_of, made_at, currency, time_zone,
      claimed_minor, verified_minor, won_minor, is_over)
    select ${orgId}, person_id, horizon, period_on, 'start', from_on, until_on, from_on, ${now}, ${currency}, ${timeZone},
      case when claimed then 0 end, case when verified then 0 end, max(r.won_minor), until_on <= ${dayOf(today)}::date
    from people r join spans using (horizon, period_on) join person p on p.org_id = ${orgId} and p.id = r.person_id
    group by person_id, horizon, period_on, from_on, until_on, claimed, verified
    on conflict do nothing`.execute(db);
}
