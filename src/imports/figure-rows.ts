import type { Lookups } from "../domain/imports/import-lookups.ts";
import type { Answers, Columns, Reading } from "../domain/imports/import-settings.ts";
import type { Value } from "../domain/imports/staging.ts";
import { wideIn } from "../domain/imports/wide-columns.ts";
import { type ForecastCategory, forecastCategory } from "../method/forecast-category.ts";
import { minorUnits } from "../method/minor-units.ts";
import { monthsOf, type Period, readPeriod, shareOut } from "../method/period.ts";
import { findPerson } from "./find-person.ts";
import type { Converter } from "./row-converter.ts";
import type { RowReader } from "./row-reader.ts";

interface Plan {
  lookups: Lookups;
  answers: Answers;
  columns: Columns;
  header: readonly string[];
}

/** One figure of a row; a row of the wide form has several. */
interface Figure {
  period: Period;
  category: ForecastCategory | null;
  /** Null where the cell is empty: there is no figure, which is not zero. */
  minor: number | null;
}

/** The decimal mark of the amounts holds in every wide column. */
export const readingOfWide = (columns: Columns, reading: Reading): Reading => ({
  ...reading,
  numbers: {
    ...Object.fromEntries(wideIn(columns).map(({ key }) => [key, reading.numbers.amount ?? null])),
    ...reading.numbers,
  },
});

const isDash = (text: string | null): boolean => text === null || /^([-–—]|n\/?a|none|null)$/i.test(text);

function currencyOf(reader: RowReader, lookups: Lookups): string {
  const currency = reader.text("currency")?.toUpperCase() ?? lookups.currency;
  if (/^[A-Z]{3}$/.test(currency)) return currency;
  reader.problems.push(`“${currency}” is no currency`);
  return lookups.currency;
}

function periodIn(reader: RowReader, { lookups, columns, header }: Plan): Period | null {
  const text = reader.text("month");
  if (text === null) {
    reader.problems.push("it names no period");
    return null;
  }
  const isFiscal = /fiscal/i.test(header[columns.month ?? -1] ?? "");
  const found = readPeriod(text, lookups.fiscalYearStartsIn, isFiscal);
  // A whole date is read as its column is; "1/2/2026" alone could be either.
  if (found && !/^\d{1,2}[/.-]\d{1,2}[/.-]/.test(text)) return found;
  const month = reader.month("month");
  return month === null ? null : { from: month, months: 1 };
}

function categoryIn(reader: RowReader): ForecastCategory | null {
  const text = reader.text("category");
  const category = text === null ? null : forecastCategory(text);
  if (text === null) reader.problems.push("it names no category");
  else if (category === null) reader.problems.push(`“${text}” is none of commit, best case, pipeline, omitted and closed`);
  return category;
}

/** Every figure of the open row, or of its wide columns. */
function figuresOf(reader: RowReader, plan: Plan, scale: number, hasCategory: boolean): Figure[] {
  const minorIn = (key: string) => (isDash(reader.text(key)) ? null : reader.money(key, scale));
  const wide = wideIn(plan.columns, plan.lookups.fiscalYearStartsIn);
  const period = wide.every((one) => one.period) && wide.length > 0 ? null : periodIn(reader, plan);
  const category = !hasCategory || (wide.every((one) => one.category) && wide.length > 0) ? null : categoryIn(reader);
  if (reader.problems.length > 0) return [];
  const columns = wide.length > 0 ? wide : [{ key: "amount", period: null, category: null }];
  return columns.flatMap((column) => {
    const of = column.period ?? period;
    return of ? [{ period: of, category: column.category ?? category, minor: minorIn(column.key) }] : [];
  });
}

/** A quota for each month: that of a quarter or a year is shared out on its months. */
export function quotaConverter(reader: RowReader, plan: Plan): Converter {
  return () => {
    const person = findPerson(reader, "person", plan.lookups, plan.answers);
    const currency = currencyOf(reader, plan.lookups);
    const figures = figuresOf(reader, plan, minorUnits(currency), false);
    if (figures.some(({ minor }) => minor !== null && minor < 0)) reader.problems.push("a quota cannot be less than zero");
    if (reader.problems.length > 0 || !person) return null;
    const [values, ...more] = figures.flatMap(({ period, minor }): Value[][] => {
      const shares = minor === null ? [] : shareOut(minor, period.months);
      return monthsOf(period).map((month, n) => [person.id, month, shares[n] ?? null, currency, period.months]);
    });
    return values ? { values, more, warning: null } : null;
  };
}

export function forecastConverter(reader: RowReader, plan: Plan, saidOn: string, today: string): Converter {
  return () => {
    const person = findPerson(reader, "person", plan.lookups, plan.answers);
    const currency = currencyOf(reader, plan.lookups);
    const asOf = reader.date("as_of")?.day ?? saidOn;
    if (asOf > today) reader.problems.push(`${asOf} is still to come: a forecast is as of a day that has been`);
    const figures = figuresOf(reader, plan, minorUnits(currency), true);
    if (reader.problems.length > 0 || !person) return null;
    const [values, ...more] = figures.map(({ period, category, minor }): Value[] => [
      person.id,
      period.from,
      period.months,
      category,
      asOf,
      minor,
      currency,
    ]);
    return values ? { values, more, warning: null } : null;
  };
}
