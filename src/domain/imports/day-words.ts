const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** "2026-11-22" → "22 November 2026", as remarks about a file say it. */
export const dayWords = (day: string): string => format.format(new Date(`${day}T00:00:00Z`));
