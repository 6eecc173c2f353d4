import type { z } from "zod";

export type Errors = Record<string, string | undefined>;

/** The first thing wrong with each field, in words for the person who typed it. */
export function errorsOf(error: z.ZodError): Errors {
  const errors: Errors = {};
  for (const issue of error.issues) errors[String(issue.path[0] ?? "form")] ??= issue.message;
  return errors;
}
