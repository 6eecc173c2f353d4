const lookBackUntil = 7;

const firstOf = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day).with({ day: 1 });

/**
 * Which month a one-on-one looks at: within the first week of a month the one just ended, afterwards the one that runs.
 * @param day the day of the one-on-one, YYYY-MM-DD
 * @returns YYYY-MM-01
 */
export function monthAsked(day: string): string {
  const first = firstOf(day);
  return (Temporal.PlainDate.from(day).day <= lookBackUntil ? first.subtract({ months: 1 }) : first).toString();
}

/** The months of the fiscal year up to and with this one, oldest first. */
export function fiscalYearTo(month: string, startsIn: number): string[] {
  const last = firstOf(month);
  const count = ((last.month - startsIn + 12) % 12) + 1;
  return Array.from({ length: count }, (_, n) => last.subtract({ months: count - 1 - n }).toString());
}

/** This month and those before it, newest first. */
export function monthsBack(month: string, count: number): string[] {
  const first = firstOf(month);
  return Array.from({ length: count }, (_, n) => first.subtract({ months: n }).toString());
}
