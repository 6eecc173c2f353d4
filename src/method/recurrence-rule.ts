/** What a recurrence rule of Kept may say: a subset of RFC 5545, by the day. The time of day is the slot's. */

const parts = new Set(["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL"]);
const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Day = (typeof days)[number];
export const weekDays: readonly Day[] = days;

export interface RuleParts {
  freq: (typeof frequencies)[number];
  parts: Map<string, string>;
}

const number = (low: number, high: number) => (value: string) =>
  value.split(",").every((one) => /^[+-]?\d{1,3}$/.test(one) && Number(one) !== 0 && Number(one) >= low && Number(one) <= high);

const shapes: Record<string, (value: string) => boolean> = {
  INTERVAL: number(1, 99),
  COUNT: number(1, 999),
  BYMONTHDAY: number(-31, 31),
  BYMONTH: number(1, 12),
  BYSETPOS: number(-31, 31),
  BYDAY: (value) => value.split(",").every((one) => /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.test(one)),
  WKST: (value) => days.some((day) => day === value),
  UNTIL: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value) && isDay(`${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`),
};

function isDay(value: string): boolean {
  try {
    return Temporal.PlainDate.from(value, { overflow: "reject" }).toString() === value;
  } catch {
    return false;
  }
}

/** Takes a rule apart, or says in words what is wrong with it. */
export function readRule(rule: string): RuleParts | { wrong: string } {
  const given = new Map<string, string>();
  for (const piece of rule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [name = "", value = "", ...more] = piece.split("=");
    if (!parts.has(name) || value === "" || more.length > 0)
      return { wrong: `“${piece.slice(0, 40)}” is not a part of a rule that Kept knows.` };
    if (given.has(name)) return { wrong: `${name} is there twice.` };
    if (shapes[name] && !shapes[name](value)) return { wrong: `${name} cannot be ${value.slice(0, 40)}.` };
    given.set(name, value);
  }
  const freq = frequencies.find((one) => one === given.get("FREQ"));
  if (!freq) return { wrong: "A rule begins with FREQ=WEEKLY or FREQ=MONTHLY." };
  if (given.has("COUNT") && given.has("UNTIL")) return { wrong: "A rule ends by COUNT or by UNTIL, not by both." };
  if (freq === "WEEKLY" && (given.has("BYMONTHDAY") || /\d/.test(given.get("BYDAY") ?? "")))
    return { wrong: "A weekly rule names plain weekdays, such as BYDAY=TU." };
  return { freq, parts: given };
}

/** The rule as it is kept: capitals, no prefix. */
export function writeRule({ parts }: RuleParts): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(";");
}

export type Cadence = "weekly" | "every 2 weeks" | "every 3 weeks" | "monthly" | "custom";

/** The rule of the common cadences. `week` is which such weekday of the month: 1–4, or −1 for the last. */
export function ruleFor(cadence: Exclude<Cadence, "custom">, day: Day, week = 1): string {
  if (cadence === "monthly") return `FREQ=MONTHLY;BYDAY=${week}${day}`;
  const interval = cadence === "weekly" ? "" : `INTERVAL=${cadence === "every 2 weeks" ? 2 : 3};`;
  return `FREQ=WEEKLY;${interval}BYDAY=${day}`;
}

/** What a rule is in the form's own terms. */
export function cadenceOf(rule: string): { cadence: Cadence; day: Day | null; week: number } {
  const custom = { cadence: "custom" as const, day: null, week: 1 };
  const read = readRule(rule);
  if (!("freq" in read)) return custom;
  const { freq, parts } = read;
  const byDay = /^([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(parts.get("BYDAY") ?? "");
  const others = [...parts.keys()].filter((name) => !["FREQ", "INTERVAL", "BYDAY", "WKST"].includes(name));
  if (others.length > 0) return custom;
  const day = (byDay?.[2] as Day | undefined) ?? null;
  const interval = Number(parts.get("INTERVAL") ?? 1);
  if (freq === "WEEKLY" && (day || !parts.has("BYDAY")) && interval <= 3)
    return { cadence: interval === 1 ? "weekly" : interval === 2 ? "every 2 weeks" : "every 3 weeks", day, week: 1 };
  const week = Number(byDay?.[1] ?? 0);
  if (freq === "MONTHLY" && interval === 1 && day && [1, 2, 3, 4, -1].includes(week)) return { cadence: "monthly", day, week };
  return custom;
}

const dayNames: Record<Day, string> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const weekNames: Record<number, string> = { 1: "first", 2: "second", 3: "third", 4: "fourth", [-1]: "last" };
export const dayName = (day: Day): string => dayNames[day];
export const weekName = (week: number): string => weekNames[week] ?? "";

/** "Every Tuesday", "Every second Tuesday", "The first Monday of the month"; a rule of one's own is shown as it is. */
export function ruleInWords(rule: string): string {
  const { cadence, day, week } = cadenceOf(rule);
  if (cadence === "custom") return rule;
  const name = day ? dayNames[day] : "week";
  if (cadence === "monthly") return `The ${weekName(week)} ${name} of the month`;
  return { weekly: `Every ${name}`, "every 2 weeks": `Every second ${name}`, "every 3 weeks": `Every third ${name}` }[cadence];
}

/** The weekday of a calendar day. */
export const dayOf = (date: string): Day => days[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? "MO";
