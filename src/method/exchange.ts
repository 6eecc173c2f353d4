import { minorUnits } from "./minor-units.ts";

/** Dated rates into one currency. */
export interface ExchangeRates {
  into: string;
  /** By currency, the newest first: from a day number on, a unit of it is worth so much of `into`, as an exact decimal. */
  dated: ReadonlyMap<string, readonly { from: number; rate: string }[]>;
}

const decimals = 10;

/** "1.0712" as a whole number of ten-billionths. */
function scaled(rate: string): bigint {
  const [whole = "0", part = ""] = rate.split(".");
  return BigInt(whole + part.padEnd(decimals, "0").slice(0, decimals));
}

/** The rate that holds on a day: the last one dated on or before it; null when there is none yet. */
export const rateOn = (rates: ExchangeRates, currency: string, day: number): { from: number; rate: string } | null =>
  rates.dated.get(currency)?.find(({ from }) => from <= day) ?? null;

/**
 * An amount in the organisation's currency, rounded half away from zero.
 * @param minor in the smallest unit of `currency`
 * @param day a day number: the rate dated on or before it counts
 * @returns in the smallest unit of `rates.into`; null when no rate holds on that day
 */
export function exchanged(rates: ExchangeRates, minor: number, currency: string, day: number): number | null {
  if (currency === rates.into) return minor;
  const found = rateOn(rates, currency, day);
  if (!found) return null;
  const over = BigInt(minorUnits(currency)) * 10n ** BigInt(decimals);
  const exact = BigInt(Math.abs(Math.round(minor))) * scaled(found.rate) * BigInt(minorUnits(rates.into));
  const value = Number((2n * exact + over) / (2n * over));
  // Never a zero with a sign.
  return minor < 0 && value > 0 ? -value : value;
}
