import { sql } from "kysely";
import type { OwnedDeal } from "../../method/closing-model.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { startOfDay } from "../../method/days.ts";
import { type ExchangeRates, exchanged, rateOn } from "../../method/exchange.ts";
import type { Db } from "../../platform/database.ts";
import { productsThen } from "../opportunities/list-prices-then.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";

interface Row {
  id: string;
  ownerId: string;
  stageId: string;
  currency: string;
  /** Of the list price. */
  listCurrency: string | null;
  outcome: "won" | "lost" | "open" | "vanished";
  createdOn: number;
  closedOn: number | null;
  changedOn: number;
  amountMinor: number | null;
  earlierMinor: number | null;
  /** Of the earlier amount, where it has changed since. */
  earlierCurrency: string | null;
  listMinor: number | null;
}

/** A deal with what it takes to open it, and to measure it by the process. */
export interface KnownDeal extends OwnedDeal {
  id: string;
  stageId: string;
  /** Expected close while open, a day number. */
  closeOn: number | null;
}

/**
 * Every deal of an organisation as known at the start of a day there, in its currency: nothing of that day or later is read.
 * @param day a day number
 */
export async function ownedDealsAsOf(db: Db, orgId: string, day: number): Promise<OwnedDeal[]> {
  const { timeZone, rates } = await calendarOf(db, orgId);
  const at = new Date(startOfDay(dayOf(day), timeZone).getTime() - 1);
  const people = await db.selectFrom("person").select("id").where("org_id", "=", orgId).execute();
  const ownerIds = people.map(({ id }) => id);
  const deals = await knownDeals(db, { orgId, timeZone, rates, ownerIds, at, until: day });
  return deals.map(({ id: _id, stageId: _stage, closeOn: _close, ...deal }) => deal);
}

/** Whose deals, as known when. */
export interface DealsAsked {
  orgId: string;
  timeZone: string;
  rates: ExchangeRates;
  ownerIds: readonly string[];
  /** The instant: nothing dated later is read. */
  at: Date;
  /** The day after the last known, a day number. */
  until: number;
}

/**
 * The deals of these people as known at an instant in the organisation's currency, oldest first.
 * One that vanished from the exports counts as seen open until then. What a closed deal was worth while open is its amount
 * before it closed, or its product's list price. Amounts in other currencies are exchanged by the rate dated on or before the day
 * the deal closed, or `until`; a deal without such a rate is left out (`dealsWithoutRate` names them).
 */
export async function knownDeals(db: Db, { orgId, timeZone, rates, ownerIds, at, until }: DealsAsked): Promise<KnownDeal[]> {
  const scope = await unlessLater(db, { orgId, ownerIds, at });
  const dayIn = (column: string) => sql`(${sql.ref(column)} at time zone ${timeZone})::date - date '1970-01-01'`;
  const { rows } = await sql<Row>`
    select d.id, d.owner_id as "ownerId", d.stage_id as "stageId", d.outcome, d.currency, p.currency as "listCurrency",
      ${dayIn("d.created_at")} as "createdOn", d.close_on - date '1970-01-01' as "closedOn", ${dayIn("d.last_change_at")} as "changedOn",
      d.amount_minor as "amountMinor", e.after::bigint as "earlierMinor", e.currency as "earlierCurrency", p.list_price_minor as "listMinor"
    from ${stateAt(scope)} d
      left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
      left join lateral (${amountWhileOpen(orgId, at)}) e on true
    order by d.created_at, d.id`.execute(db);
  return rows.flatMap((row) => knownDeal(row, until, rates) ?? []);
}

/**
 * The last amount before the last change of stage, of deals that are closed. Both kinds of change are read in one go and by the deal:
 * asked for one kind alone, a database that has not yet counted its rows takes the index of everybody's.
 */
const amountWhileOpen = (orgId: string, at: Date) => sql`
  select h.after, (
      select x.before from opportunity_change x
      where x.org_id = ${orgId} and x.opportunity_id = d.id and x.field = 'currency' and x.at >= h.staged_at and x.at <= ${at}::timestamptz
      order by x.at limit 1) as currency
  from (
    select c.field, c.after, c.at, max(c.at) filter (where c.field = 'stage') over () as staged_at from opportunity_change c
    where d.outcome in ('won', 'lost') and c.org_id = ${orgId} and c.opportunity_id = d.id and c.field = any(array['stage', 'amount'])
      and c.at <= ${at}::timestamptz) h
  where h.field = 'amount' and h.at < h.staged_at order by h.at desc limit 1`;

function knownDeal(row: Row, until: number, rates: ExchangeRates): KnownDeal | null {
  const { id, ownerId, stageId, outcome, createdOn, closedOn, changedOn } = row;
  const isClosed = outcome === "won" || outcome === "lost";
  const said = closedOn !== null && closedOn < until ? closedOn : changedOn;
  const endedOn = outcome === "open" ? null : Math.max(createdOn, isClosed ? said : changedOn);
  const rateDay = isClosed ? Math.min(endedOn ?? until, until) : until;
  if (row.currency !== rates.into && !rateOn(rates, row.currency, rateDay)) return null;
  const own = (minor: number | null, currency: string) => (minor === null ? null : exchanged(rates, minor, currency, rateDay));
  const amount = own(row.amountMinor, row.currency);
  const list = own(row.listMinor, row.listCurrency ?? row.currency);
  const open = isClosed ? own(row.earlierMinor, row.earlierCurrency ?? row.currency) : amount;
  return {
    id,
    ownerId,
    stageId,
    closeOn: closedOn,
    createdOn,
    endedOn,
    outcome: isClosed ? outcome : "open",
    openMinor: open ?? list ?? (isClosed ? amount : null) ?? 0,
    wonMinor: outcome === "won" ? (amount ?? list ?? 0) : 0,
  };
}

/** Whose manager is who on a day; people without one are their own team. */
export async function managersOn(db: Db, orgId: string, day: number): Promise<Map<string, string>> {
  const on = dayOf(day);
  const { rows } = await sql<{ personId: string; managerId: string }>`
    select person_id as "personId", manager_id as "managerId" from reporting_line
    where org_id = ${orgId} and from_on <= ${on}::date and (until_on is null or until_on > ${on}::date)`.execute(db);
  return new Map(rows.map(({ personId, managerId }) => [personId, managerId]));
}
