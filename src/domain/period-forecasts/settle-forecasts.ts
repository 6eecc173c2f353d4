import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import type { Db } from "../../platform/database.ts";
import { type Period, periodKey } from "./due-deals-queries.ts";
import { type Making, wordDays } from "./make-forecasts.ts";

/** What came of each period so far, and the word once it counts: whatever changed since is written beside what was forecast. */
export async function settleForecasts(db: Db, making: Making, periods: readonly Period[]): Promise<void> {
  const { orgId, won, today } = making;
  const rows = periods.flatMap((period) =>
    [...(won.get(periodKey(period)) ?? [])].map(([person_id, won_minor]) => ({
      person_id,
      horizon: period.horizon,
      period_on: period.periodOn,
      won_minor: Math.round(won_minor),
    })),
  );
  await sql`
    with came as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(person_id uuid, horizon text, period_on date, won_minor bigint))
    update period_forecast f set won_minor = coalesce(c.won_minor, 0), is_over = f.until_on <= ${dayOf(today)}::date
    from period_forecast p left join came c using (person_id, horizon, period_on)
    where p.org_id = ${orgId} and p.moment = 'start' and p.from_on >= ${dayOf(Math.min(...periods.map(({ from }) => from)))}::date
      and f.org_id = p.org_id and f.person_id = p.person_id and f.horizon = p.horizon and f.period_on = p.period_on and f.moment = p.moment
      and (f.won_minor, f.is_over) is distinct from (coalesce(c.won_minor, 0), f.until_on <= ${dayOf(today)}::date)`.execute(db);
  await countUnforeseen(db, making, periods);
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

/**
 * Whoever began and won within a period was forecast by nobody on its first day: what came holds it all the same, beside the nothing
 * that stages said of them.
 */
async function countUnforeseen(db: Db, { orgId, won, now, today, currency, timeZone }: Making, periods: readonly Period[]): Promise<void> {
  const rows = periods.flatMap((period) =>
    [...(won.get(periodKey(period)) ?? [])].map(([person_id, minor]) => ({
      person_id,
      horizon: period.horizon,
      period_on: period.periodOn,
      from_on: dayOf(period.from),
      until_on: dayOf(period.until),
      won_minor: Math.round(minor),
    })),
  );
  await sql`
    insert into period_forecast (org_id, person_id, horizon, period_on, moment, from_on, until_on, as_of, made_at, currency, time_zone,
      claimed_minor, verified_minor, won_minor, is_over)
    select ${orgId}, r.person_id, r.horizon, r.period_on, 'start', r.from_on, r.until_on, r.from_on, ${now}, ${currency}, ${timeZone},
      case when s.claimed then 0 end, case when s.verified then 0 end, r.won_minor, r.until_on <= ${dayOf(today)}::date
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(person_id uuid, horizon text, period_on date, from_on date, until_on date, won_minor bigint)
    join person p on p.org_id = ${orgId} and p.id = r.person_id
    join (
      select horizon, period_on, bool_or(claimed_minor is not null) as claimed, bool_or(verified_minor is not null) as verified
      from period_forecast where org_id = ${orgId} and moment = 'start' group by 1, 2) s on s.horizon = r.horizon and s.period_on = r.period_on
    on conflict do nothing`.execute(db);
}
