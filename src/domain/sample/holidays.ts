import { idOf } from "./random.ts";
import { day, instant, type Setting } from "./setting.ts";

export interface SampleHoliday {
  on: string;
  name: string;
}

const onDay = (year: number, month: number, dayOfMonth: number): string =>
  Temporal.PlainDate.from({ year, month, day: dayOfMonth }).toString();

/** Such a weekday of a month: the nth, or the last when n is -1. */
function nth(year: number, month: number, weekday: number, n: number): string {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const days = (weekday - first.dayOfWeek + 7) % 7;
  const all = first.add({ days: days + 28 }).month === month ? 5 : 4;
  return first.add({ days: days + 7 * ((n < 0 ? all : n) - 1) }).toString();
}

const ofYear = (year: number): SampleHoliday[] => [
  { on: onDay(year, 1, 1), name: "New Year’s Day" },
  { on: nth(year, 1, 1, 3), name: "Martin Luther King Jr. Day" },
  { on: nth(year, 2, 1, 3), name: "Presidents’ Day" },
  { on: nth(year, 5, 1, -1), name: "Memorial Day" },
  { on: onDay(year, 6, 19), name: "Juneteenth" },
  { on: onDay(year, 7, 4), name: "Independence Day" },
  { on: nth(year, 9, 1, 1), name: "Labor Day" },
  { on: onDay(year, 11, 11), name: "Veterans Day" },
  { on: nth(year, 11, 4, 4), name: "Thanksgiving Day" },
  { on: onDay(year, 12, 25), name: "Christmas Day" },
];

/** The public holidays of last year, this and the next: everything half a year of one-on-ones can meet. */
export function makeHolidays({ today }: Pick<Setting, "today">): SampleHoliday[] {
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1].flatMap(ofYear);
}

export function addHolidays({ rows, now }: Setting, holidays: readonly SampleHoliday[], adminId: string): void {
  const made = now - 720 * day;
  const id = idOf("holidays United States", made);
  rows.add("holiday_calendar", { id, name: "United States", is_default: true, created_by: adminId, created_at: instant(made) });
  for (const { on, name } of holidays) rows.add("holiday", { calendar_id: id, on_day: on, name, created_at: instant(made) });
}
