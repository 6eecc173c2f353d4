/** Calendar days counted from 1970-01-01, for sums over thousands of deals: whole numbers, no time zone, no clock. */

/** @param day a calendar day, YYYY-MM-DD */
export const dayNumber = (day: string): number => Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000);

/** The calendar day, YYYY-MM-DD, of a day number. */
export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** Months counted from January of the year 0: one number a calendar month. */
export function monthNumber(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first day of a month of `monthNumber`, as a day number. */
export const monthStart = (month: number): number => Math.floor(Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000);
