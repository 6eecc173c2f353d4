import type { DecimalMark } from "../domain/imports/import-settings.ts";

/** What a column's values say about its decimal mark. */
export interface NumberEvidence {
  point: boolean;
  comma: boolean;
  /** A value that either mark could have made: 1.234 */
  open: string | null;
}

export const noNumberEvidence = (): NumberEvidence => ({ point: false, comma: false, open: null });

const around = /[\s\u00a0\u202f'’$€£¥]|[A-Z]{3}(?=\s|$|\d|-)|(?<=\d|\s)[A-Z]{3}$/g;

/** Digits and marks alone; "(5)" is minus five. */
function strip(text: string): string {
  const bare = text.replaceAll(around, "");
  return /^\(.*\)$/.test(bare) ? `-${bare.slice(1, -1)}` : bare;
}

const plain = /^[-+]?\d+$/;

/** Notes what `text` tells about its column. */
export function weighNumber(evidence: NumberEvidence, text: string): void {
  if (plain.test(text)) return;
  const mark = markOf(strip(text));
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

const grouped = { point: /^[-+]?(\d{1,3}(,\d{3})+|\d*)(\.\d+)?$/, comma: /^[-+]?(\d{1,3}(\.\d{3})+|\d*)(,\d+)?$/ };

/** "1.234,56" → "1234.56". Null when it is no number in that writing. */
export function plainNumber(text: string, mark: DecimalMark | null): string | null {
  if (plain.test(text)) return text;
  const bare = strip(text);
  const own = markOf(bare);
  const used = mark ?? (own === "comma" ? "comma" : "point");
  if (!/\d/.test(bare) || !grouped[used].test(bare)) return null;
  return used === "point" ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", ".");
}

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
