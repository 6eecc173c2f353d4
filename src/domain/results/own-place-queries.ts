import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { type Estimate, known, refused } from "../../method/estimate.ts";
import type { FiscalPeriod } from "../../method/fiscal-calendar.ts";
import { minorUnits } from "../../method/minor-units.ts";
import type { Db } from "../../platform/database.ts";
import { exchangeRatesOf } from "../exchange-rates/exchange-rate-queries.ts";

export interface OwnPlace {
  /** By the amounts alone, 1 for the first; and where it lies four times in five. */
  place: number;
  best: number;
  worst: number;
  /** Of how many with the same manager. */
  among: number;
}

const leastWins = 5;

/**
 * The viewer's own place by what was won in a period, with how far chance alone would move it. Refused below five won deals; null where
 * the organisation uses no ranks, or there is nobody to be compared with.
 */
export async function ownPlace(db: Db, orgId: string, { from, until }: FiscalPeriod): Promise<Estimate<OwnPlace> | null> {
  const { into, dated } = await exchangeRatesOf(db, orgId);
  const scales = Object.fromEntries([...dated.keys()].map((currency) => [currency, minorUnits(into) / minorUnits(currency)]));
  const { rows } = await sql<OwnPlace & { wins: number }>`
    select place, best, worst, among, wins from own_place(${dayOf(from)}::date, ${dayOf(until)}::date, ${JSON.stringify(scales)}::jsonb)`.execute(
    db,
  );
  const [row] = rows;
  if (!row) return null;
  const { wins, ...place } = row;
  return wins < leastWins ? refused("wins", wins, leastWins, "won deals") : known(place);
}
