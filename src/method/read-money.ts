/** Largest amount somebody can mean: beyond it, a slip of the finger. */
const most = 1e13;

const factors: Record<string, number> = { "": 1, k: 1e3, m: 1e6, mm: 1e6, mio: 1e6, b: 1e9, bn: 1e9 };

/**
 * An amount as people type it: "38,120", "38.120,50", "$38 120", "38k", "1.2m".
 * A mark that is followed by exactly three digits parts thousands, unless a "k" or "m" follows; any other last mark is the decimal one.
 * @param scale minor units in one, 100 for dollars
 * @returns minor units, or null when it is no amount of zero or more
 */
export function readMoney(typed: string, scale: number): number | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replaceAll(/[\s\u00a0\u202f'’_]/g, "")
    .replace(/^(?:[a-z]{3}|\p{Sc})(?=\d)/u, "");
  const found = /^(\d[\d.,]*)(k|mm|mio|m|bn|b|)(?:\p{Sc}|[a-z]{3})?$/u.exec(text);
  if (!found) return null;
  const [, digits = "", suffix = ""] = found;
  const value = readDigits(digits, suffix !== "");
  if (value === null) return null;
  const minor = Math.round(value * (factors[suffix] ?? 1) * scale);
  return Number.isSafeInteger(minor) && minor <= most * scale ? minor : null;
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
