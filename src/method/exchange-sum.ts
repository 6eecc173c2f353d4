import { type ExchangeRates, exchanged, rateOn } from "./exchange.ts";

export interface ExchangedSum {
  /** Minor units of the organisation's currency. */
  minor: number;
  /** Each other currency in it, and the day number its rate is dated. */
  rates: { currency: string; from: number }[];
  /** Deals of currencies without a rate on the day: not in the sum. */
  leftOut: { currency: string; deals: number }[];
}

/**
 * Sums in several currencies as one, by the rates dated on or before a day.
 * @param day a day number
 */
export function exchangeSum(
  rates: ExchangeRates,
  sums: readonly { currency: string; sumMinor: number; deals: number }[],
  day: number,
): ExchangedSum {
  const found: ExchangedSum = { minor: 0, rates: [], leftOut: [] };
  for (const [currency, parts] of Map.groupBy(sums, (one) => one.currency)) {
    const add = (of: "sumMinor" | "deals") => parts.reduce((sum, part) => sum + part[of], 0);
    const own = exchanged(rates, add("sumMinor"), currency, day);
    const rate = rateOn(rates, currency, day);
    if (own === null) found.leftOut.push({ currency, deals: add("deals") });
    else found.minor += own;
    if (rate) found.rates.push({ currency, from: rate.from });
  }
  return found;
}
