import { type Insertable, sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { startOfDay } from "../../method/days.ts";
import type { ExchangeRates } from "../../method/exchange.ts";
import { type FiscalCalendar, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { numbersSetting } from "../../method/numbers-setting.ts";
import { repAhead } from "../../method/rep-numbers.ts";
import { type SpanForecast, spanForecasts } from "../../method/span-forecast.ts";
import type { Db } from "../../platform/database.ts";
import type { PeriodForecastRow } from "../../platform/schema-types.ts";
import { paidVerifiers } from "../evidence/paid-verifiers-queries.ts";
import { targetsOn } from "../goals/targets-queries.ts";
import { knownDeals, ownedDealsAsOf } from "../numbers/owned-deals-queries.ts";
import { personOn } from "../numbers/person-numbers.ts";
import { wholeQuotas } from "../numbers/targets-of.ts";
import type { Stay } from "../people/stay-queries.ts";
import { type Process, processAt, processOfVersion } from "../processes/process-queries.ts";
import { type DueDeal, dueDeals, type Period, periodKey } from "./due-deals-queries.ts";
import { weighDeals } from "./weigh-deals.ts";

/** What all forecasts of an organisation made at one time have in common. */
export interface Making {
  orgId: string;
  ownerIds: readonly string[];
  rates: ExchangeRates;
  currency: string;
  timeZone: string;
  fiscal: FiscalCalendar;
  now: Date;
  /** A day number. */
  today: number;
  stays: ReadonlyMap<string, Stay>;
  /** By `periodKey`, by person. */
  won: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** So many days in, a word counts as said at the start. */
export const wordDays = 10;

/** Makes again what was known of some periods on their first day, which they have in common; nothing dated later is read, but for words. */
export async function keepStart(db: Db, making: Making, periods: readonly Period[]): Promise<void> {
  const day = periods[0]?.from ?? making.today;
  const at = new Date(startOfDay(dayOf(day), making.timeZone).getTime() - 1);
  await keep(db, making, { periods, moment: "start", day, at });
}

/** Makes again what the running periods will bring as it stands. */
export const keepNow = (db: Db, making: Making, periods: readonly Period[]): Promise<void> =>
  keep(db, making, { periods, moment: "now", day: making.today, at: making.now });

interface Moment {
  periods: readonly Period[];
  moment: "start" | "now";
  /** Of the model: it knows nothing of this day or later. */
  day: number;
  at: Date;
}

async function keep(db: Db, making: Making, asked: Moment): Promise<void> {
  const { orgId } = making;
  const { periods, day, moment } = asked;
  const { models, sharedSpread } = moment === "start" ? await modelsAtStart(db, making, asked) : await modelsNow(db, making, periods);
  const processes = await processesAt(db, orgId, asked.at);
  for (const period of periods) {
    const rows = await rowsOf(db, making, asked, { period, model: models.get(periodKey(period)), processes });
    await replaceRows(db, { making, period, moment, day, sharedSpread, rows });
  }
}

/** What the model says of a whole period, won and to come: by `periodKey`, by person. */
interface Models {
  models: ReadonlyMap<string, ReadonlyMap<string, ModelColumns>>;
  sharedSpread: number | null;
}

/** From what was known before the first day. */
async function modelsAtStart(db: Db, making: Making, { periods, day }: Moment): Promise<Models> {
  const deals = await ownedDealsAsOf(db, making.orgId, day);
  const untils = periods.map(({ until }) => until);
  const spans = spanForecasts({ deals, day, untils, calendar: making.fiscal, gone: leftBy(making, day) });
  if (!spans.known) return { models: new Map(), sharedSpread: null };
  const models = periods.map((period) => {
    // The model says what is still to come: what was won before the day it looks from is added.
    const before = new Map<string, number>();
    for (const { ownerId, outcome, endedOn, wonMinor } of deals)
      if (outcome === "won" && endedOn !== null && endedOn >= period.from && endedOn < period.until)
        before.set(ownerId, (before.get(ownerId) ?? 0) + wonMinor);
    const people = [...(spans.value.spans.get(period.until) ?? [])];
    return [periodKey(period), new Map(people.map(([id, span]) => [id, modelColumns(span, before.get(id) ?? 0)]))] as const;
  });
  return { models: new Map(models), sharedSpread: spans.value.sharedSpread };
}

/** As it stands: the same figures that everybody's own numbers show. */
async function modelsNow(db: Db, making: Making, periods: readonly Period[]): Promise<Models> {
  const { orgId, ownerIds, timeZone, rates, fiscal, now, today, stays } = making;
  const deals = await knownDeals(db, { orgId, timeZone, rates, ownerIds, at: now, until: today + 1 });
  const setting = numbersSetting(deals, today, fiscal);
  if (!setting.known) return { models: new Map(), sharedSpread: null };
  const models = new Map(periods.map((period) => [periodKey(period), new Map<string, ModelColumns>()]));
  const horizons = periods.map(({ horizon }) => horizon);
  for (const [id, mine] of Map.groupBy(deals, ({ ownerId }) => ownerId)) {
    const ahead = repAhead(setting.value, id, mine, { ...personOn(stays.get(id), today), horizons });
    for (const period of periods) {
      const one = ahead.get(period.horizon);
      if (one) models.get(periodKey(period))?.set(id, modelColumns(one, one.wonMinor));
    }
  }
  return { models, sharedSpread: setting.value.learnt.sharedSpread };
}

const leftBy = ({ stays }: Making, day: number): ReadonlySet<string> =>
  new Set([...stays].flatMap(([id, stay]) => (personOn(stay, day).hasLeft ? [id] : [])));

interface Processes {
  inForce: Process | null;
  /** The one in force; before there was any, the first there ever was: its chances are a rule, not something known of deals. */
  weighing: Process | null;
}

async function processesAt(db: Db, orgId: string, at: Date): Promise<Processes> {
  const inForce = await processAt(db, orgId, at);
  return { inForce, weighing: inForce ?? (await processOfVersion(db, orgId, 1)) };
}

interface Known {
  period: Period;
  model: ReadonlyMap<string, ModelColumns> | undefined;
  processes: Processes;
}

type Row = Partial<Insertable<PeriodForecastRow>> & { person_id: string };

async function rowsOf(db: Db, making: Making, { moment, at }: Moment, known: Known): Promise<Row[]> {
  const { orgId, ownerIds, rates } = making;
  const { period, model } = known;
  const due = await dueDeals(db, { orgId, ownerIds, at, from: period.from, until: period.until, rates });
  const weighed = await weighedOf(db, making, due, { ...known.processes, at });
  const words = moment === "start" ? await wordsAtStart(db, making, period) : new Map<string, StartWord>();
  const targets = await targetsOn(db, orgId, ownerIds, period.from);
  const around = fiscalPeriods(making.fiscal, period.from);
  const won = making.won.get(periodKey(period));
  return ownerIds.flatMap((personId) => {
    const soFar = moment === "now" ? (won?.get(personId) ?? 0) : 0;
    const modelled = model?.get(personId);
    const of = weighed?.of.get(personId);
    const word = words.get(personId);
    const asked = targets.get(personId);
    const quota = (asked && wholeQuotas(asked, around, making.stays.get(personId)?.startedOn ?? null)[period.horizon]) ?? null;
    if (!modelled && !of && !word && quota === null && !won?.has(personId)) return [];
    return [
      {
        person_id: personId,
        claimed_minor: weighed ? Math.round(soFar + (of?.claimed ?? 0)) : null,
        verified_minor: weighed?.measured ? Math.round(soFar + (of?.verified ?? 0)) : null,
        ...word,
        ...modelled,
        quota_minor: quota,
        won_minor: won?.get(personId) ?? 0,
      },
    ];
  });
}

type Told = Omit<SpanForecast, "chances"> & Partial<Pick<SpanForecast, "chances">>;
type ModelColumns = ReturnType<typeof modelColumns>;

const modelColumns = ({ expectedMinor, lowMinor, highMinor, trailingMinor, chances }: Told, plus: number) => ({
  model_minor: Math.round(plus + expectedMinor),
  model_low_minor: Math.round(plus + lowMinor),
  model_high_minor: Math.round(plus + highMinor),
  trailing_minor: trailingMinor === null ? null : Math.round(plus + trailingMinor),
  ...(chances && { chance_80: chances[0], chance_100: chances[1], chance_120: chances[2] }),
});

/** Null where there is nothing to weigh: no process, or no open deal anywhere that says it should close within the period. */
async function weighedOf(db: Db, { orgId }: Making, due: readonly DueDeal[], { inForce, weighing, at }: Processes & { at: Date }) {
  if (!weighing || due.length === 0) return null;
  const paid = await paidVerifiers(db, { orgId, ids: due.map(({ id }) => id), at });
  const of = weighDeals(due, { process: weighing, inForce, paid });
  return { of, measured: [...of.values()].some(({ verified }) => verified !== null) };
}

type StartWord = { word_minor: number; word_least_minor: number | null; word_most_minor: number | null };

async function wordsAtStart(db: Db, { orgId, currency, timeZone }: Making, period: Period): Promise<Map<string, StartWord>> {
  const until = startOfDay(dayOf(period.from + wordDays), timeZone);
  const { rows } = await sql<StartWord & { person_id: string }>`
    select distinct on (person_id) person_id, likely_minor as word_minor, least_minor as word_least_minor, most_minor as word_most_minor
    from own_word
    where org_id = ${orgId} and horizon = ${period.horizon} and period_on = ${period.periodOn}::date and currency = ${currency} and said_at < ${until}
    order by person_id, said_at desc, id desc`.execute(db);
  return new Map(rows.map(({ person_id, ...word }) => [person_id, word]));
}

interface Written {
  making: Making;
  period: Period;
  moment: Moment["moment"];
  day: number;
  sharedSpread: number | null;
  rows: readonly Row[];
}

async function replaceRows(db: Db, { making, period, moment, day, sharedSpread, rows }: Written): Promise<void> {
  const { orgId, now, today, currency, timeZone } = making;
  await sql`delete from period_forecast where org_id = ${orgId} and horizon = ${period.horizon} and moment = ${moment}
    ${moment === "start" ? sql`and period_on = ${period.periodOn}::date` : sql``}`.execute(db);
  const shared = {
    org_id: orgId,
    horizon: period.horizon,
    period_on: period.periodOn,
    moment,
    from_on: dayOf(period.from),
    until_on: dayOf(period.until),
    as_of: dayOf(day),
    made_at: now.toISOString(),
    is_over: period.until <= today,
    shared_spread: sharedSpread,
    currency,
    time_zone: timeZone,
  };
  await sql`
    insert into period_forecast
    select * from json_populate_recordset(null::public.period_forecast, ${JSON.stringify(rows.map((row) => ({ ...shared, ...row })))}::json)`.execute(
    db,
  );
}
