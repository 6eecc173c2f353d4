import { type ForecastCategory, forecastCategory } from "../../method/forecast-category.ts";
import { type Period, readPeriod } from "../../method/period.ts";
import type { ImportField, What } from "./import-fields.ts";
import type { Columns } from "./import-settings.ts";

/** A column that is itself a period, a category of a forecast, or both: "Jan 2026", "Commit", "Q1 FY26 Best Case". */
export interface WideColumn {
  key: string;
  header: string;
  at: number;
  period: Period | null;
  category: ForecastCategory | null;
}

const mark = "in ";
const isWide = (what: What): boolean => what === "quotas" || what === "forecasts";
const fillers = /\b(quotas?|targets?|plan|amount|forecast|usd|eur|gbp|chf)\b|[()$€£]/gi;

function partsOf(header: string, startsIn: number): Pick<WideColumn, "period" | "category"> {
  const isFiscal = /fiscal/i.test(header);
  const bare = header.replaceAll(fillers, " ").trim();
  const whole = { period: readPeriod(bare, startsIn, isFiscal), category: forecastCategory(bare) };
  if (whole.period || whole.category) return whole;
  const words = bare.split(/[\s\-_–:]+/).filter(Boolean);
  for (let cut = 1; cut < words.length; cut++)
    for (const [a, b] of [
      [words.slice(0, cut), words.slice(cut)],
      [words.slice(cut), words.slice(0, cut)],
    ] as const) {
      const period = readPeriod(a.join(" "), startsIn, isFiscal) ?? readPeriod(a.join("-"), startsIn, isFiscal);
      const category = forecastCategory(b.join(" "));
      if (period && category) return { period, category };
    }
  return whole;
}

/** The wide columns among those of a file. */
export function wideIn(columns: Columns, startsIn = 1): WideColumn[] {
  return Object.entries(columns).flatMap(([key, at]) => {
    if (!key.startsWith(mark) || at === null) return [];
    const header = key.slice(mark.length);
    return [{ key, header, at, ...partsOf(header, startsIn) }];
  });
}

/** Where periods of several lengths stand side by side, the longer ones are sums of the shorter. */
function withoutSums(found: readonly WideColumn[]): WideColumn[] {
  const shortest = Math.min(...found.map(({ period }) => period?.months ?? 12));
  return found.filter(({ period }) => period === null || period.months === shortest);
}

/** Adds the columns that are periods or categories where the file has no column that names them. */
export function withWideColumns(what: What, header: readonly string[], columns: Columns): Columns {
  if (!isWide(what)) return columns;
  const used = new Set(Object.values(columns).filter((at) => at !== null && at !== columns.month && at !== columns.amount));
  const all = header.flatMap((name, at) => {
    if (used.has(at) || name === "") return [];
    const parts = partsOf(name, 1);
    const fits = parts.period !== null || (what === "forecasts" && parts.category !== null);
    return fits ? [{ key: `${mark}${name}`, header: name, at, ...parts }] : [];
  });
  const wide = withoutSums(what === "quotas" ? all.filter(({ category }) => category === null) : all);
  if (wide.length === 0 || (wide.length === 1 && columns.month != null && columns.amount != null)) return columns;
  const hasPeriods = wide.every(({ period }) => period !== null);
  return {
    ...columns,
    amount: null,
    ...(hasPeriods ? { month: null } : {}),
    ...Object.fromEntries(wide.map(({ key, at }) => [key, at])),
  };
}

/** Whether such columns stand in for a field: "months" for the period, "categories" for the category. */
export function standsIn(need: string, columns: Columns): boolean {
  const wide = wideIn(columns);
  if (need === "months") return wide.length > 0 && wide.every(({ period }) => period !== null);
  return need === "categories" && wide.length > 0 && wide.every(({ category }) => category !== null);
}

/** The fields of a file with its wide columns, each of which holds an amount. */
export const withWideFields = (fields: readonly ImportField[], columns: Columns): ImportField[] => [
  ...fields,
  ...wideIn(columns).map(({ key, header }): ImportField => ({ key, words: header, type: "money", aliases: [] })),
];
