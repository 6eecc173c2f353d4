/** The day an instant falls on in a zone, written out: "2 October 2017". */
export const fullDay = (instant: Date, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: zone }).format(instant);
