import { minorUnits } from "./minor-units.ts";

/** Largest amount somebody can mean: beyond it, a slip of the finger. */
const most = 1e13;

const factors = { "": 1, k: 1e3, m: 1e6, mm: 1e6, mio: 1e6, b: 1e9, bn: 1e9 } as const;

/**
 * An amount as people type it: "38,120", "38.120,50", "$38 120", "38k", "1.2m", with or without the sign or code of its currency.
 * A mark that is followed by exactly three digits parts thousands, unless a "k" or "m" follows; any other last mark is the decimal one.
 * @param currency ISO code of the one it is meant in
 * @returns minor units, or null when it is no amount of zero or more in that currency
 */
export function readMoney(typed: string, currency: string): number | null {
  const parts = partsOf(typed);
  if (!parts || !(parts.head === "" || isSignOf(parts.head, currency))) return null;
  const suffix = suffixOf(parts.tail, (rest) => rest === "" || isSignOf(rest, currency));
  if (suffix === null) return null;
  const value = readDigits(parts.digits, suffix !== "");
  if (value === null) return null;
  const scale = minorUnits(currency);
  const minor = Math.round(value * factors[suffix] * scale);
  return Number.isSafeInteger(minor) && minor <= most * scale ? minor : null;
}

/** What to say where `readMoney` finds no amount: an amount in another currency is not taken for one in this. */
export function notAnAmount(typed: string, currency: string, otherwise = "Write an amount such as 38,120 or 38k."): string {
  const parts = partsOf(typed);
  const isForeign = (sign: string) => isSign(sign) && !isSignOf(sign, currency);
  const namesAnother = parts && (isForeign(parts.head) || suffixOf(parts.tail, isForeign) !== null);
  return namesAnother ? `Write the amount in ${currency}.` : otherwise;
}

/** Digits with their marks, and what stands before and after them. */
function partsOf(typed: string): { head: string; digits: string; tail: string } | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replaceAll(/[\s\u00a0\u202f'’_]/g, "");
  const [, head = "", digits, tail = ""] = /^([^\d.,-]{0,4})(\d[\d.,]*)([^\d.,]{0,7})$/u.exec(text) ?? [];
  return digits === undefined ? null : { head, digits, tail };
}

/** The "k" or "m" that what follows the digits begins with, where the rest of it is as wanted. */
function suffixOf(tail: string, isWanted: (rest: string) => boolean): keyof typeof factors | null {
  const suffixes = Object.keys(factors) as (keyof typeof factors)[];
  return suffixes.find((suffix) => tail.startsWith(suffix) && isWanted(tail.slice(suffix.length))) ?? null;
}

const codes = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** "€", "us$", "chf", "kr". */
const isSign = (text: string): boolean => codes.has(text) || /^[a-z]{0,2}\p{Sc}$|^kr$/u.test(text);

const signs = new Map<string, Set<string>>();

/** The code and the signs by which people write a currency: "usd", "$", "us$". */
function isSignOf(text: string, currency: string): boolean {
  let own = signs.get(currency);
  if (!own) {
    own = new Set([currency.toLowerCase()]);
    for (const currencyDisplay of ["symbol", "narrowSymbol"] as const) {
      const parts = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay }).formatToParts(0);
      own.add(parts.find(({ type }) => type === "currency")?.value.toLowerCase() ?? "");
    }
    if (currency === "USD") own.add("us$");
    signs.set(currency, own);
  }
  return own.has(text);
}

function readDigits(digits: string, hasSuffix: boolean): number | null {
  const marks = [...digits.matchAll(/[.,]/g)].map(({ 0: mark, index }) => ({ mark, index }));
  const last = marks.at(-1);
  if (!last) return Number(digits);
  const after = digits.length - last.index - 1;
  const sameBefore = marks.slice(0, -1).some(({ mark }) => mark === last.mark);
  const isDecimal = !sameBefore && (hasSuffix || after !== 3);
  const whole = isDecimal ? digits.slice(0, last.index) : digits;
  const decimals = isDecimal ? digits.slice(last.index + 1) : "";
  if (isDecimal && whole.includes(last.mark)) return null;
  if (!/^\d{1,3}(?:[.,]\d{3})*$|^\d+$/.test(whole) || new Set(whole.match(/[.,]/g)).size > 1) return null;
  return Number(`${whole.replaceAll(/[.,]/g, "")}.${decimals || "0"}`);
}
