import { sql } from "kysely";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type App, asActor } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { staysOf } from "../people/stay-queries.ts";
import { type Period, wonWithin } from "./due-deals-queries.ts";
import { periodsScored } from "./forecast-periods.ts";
import { keepNow, keepStart, type Making } from "./make-forecasts.ts";
import { settleForecasts } from "./settle-forecasts.ts";

/** Forecasts are worked out for at most a twentieth of the time, however often a large pipeline changes. */
const share = 20;

/**
 * Brings the forecasts of an organisation up to date: those of the first day of each month and quarter of the last year that are not
 * there yet, or that late history has changed; those as they stand; and what came of periods that are over. Nothing is done where
 * nothing was written since the last time. Each first day is a transaction of its own: a stopped program goes on where it was.
 */
export async function keepForecasts(app: App, orgId: string): Promise<void> {
  const inside = <T>(work: (db: Db) => Promise<T>) => asActor(app, "numbers", orgId, work);
  const plan = await inside((db) => planForecasts(db, app, orgId));
  if (!plan) return;
  const { making, periods, starts, late } = plan;
  for (const some of Map.groupBy(starts, ({ from }) => from).values()) await inside((db) => keepStart(db, making, some));
  // What is done each time anew counts for how often that is; a year of first days is done once.
  const started = performance.now();
  await inside(async (db) => {
    const running = periods.filter(({ until }) => until > making.today);
    await keepNow(db, making, running);
    await settleForecasts(db, making, periods);
    if (late.length > 0) await sql`delete from late_history where org_id = ${orgId} and made_in = any(${late}::xid8[])`.execute(db);
    const took = Math.round(performance.now() - started);
    await sql`
      insert into forecast_state (org_id, state, made_at, took_ms) values (${orgId}, ${plan.state}, ${making.now}, ${took})
      on conflict (org_id) do update set state = excluded.state, made_at = excluded.made_at, took_ms = excluded.took_ms`.execute(db);
  });
}

interface Plan {
  making: Making;
  periods: Period[];
  starts: Period[];
  late: string[];
  state: string;
}

/** Was anything written since they were worked out last, and is it time for it? */
export const areForecastsDue = async (app: App, orgId: string): Promise<boolean> =>
  (await asActor(app, "numbers", orgId, (db) => readState(db, app, orgId))).isDue;

async function readState(db: Db, app: App, orgId: string) {
  const now = app.clock.now();
  const calendar = await calendarOf(db, orgId);
  const today = dayNumber(dayAt(now, calendar.timeZone));
  const { rows: late } = await sql<{ made_in: string; from_on: string }>`
    select made_in::text, from_on from late_history where org_id = ${orgId}`.execute(db);
  const state = await stateOf(db, orgId, `${dayOf(today)} ${JSON.stringify(calendar.fiscal)} ${calendar.currency} ${calendar.timeZone}`);
  const last = await db.selectFrom("forecast_state").selectAll().where("org_id", "=", orgId).executeTakeFirst();
  const isSame = last?.state === state && late.length === 0;
  return { now, calendar, today, late, state, isDue: !isSame && !(last && now.getTime() - last.made_at.getTime() < share * last.took_ms) };
}

async function planForecasts(db: Db, app: App, orgId: string): Promise<Plan | null> {
  const { now, calendar, today, late, state, isDue } = await readState(db, app, orgId);
  if (!isDue) return null;
  const { timeZone, currency, fiscal, rates } = calendar;
  const periods = [...periodsScored(fiscal, today, "month"), ...periodsScored(fiscal, today, "quarter")];
  const people = await db.selectFrom("person").select("id").where("org_id", "=", orgId).orderBy("id").execute();
  const won = await wonWithin(db, { orgId, periods, rates, timeZone, at: now });
  const ownerIds = people.map(({ id }) => id);
  const stays = await staysOf(db, orgId, ownerIds);
  const making = { orgId, ownerIds, stays, rates, currency, timeZone, fiscal, now, today, won };
  const lateFrom = late.reduce((first, { from_on }) => Math.min(first, dayNumber(from_on)), Number.POSITIVE_INFINITY);
  const made = await madeStarts(db, calendar, orgId);
  const starts = periods.filter(({ horizon, from }) => from > lateFrom || !made.has(`${horizon} ${from}`));
  return { making, periods, starts, late: late.map(({ made_in }) => made_in), state };
}

/**
 * By horizon and first day: a fiscal calendar that was changed has other periods. What was told in another currency, or as of another
 * midnight, counts as not made: it could not be measured by what came.
 */
async function madeStarts(db: Db, { currency, timeZone }: Pick<Making, "currency" | "timeZone">, orgId: string): Promise<Set<string>> {
  const { rows } = await sql<{ horizon: string; from_on: string }>`
    select horizon, from_on from period_forecast where org_id = ${orgId} and moment = 'start'
    group by 1, 2 having bool_and(currency = ${currency} and time_zone = ${timeZone})`.execute(db);
  return new Set(rows.map(({ horizon, from_on }) => `${horizon} ${dayNumber(from_on)}`));
}

/** What forecasts are made of, in short: while this stays the same, so do they. */
async function stateOf(db: Db, orgId: string, more: string): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ', ${more}::text, pipeline_version_now(), (select max(version) from process_version where org_id = ${orgId}),
      (select count(*) + count(withdrawn_at) from evidence where org_id = ${orgId}),
      (select max(said_at) from own_word where org_id = ${orgId}),
      (select concat_ws(' ', count(*), max(set_at), sum(amount_minor)) from quota where org_id = ${orgId}),
      (select sum(hashtextextended(concat_ws(' ', into_currency, currency, from_on, rate), 0)::numeric) from exchange_rate where org_id = ${orgId}),
      (select sum(hashtextextended(concat_ws(' ', id, currency, list_price_minor), 0)::numeric) from product where org_id = ${orgId}),
      (select sum(hashtextextended(format('%s %s %s', id, started_on, left_on), 0)::numeric) from person where org_id = ${orgId})) as state`.execute(
    db,
  );
  return rows[0]?.state ?? "";
}
