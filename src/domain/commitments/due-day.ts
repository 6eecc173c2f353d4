import { Refusal } from "../../platform/refusal.ts";

const years = 2;

/** Refuses a day of a promise that has passed, or that nobody can mean. @param dueOn YYYY-MM-DD, as `today` */
export function checkDueDay(field: string, dueOn: string, today: string): void {
  if (dueOn < today) throw new Refusal(field, "That day has passed. Pick one to come.");
  if (dueOn > Temporal.PlainDate.from(today).add({ years }).toString())
    throw new Refusal(field, "That is more than two years ahead. Pick a nearer day.");
}
