export type DatabaseRefusal = "closed" | "not yours" | "not storable" | "not known";

/** What the database does not take, by the policies, triggers and types of the tables; null when something broke instead. */
export function databaseRefusal(error: unknown): DatabaseRefusal | null {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (code === "KE001") return "closed";
  if (code === "KE002" || code === "KE003" || code === "42501") return "not yours";
  if (/^22...$/.test(code)) return "not storable";
  return /^23...$/.test(code) ? "not known" : null;
}
