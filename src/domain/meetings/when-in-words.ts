const formats = new Map<string, Intl.DateTimeFormat>();

/** "Tue 6 Oct, 9:00" on the clock of that zone. */
export function whenInWords(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format)
    formats.set(
      timeZone,
      (format = new Intl.DateTimeFormat("en-GB", {
        weekday: "short",
        day: "numeric",
        month: "short",
        hour: "numeric",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone,
      })),
    );
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month?.replace("Sept", "Sep")}, ${Number(part.hour)}:${part.minute}`;
}
