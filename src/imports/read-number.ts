import type { DecimalMark } from "../domain/imports/import-settings.ts";

/** What a column's values say about its decimal mark. */
export interface NumberEvidence {
  point: boolean;
  comma: boolean;
  /** A value that either mark could have made: 1.234 */
  open: string | null;
  /** A value that only one mark could have made. */
  proof: string | null;
}

export const noNumberEvidence = (): NumberEvidence => ({ point: false, comma: false, open: null, proof: null });

/** Spaces of every width, and apostrophes, stand between thousands; signs of currencies around the number. */
const spaces = /[\s\u200b'’‘`´]/g;
const signs = /\p{Sc}|(?<!\p{L})(?:kr|zł|Kč|Ft|lei|лв|R|Fr)(?!\p{L})\.?|%/gu;
const currencies = new Set(Intl.supportedValuesOf("currency"));
const code = /^([A-Z]{3})(?=[-+(\d\s.,])|(?<=[\d\s)kKmMbB.])([A-Z]{3})$/g;
const scales: readonly [RegExp, number][] = [
  [/(?<=\d)(?:k|tsd|thousand|tis)\.?$/i, 3],
  [/(?<=\d)(?:m|mm|mio|mln|million|millions)\.?$/i, 6],
  [/(?<=\d)(?:b|bn|mrd|mld|billion|billions)\.?$/i, 9],
];

/** Digits and marks alone, and how many noughts stand behind them: “250k” is 250 and three. “(5)” and “5-” are minus five. */
function strip(text: string): { bare: string; noughts: number } {
  const inside = /^\((.*)\)$/.exec(text.trim());
  let bare = (inside?.[1] ?? text).trim();
  bare = bare.replaceAll(code, (found) => (currencies.has(found) ? "" : found));
  bare = bare.replaceAll(signs, "").replaceAll(spaces, "").replace("−", "-");
  const inner = /^\((.*)\)$/.exec(bare);
  if (inner) bare = inner[1] ?? "";
  const isMinus = Boolean(inside ?? inner) || /^[\d.,]+-$/.test(bare);
  if (bare.endsWith("-")) bare = bare.slice(0, -1);
  const scale = scales.find(([pattern]) => pattern.test(bare));
  if (scale) bare = bare.replace(scale[0], "");
  return { bare: isMinus && !bare.startsWith("-") ? `-${bare}` : bare, noughts: scale?.[1] ?? 0 };
}

const plain = /^[-+]?\d+$/;

/** Notes what `text` tells about its column. */
export function weighNumber(evidence: NumberEvidence, text: string): void {
  if (plain.test(text)) return;
  const { bare } = strip(text);
  const own = markOf(bare);
  // No currency with a sign has thousandths: three digits after a lone mark are a group, “$120,500”.
  const isGroup = own === "open" && /\p{Sc}/u.test(text);
  const mark = isGroup ? (bare.includes(",") ? "point" : "comma") : own;
  if (mark === "point" || mark === "comma") evidence.proof ??= text;
  if (mark === "point") evidence.point = true;
  else if (mark === "comma") evidence.comma = true;
  else if (mark === "open") evidence.open ??= text;
}

/** Which mark separates the decimals, as far as one value can tell. */
function markOf(bare: string): DecimalMark | "open" | null {
  const points = bare.split(".").length - 1;
  const commas = bare.split(",").length - 1;
  if (points + commas === 0) return null;
  if (points > 0 && commas > 0) return bare.lastIndexOf(".") > bare.lastIndexOf(",") ? "point" : "comma";
  if (points > 1) return "comma";
  if (commas > 1) return "point";
  const mark = points === 1 ? "." : ",";
  const [before = "", after = ""] = bare.split(mark);
  const couldGroup = after.length === 3 && /^[-+]?[1-9]\d{0,2}$/.test(before);
  if (couldGroup) return "open";
  return mark === "." ? "point" : "comma";
}

export const isAskable = ({ point, comma, open }: NumberEvidence): boolean => open !== null && point === comma;

/** The column's mark where all its values agree. */
export const agreedMark = ({ point, comma }: NumberEvidence): DecimalMark | null => (point === comma ? null : point ? "point" : "comma");

// Thousands in threes, or as in India in twos up to the last three.
const grouped = {
  point: /^[-+]?(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3}|\d*)(\.\d*)?$/,
  comma: /^[-+]?(\d{1,3}(\.\d{3})+|\d{1,2}(\.\d{2})+\.\d{3}|\d*)(,\d*)?$/,
};

/** "1.234,56" → "1234.56". Null when it is no number in that writing. */
export function plainNumber(text: string, mark: DecimalMark | null): string | null {
  if (plain.test(text)) return text;
  const { bare, noughts } = strip(text);
  const own = markOf(bare);
  const used = mark ?? (own === "comma" ? "comma" : "point");
  if (!/\d/.test(bare) || !grouped[used].test(bare)) return null;
  const number = (used === "point" ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", ".")).replace(/\.$/, "");
  return noughts === 0 ? number : withNoughts(number, noughts);
}

/** The point moved to the right: “1.2” and six are 1200000. */
function withNoughts(number: string, noughts: number): string {
  const [whole = "", part = ""] = number.split(".");
  const moved = `${whole}${part.slice(0, noughts).padEnd(noughts, "0")}`.replace(/^([-+]?)0+(?=\d)/, "$1");
  return part.length > noughts ? `${moved}.${part.slice(noughts)}` : moved;
}

/** The currency a value names itself. A sign that several have means that of the organisation, if it has the sign too. */
export function currencyIn(text: string, home: string): string | null {
  const letters = /(?:^|[\d\s)])([A-Z]{3})(?=$|[\d\s(-])/.exec(text)?.[1];
  if (letters !== undefined && currencies.has(letters)) return letters;
  const sign = /\p{Sc}/u.exec(text)?.[0];
  const meant = sign === undefined ? undefined : bySign[sign];
  return meant === undefined ? null : meant.includes(home) ? home : (meant[0] ?? null);
}

const bySign: Record<string, readonly string[]> = {
  $: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "CLP", "COP", "ARS"],
  "¥": ["JPY", "CNY"],
  "€": ["EUR"],
  "£": ["GBP"],
  "₹": ["INR"],
  "₩": ["KRW"],
  "₽": ["RUB"],
  "₺": ["TRY"],
  "₴": ["UAH"],
  "₫": ["VND"],
  "₪": ["ILS"],
};

/** "1054.5" → 105450 at a scale of 100, rounded half away from zero. Null beyond what can be kept exactly. */
export function toMinor(number: string, scale: number): number | null {
  const places = Math.round(Math.log10(scale));
  const [, sign = "", whole = "", part = ""] = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(number) ?? [];
  const kept = part.padEnd(places + 1, "0");
  const up = (kept[places] ?? "0") >= "5" ? 1 : 0;
  const minor = Number(`${whole || "0"}${kept.slice(0, places)}`) + up;
  if (!Number.isSafeInteger(minor)) return null;
  return sign === "-" && minor !== 0 ? -minor : minor;
}
