import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { keptForAnHour } from "./kept-while-unwritten.ts";

/** How long this organisation's deals took from the first day known to the day they were won. */
export interface ClosingTimes {
  /** Of how many deals: the last two hundred won at most. */
  deals: number;
  /** Half of them took at most this many days, three in four at most that many. */
  medianDays: number;
  upperDays: number;
}

/** As known at an instant, from what was known then alone; undefined below twenty won deals. */
export function closingTimes(db: Db, { orgId, at }: { orgId: string; at: Date }): Promise<ClosingTimes | undefined> {
  return keptForAnHour(db, at, ["closing times", orgId], () => askedAt(db, at));
}

async function askedAt(db: Db, at: Date): Promise<ClosingTimes | undefined> {
  const { rows } = await sql<{ deals: number; median_days: number | null; upper_days: number | null }>`
    select * from closing_times(${at}::timestamptz)`.execute(db);
  const { deals, median_days: medianDays, upper_days: upperDays } = rows[0] ?? {};
  if (!deals || medianDays === null || medianDays === undefined || upperDays === null || upperDays === undefined) return undefined;
  return { deals, medianDays, upperDays };
}
