import { z } from "zod";
import { hasHiddenTurn } from "../../method/hidden-signs.ts";
import { isDay, isTimeZone } from "../../method/days.ts";
import type { Role } from "../../platform/viewer.ts";

export const allRoles: readonly Role[] = ["rep", "manager", "leader", "admin"];

export const day = z.string().trim().refine(isDay, "This day does not exist. Write it like 2026-03-31.");
const optionalDay = z.union([z.literal("").transform(() => null), day]).default(null);
// A name is one line of text: no control characters, and none that turn the direction of what stands around it. The marks that
// belong to words written from right to left stay.
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .regex(/^\P{Cc}*$/u, "One line of text, please.")
    .refine(
      (text) => !hasHiddenTurn(text),
      "This holds a hidden sign that turns the direction of writing. Type it by hand instead of pasting it.",
    );
export const personName = oneLine(200).min(1, "Write a name.");
export const mailAddress = oneLine(320).pipe(z.email("This is not a mail address."));
export const timeZone = z.string().refine(isTimeZone, "Choose a time zone.");

/** What an admin says about a person; the same for a new one and a known one. */
export const personForm = z
  .object({
    name: personName,
    email: z.union([z.literal("").transform(() => null), mailAddress]).default(null),
    roles: z.array(z.enum(["rep", "manager", "leader", "admin"])).min(1, "Choose at least one role."),
    team: oneLine(200).transform((team) => team || null),
    time_zone: timeZone,
    started_on: optionalDay,
    left_on: optionalDay,
    holiday_calendar_id: z.union([z.literal("").transform(() => null), z.uuid("Choose one of the list.")]).default(null),
    experience: z.enum(["new", "developing", "experienced"], { error: "Choose one." }),
  })
  .refine(({ started_on, left_on }) => !started_on || !left_on || left_on >= started_on, {
    path: ["left_on"],
    message: "The last day cannot be before the first.",
  });

export type PersonDetails = z.infer<typeof personForm>;
