import { sql } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { exchangeRatesOf } from "./exchange-rate-queries.ts";
import type { RateLine } from "./rate-lines.ts";

/** Keeps dated rates into the organisation's currency; one of the same currency and day is corrected. Returns how many changed. */
export async function setExchangeRates(ctx: Ctx, rates: readonly RateLine[]): Promise<number> {
  const { orgId, personId } = ctx.viewer;
  const once = [...new Map(rates.map((rate) => [`${rate.currency} ${rate.fromOn}`, rate])).values()];
  if (once.length === 0) return 0;
  return ctx.tx(async (db) => {
    const { rows } = await sql<{ currency: string }>`
      insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_by, set_at)
      select ${orgId}::uuid, o.currency, r.currency, r.from_on, r.rate, ${personId}::uuid, ${ctx.clock.now()}
      from organisation o, unnest(${once.map(({ currency }) => currency)}::text[], ${once.map(({ fromOn }) => fromOn)}::date[],
        ${once.map(({ rate }) => rate)}::numeric[]) as r(currency, from_on, rate)
      where o.org_id = ${orgId} and r.currency <> o.currency
      on conflict (org_id, into_currency, currency, from_on) do update set rate = excluded.rate, set_by = excluded.set_by, set_at = excluded.set_at
        where exchange_rate.rate <> excluded.rate
      returning currency`.execute(db);
    if (rows.length > 0) await recordEvent(db, ctx, "set", "exchange rates", orgId);
    return rows.length;
  });
}

/** By what amounts in the currency go once a rate is taken away: the one before it, only later ones, or none at all. */
export type RateLeft = "before" | "later" | "none";

export async function removeExchangeRate(ctx: Ctx, { currency, fromOn }: { currency: string; fromOn: string }): Promise<RateLeft> {
  return ctx.tx(async (db) => {
    const gone = await db
      .deleteFrom("exchange_rate")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("into_currency", "=", ctx.viewer.currency)
      .where("currency", "=", currency)
      .where("from_on", "=", fromOn)
      .executeTakeFirst();
    if (gone.numDeletedRows === 1n) await recordEvent(db, ctx, "take away", "exchange rate", ctx.viewer.orgId);
    const { dated } = await exchangeRatesOf(db, ctx.viewer.orgId);
    const left = dated.get(currency) ?? [];
    if (left.some(({ from }) => from < dayNumber(fromOn))) return "before";
    return left.length > 0 ? "later" : "none";
  });
}
