import { sql } from "kysely";
import { startOfDay } from "../../method/days.ts";
import type { Db } from "../../platform/database.ts";

export interface ActivityLevel {
  type: string;
  month: number;
  quarter: number;
  year: number;
}

/** Where activities went: names with how many, the most first, and how many carry none. */
export interface ActivityTargets {
  named: { name: string; done: number }[];
  /** Of names beyond those listed. */
  others: number;
  without: number;
}

export interface ActivityLevels {
  byType: ActivityLevel[];
  /** Of the quarter, by account and by the account's place. */
  byAccount: ActivityTargets;
  byPlace: ActivityTargets;
  /** Of the quarter, on a deal or on none. */
  onDeals: number;
  inQuarter: number;
}

interface Asked {
  orgId: string;
  personId: string;
  timeZone: string;
  /** First days of the month, quarter and year: YYYY-MM-DD. */
  starts: Record<"month" | "quarter" | "year", string>;
  at: Date;
}

const mostNames = 8;

/** What one person has done in the month, quarter and year that run, by type, and where it went. */
export async function activityLevels(db: Db, { orgId, personId, timeZone, starts, at }: Asked): Promise<ActivityLevels> {
  const [month, quarter, year] = [starts.month, starts.quarter, starts.year].map((day) => startOfDay(day, timeZone));
  const { rows: byType } = await sql<ActivityLevel>`
    select type, (count(*) filter (where at >= ${month}))::int as month, (count(*) filter (where at >= ${quarter}))::int as quarter,
      count(*)::int as year
    from activity
    where org_id = ${orgId} and person_id = ${personId} and is_done and at >= ${year} and at <= ${at}
    group by type order by year desc, type limit 20`.execute(db);
  const { rows } = await sql<{ account: string | null; place: string | null; onDeal: boolean; done: number }>`
    select c.name as account, c.location as place, a.opportunity_id is not null as "onDeal", count(*)::int as done
    from activity a
      left join opportunity o on o.org_id = a.org_id and o.id = a.opportunity_id
      left join account c on c.org_id = a.org_id and c.id = coalesce(a.account_id, o.account_id)
    where a.org_id = ${orgId} and a.person_id = ${personId} and a.is_done and a.at >= ${quarter} and a.at <= ${at}
    group by 1, 2, 3`.execute(db);
  return {
    byType,
    byAccount: targets(rows.map(({ account, done }) => ({ name: account, done }))),
    byPlace: targets(rows.map(({ place, done }) => ({ name: place?.trim() || null, done }))),
    onDeals: sum(rows.filter(({ onDeal }) => onDeal)),
    inQuarter: sum(rows),
  };
}

const sum = (some: readonly { done: number }[]): number => some.reduce((total, { done }) => total + done, 0);

function targets(rows: readonly { name: string | null; done: number }[]): ActivityTargets {
  const sums = new Map<string | null, number>();
  for (const { name, done } of rows) sums.set(name, (sums.get(name) ?? 0) + done);
  const without = sums.get(null) ?? 0;
  sums.delete(null);
  const sorted = [...sums]
    .map(([name, done]) => ({ name: name ?? "", done }))
    .toSorted((a, b) => b.done - a.done || a.name.localeCompare(b.name));
  return { named: sorted.slice(0, mostNames), others: sum(sorted.slice(mostNames)), without };
}

/** How many of each type somebody did from one day up to another, which is not included: YYYY-MM-DD. */
export async function activitiesBetween(
  db: Db,
  { orgId, personId, timeZone, from, until }: { orgId: string; personId: string; timeZone: string; from: string; until: string },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ type: string; done: number }>`
    select type, count(*)::int as done from activity
    where org_id = ${orgId} and person_id = ${personId} and is_done
      and at >= ${startOfDay(from, timeZone)} and at < ${startOfDay(until, timeZone)}
    group by type`.execute(db);
  return new Map(rows.map(({ type, done }) => [type, done]));
}
