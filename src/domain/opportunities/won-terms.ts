import { type RawBuilder, sql } from "kysely";
import { dayAt } from "../../method/days.ts";

interface WonTerms {
  /** The day it counts as won on: that of the CRM, or where it has none or one still ahead, the day it was said to be won. */
  on: RawBuilder<string>;
  /** What it was won for: its amount, or where the CRM has none its product's list price, and in which currency. */
  minor: RawBuilder<number | null>;
  currency: RawBuilder<string>;
}

/** When and for how much a won deal counts, the same on every page: of a row `d` of deals, with `p` of products. */
export const wonTerms = (at: Date, timeZone: string): WonTerms => ({
  on: sql`case when d.close_on <= ${dayAt(at, timeZone)}::date then d.close_on else (d.last_change_at at time zone ${timeZone})::date end`,
  minor: sql`coalesce(d.amount_minor, p.list_price_minor)`,
  currency: sql`case when d.amount_minor is null and p.list_price_minor is not null then p.currency else d.currency end`,
});

/** Spares the deals of long ago a second look: none of those closed before a day counts on it or later. */
export const notWonBefore = (day: string): RawBuilder<boolean> => sql`(d.close_on is null or d.close_on >= ${day}::date)`;
