import type { FileDate } from "./read-date.ts";

/** Turns a file's dates into instants of the organisation: a day without a time counts as its noon. */
export function instantsIn(timeZone: string): (date: FileDate) => number {
  const noons = new Map<string, number>();
  const local = (day: string, time: string) => Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
  return ({ day, time, zone }) => {
    if (time && zone) return Temporal.Instant.from(`${day}T${time}${zone}`).epochMilliseconds;
    if (time) return local(day, time);
    let noon = noons.get(day);
    if (noon === undefined) {
      if (noons.size > 50_000) noons.clear();
      noons.set(day, (noon = local(day, "12:00:00")));
    }
    return noon;
  };
}
