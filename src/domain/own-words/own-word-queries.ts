import { sql } from "kysely";
import { fiscalPeriods, type FiscalPeriod } from "../../method/fiscal-calendar.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import type { Word } from "../../method/own-word.ts";
import type { Db } from "../../platform/database.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";

export const wordHorizons = ["month", "quarter"] as const;
export type WordHorizon = (typeof wordHorizons)[number];

export interface OwnWord extends Word {
  id: string;
  personId: string;
  horizon: WordHorizon;
  /** YYYY-MM-01 by which the period is called. */
  periodOn: string;
  saidAt: Date;
  /** The one-on-one it was said in preparation for. */
  saidIn: string | null;
}

/** The fiscal month and quarter a day lies in. @param day YYYY-MM-DD */
export async function wordPeriods(db: Db, orgId: string, day: string): Promise<Record<WordHorizon, FiscalPeriod>> {
  const { month, quarter } = fiscalPeriods(await fiscalCalendarOf(db, orgId), dayNumber(day));
  return { month, quarter };
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  periods: Record<WordHorizon, { month: string }>;
  /** What was said later counts for nothing. */
  at: Date;
  /** Words in another currency are left out: they are of before it was changed. */
  currency: string;
}

/** What each of these people said last of two periods, as far as the viewer may read it. */
export async function ownWords(db: Db, { orgId, personIds, periods, at, currency }: Asked): Promise<OwnWord[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<OwnWord>`
    select distinct on (person_id, horizon) id, person_id as "personId", horizon, period_on as "periodOn", likely_minor as likely,
      least_minor as least, most_minor as most, said_at as "saidAt", said_in as "saidIn"
    from own_word
    where org_id = ${orgId} and person_id = any(${[...personIds]}::uuid[]) and currency = ${currency} and said_at <= ${at}
      and (horizon, period_on) in (('month', ${periods.month.month}::date), ('quarter', ${periods.quarter.month}::date))
    order by person_id, horizon, said_at desc, id desc`.execute(db);
  return rows;
}

/** Every word of one person about periods that begin between two days, the latest first. */
export async function wordsSaid(
  db: Db,
  { orgId, personId, from, until }: { orgId: string; personId: string; from: string; until: string },
): Promise<(OwnWord & { currency: string })[]> {
  return db
    .selectFrom("own_word")
    .select(["id", "person_id as personId", "horizon", "period_on as periodOn", "likely_minor as likely", "least_minor as least"])
    .select(["most_minor as most", "said_at as saidAt", "said_in as saidIn", "currency"])
    .where("org_id", "=", orgId)
    .where("person_id", "=", personId)
    .where("period_on", ">=", from)
    .where("period_on", "<=", until)
    .orderBy("said_at", "desc")
    .orderBy("id", "desc")
    .limit(1000)
    .execute();
}

/** What was said in preparation for one one-on-one. */
export async function wordsOfPreparation(db: Db, orgId: string, meetingId: string): Promise<Map<WordHorizon, OwnWord>> {
  const rows: OwnWord[] = await db
    .selectFrom("own_word")
    .select(["id", "person_id as personId", "horizon", "period_on as periodOn", "likely_minor as likely", "least_minor as least"])
    .select(["most_minor as most", "said_at as saidAt", "said_in as saidIn"])
    .where("org_id", "=", orgId)
    .where("said_in", "=", meetingId)
    .execute();
  return new Map(rows.map((row) => [row.horizon, row]));
}
