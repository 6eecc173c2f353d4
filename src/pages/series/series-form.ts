import { z } from "zod";
import { isDay, isTimeZone } from "../../method/days.ts";
import { type Cadence, cadenceOf, type Day, dayOf, readRule, ruleFor, weekDays, writeRule } from "../../method/recurrence-rule.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { isId } from "../../platform/new-id.ts";

/** What is in the form, as typed. */
export interface SlotForm {
  id: string;
  kind: string;
  manager: string;
  reps: string[];
  cadence: string;
  day: string;
  week: string;
  rule: string;
  from: string;
  time: string;
  zone: string;
  minutes: string;
  place: string;
  gap: string;
  coCoach: string;
}

export interface Slot {
  id: string;
  managerId: string;
  reps: { repId: string; localTime: string }[];
  rrule: string;
  startsOn: string;
  timeZone: string;
  minutes: number;
  place: string;
  coCoachId: string | null;
}

export const cadences: readonly { value: Cadence; words: string }[] = [
  { value: "weekly", words: "Every week" },
  { value: "every 2 weeks", words: "Every 2 weeks" },
  { value: "every 3 weeks", words: "Every 3 weeks" },
  { value: "monthly", words: "Every month, on a weekday" },
  { value: "custom", words: "By a rule of your own" },
];

const whole = (low: number, high: number, words: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, words)
    .transform(Number)
    .refine((n) => n >= low && n <= high, words);

const schema = z.object({
  id: z.string().refine(isId, "This form is broken: open it again."),
  reps: z.array(z.string().refine(isId)).min(1, "Choose at least one rep.").max(30, "Choose thirty people at most at once."),
  manager: z.string().refine(isId, "These people report to different managers or to nobody: choose who holds it."),
  cadence: z.enum(["weekly", "every 2 weeks", "every 3 weeks", "monthly", "custom"], "Choose how often."),
  day: z.enum(weekDays as [Day, ...Day[]], "Choose a weekday."),
  week: z.enum(["1", "2", "3", "4", "-1"], "Choose which one of the month."),
  rule: z.string().trim().max(200, "A rule has 200 signs at most."),
  from: z
    .string()
    .trim()
    .refine(isDay, "Give a day that exists, such as 2026-10-05.")
    .refine((day) => day < "2200", "That is too far away."),
  time: z
    .string()
    .trim()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time, such as 09:00."),
  zone: z.string().refine(isTimeZone, "Choose a time zone from the list."),
  minutes: whole(5, 480, "Between 5 and 480 minutes."),
  place: z.string().trim().max(500, "A place has 500 signs at most."),
  gap: whole(0, 240, "Between 0 and 240 minutes."),
  coCoach: z.string().refine((value) => value === "" || isId(value), "Choose somebody from the list."),
});

/** Reads the form whole: a slot, or what to mend in it. */
export function readSlot(form: SlotForm): { slot: Slot } | { errors: Errors } {
  const parsed = schema.safeParse(form);
  if (!parsed.success) return { errors: errorsOf(parsed.error) };
  const { data } = parsed;
  const rule = ruleOf(data);
  if (typeof rule !== "string") return { errors: { rule: rule.wrong } };
  const starts = stagger(data.time, data.reps.length, data.minutes + data.gap);
  if (!starts) return { errors: { time: "One after another they would go past midnight. Begin earlier, or choose fewer people." } };
  const { id, manager: managerId, from: startsOn, zone: timeZone, minutes, place } = data;
  const reps = data.reps.map((repId, i) => ({ repId, localTime: starts[i] ?? data.time }));
  return { slot: { id, managerId, reps, rrule: rule, startsOn, timeZone, minutes, place, coCoachId: data.coCoach || null } };
}

function ruleOf(data: { cadence: Cadence; day: Day; week: string; rule: string }): string | { wrong: string } {
  if (data.cadence !== "custom") return ruleFor(data.cadence, data.day, Number(data.week));
  if (data.rule === "") return { wrong: "Write the rule, such as FREQ=MONTHLY;BYDAY=2TU." };
  const read = readRule(data.rule);
  return "freq" in read ? writeRule(read) : read;
}

/** Each begins when the one before it has ended, with a pause; null when that goes past midnight. */
function stagger(first: string, howMany: number, every: number): string[] | null {
  const [hours = 0, minutes = 0] = first.split(":").map(Number);
  const times = Array.from({ length: howMany }, (_, i) => hours * 60 + minutes + i * every);
  if ((times.at(-1) ?? 0) >= 24 * 60) return null;
  return times.map((time) => `${String(Math.floor(time / 60)).padStart(2, "0")}:${String(time % 60).padStart(2, "0")}`);
}

/** The form's cadence fields of a rule that is there already. */
export function cadenceFields(rrule: string, startsOn: string): Pick<SlotForm, "cadence" | "day" | "week" | "rule"> {
  const { cadence, day, week } = cadenceOf(rrule);
  return { cadence, day: day ?? dayOf(startsOn), week: String(week), rule: rrule };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Everything typed, however odd: what is missing is empty. */
export function typedSlot(body: Record<string, unknown>): SlotForm {
  const reps = body.reps === undefined ? [] : [body.reps].flat().map(text);
  return {
    id: text(body.id),
    kind: text(body.kind),
    manager: text(body.manager),
    reps: [...new Set(reps)].filter((rep) => rep !== ""),
    cadence: text(body.cadence),
    day: text(body.day),
    week: text(body.week) || "1",
    rule: text(body.rule),
    from: text(body.from),
    time: text(body.time).slice(0, 5),
    zone: text(body.time_zone),
    minutes: text(body.minutes),
    place: text(body.place),
    gap: text(body.gap) || "0",
    coCoach: text(body.co_coach),
  };
}
