import { sql } from "kysely";
import { trailingMean } from "../../method/trailing-mean.ts";
import type { Db } from "../../platform/database.ts";
import { type StateAt, stateAt, unlessLater } from "./state-at.ts";

export interface MonthResult {
  /** YYYY-MM-01 */
  month: string;
  wonMinor: number;
  /** null when no quota is set for the month. */
  quotaMinor: number | null;
  currency: string;
}

export interface PersonResults {
  /** One for each month asked for, in the order asked. */
  months: MonthResult[];
  /** Mean of the three whole months before the month of `at`; null while the person's history is shorter. */
  trailingMeanMinor: number | null;
  /** Won deals of these months in another currency than the organisation's: they are not in the sums. */
  inOtherCurrencies: number;
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** YYYY-MM-01 each. */
  months: readonly string[];
  at: Date;
}

const monthOf = (at: Date) => `${at.toISOString().slice(0, 7)}-01`;
const back = (month: string, months: number) => Temporal.PlainDate.from(month).subtract({ months }).toString();

/** Won amount and quota by person and month, as known at an instant. Every person asked for has an entry. */
export async function monthResults(db: Db, asked: Asked): Promise<Map<string, PersonResults>> {
  const { orgId, personIds, months, at } = asked;
  const { currency } = await db.selectFrom("organisation").select("currency").where("org_id", "=", orgId).executeTakeFirstOrThrow();
  const before = [3, 2, 1].map((n) => back(monthOf(at), n));
  const won = await wonByMonth(db, { ...asked, months: [...months, ...before] }, currency);
  const quota = await quotasOf(db, asked);
  const resultOf = (id: string): PersonResults => {
    const mine = won.get(id);
    const sum = (month: string) => mine?.sums.get(month) ?? 0;
    return {
      months: months.map((month) => ({ month, wonMinor: sum(month), quotaMinor: quota.get(`${id} ${month}`) ?? null, currency })),
      trailingMeanMinor: trailingMean(before.map(sum), mine !== undefined && mine.first < (before[0] ?? "")),
      inOtherCurrencies: months.reduce((total, month) => total + (mine?.others.get(month) ?? 0), 0),
    };
  };
  return new Map(personIds.map((id) => [id, resultOf(id)]));
}

interface Won {
  sums: Map<string, number>;
  others: Map<string, number>;
  /** The first day of which anything is known. */
  first: string;
}

async function wonByMonth(db: Db, asked: Asked, currency: string): Promise<Map<string, Won>> {
  const { orgId, personIds, months, at } = asked;
  const sorted = months.toSorted();
  const [first, latest] = [sorted[0], sorted.at(-1)];
  if (!first || !latest || personIds.length === 0) return new Map();
  const scope = await unlessLater(db, { orgId, ownerIds: personIds, at });
  const { rows } = await sql<{ owner_id: string; month: string; sum: number; others: number }>`
    select d.owner_id, date_trunc('month', d.close_on)::date as month,
      coalesce(sum(d.amount_minor) filter (where d.currency = ${currency}), 0)::bigint as sum,
      count(*) filter (where d.currency <> ${currency}) as others
    from ${stateAt({ ...scope, outcomes: ["won"] })} d
    where d.close_on >= ${first}::date and d.close_on < ${back(latest, -1)}::date
    group by 1, 2`.execute(db);
  const begun = await firstDays(db, scope);
  const byOwner = Map.groupBy(rows, (row) => row.owner_id);
  return new Map(
    personIds.flatMap((id) => {
      const mine = byOwner.get(id) ?? [];
      const started = begun.get(id);
      if (!started) return [];
      const won: Won = {
        sums: new Map(mine.map(({ month, sum }) => [month, sum])),
        others: new Map(mine.map(({ month, others }) => [month, others])),
        first: started,
      };
      return [[id, won] as const];
    }),
  );
}

async function firstDays(db: Db, scope: StateAt): Promise<Map<string, string>> {
  const { rows } = await sql<{ owner_id: string; day: string }>`
    select d.owner_id, min(d.created_at)::date as day from ${stateAt(scope)} d group by 1`.execute(db);
  return new Map(rows.map(({ owner_id, day }) => [owner_id, day]));
}

async function quotasOf(db: Db, { orgId, personIds, months }: Asked): Promise<Map<string, number>> {
  if (personIds.length === 0 || months.length === 0) return new Map();
  const rows = await db
    .selectFrom("quota")
    .select(["person_id", "month", "amount_minor"])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .where("month", "in", months)
    .execute();
  return new Map(rows.map((row) => [`${row.person_id} ${row.month}`, row.amount_minor]));
}
