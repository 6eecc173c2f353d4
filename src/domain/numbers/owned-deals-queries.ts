import { sql } from "kysely";
import type { OwnedDeal } from "../../method/closing-model.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { startOfDay } from "../../method/days.ts";
import type { Db } from "../../platform/database.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface OrganisationCalendar {
  name: string;
  currency: string;
  timeZone: string;
}

export async function calendarOf(db: Db, orgId: string): Promise<OrganisationCalendar> {
  return db
    .selectFrom("organisation")
    .select(["name", "currency", "time_zone as timeZone"])
    .where("org_id", "=", orgId)
    .executeTakeFirstOrThrow();
}

interface Row {
  ownerId: string;
  outcome: "won" | "lost" | "open" | "vanished";
  createdOn: number;
  closedOn: number | null;
  changedOn: number;
  amountMinor: number | null;
  earlierMinor: number | null;
  listMinor: number | null;
}

/**
 * Every deal of an organisation in its currency as known at the start of a day there: nothing of that day or later is read.
 * One that vanished from the exports counts as seen open until then. What a closed deal was worth while open is its amount
 * before it closed, or its product's list price.
 * @param day a day number
 */
export async function ownedDealsAsOf(db: Db, orgId: string, day: number): Promise<OwnedDeal[]> {
  const { currency, timeZone } = await calendarOf(db, orgId);
  const at = new Date(startOfDay(dayOf(day), timeZone).getTime() - 1);
  const people = await db.selectFrom("person").select("id").where("org_id", "=", orgId).execute();
  const scope = await unlessLater(db, { orgId, ownerIds: people.map(({ id }) => id), at });
  const dayIn = (column: string) => sql`(${sql.ref(column)} at time zone ${timeZone})::date - date '1970-01-01'`;
  const { rows } = await sql<Row>`
    select d.owner_id as "ownerId", d.outcome, ${dayIn("d.created_at")} as "createdOn", d.close_on - date '1970-01-01' as "closedOn",
      ${dayIn("d.last_change_at")} as "changedOn", d.amount_minor as "amountMinor", e.after::bigint as "earlierMinor", p.list_price_minor as "listMinor"
    from ${stateAt(scope)} d
      left join product p on p.org_id = ${orgId} and p.id = d.product_id
      left join lateral (
        select c.after from opportunity_change c
        where d.outcome in ('won', 'lost') and c.org_id = ${orgId} and c.opportunity_id = d.id and c.field = 'amount' and c.at < (
          select max(s.at) from opportunity_change s
          where s.org_id = ${orgId} and s.opportunity_id = d.id and s.field = 'stage' and s.at <= ${at}::timestamptz)
        order by c.at desc limit 1) e on true
    where d.currency = ${currency}
    order by d.created_at, d.id`.execute(db);
  return rows.map((row) => ownedDeal(row, day));
}

function ownedDeal(
  { ownerId, outcome, createdOn, closedOn, changedOn, amountMinor, earlierMinor, listMinor }: Row,
  day: number,
): OwnedDeal {
  const isClosed = outcome === "won" || outcome === "lost";
  const said = closedOn !== null && closedOn < day ? closedOn : changedOn;
  return {
    ownerId,
    createdOn,
    endedOn: outcome === "open" ? null : Math.max(createdOn, isClosed ? said : changedOn),
    outcome: isClosed ? outcome : "open",
    openMinor: (isClosed ? earlierMinor : amountMinor) ?? listMinor ?? (isClosed ? amountMinor : null) ?? 0,
    wonMinor: outcome === "won" ? (amountMinor ?? listMinor ?? 0) : 0,
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
