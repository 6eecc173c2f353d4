import { z } from "zod";
import { mailAddress, personName, timeZone } from "../people/person-form.ts";
import { leastPasswordLength } from "../../platform/password-length.ts";

export const currencies: readonly string[] = Intl.supportedValuesOf("currency");

export const currency = z.string().refine((code) => currencies.includes(code), "Choose a currency.");
export const password = z
  .string()
  .min(leastPasswordLength, `This is too short: at least ${leastPasswordLength} characters.`)
  .max(200, "At most 200 characters.");
const hours = (least: number) =>
  z.coerce
    .number({ error: "Write a number of hours." })
    .int("Whole hours.")
    .min(least, `At least ${least}.`)
    .max(336, "At most 336, two weeks.");

export const organisationForm = z.object({
  name: personName,
  currency,
  time_zone: timeZone,
  agenda_notice_hours: hours(0),
  missed_grace_hours: hours(1),
});

export const setUpForm = z.object({
  company: personName,
  currency,
  time_zone: timeZone,
  name: personName,
  email: mailAddress,
  password,
  manages: z.boolean(),
});

export type OrganisationSettings = z.infer<typeof organisationForm>;
export type SetUpAnswers = z.infer<typeof setUpForm>;
