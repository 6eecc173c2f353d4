import type pg from "pg";
import type { Job } from "./staging.ts";

const inZone = (column: string): string => `(${column} at time zone $1)::date`;
const staysSince = (known: string): string =>
  `createdOn stays ${known}: it is known here from that day, and a later one would take away its past`;

/**
 * A deal cannot have come into being later than it is known from: that would take away days of its past that were shown. The row
 * is refused where it says nothing else, and otherwise taken without it. Days are those of the organisation: an hour is no news.
 * @returns how many of those counted as the same were refused
 */
export async function refuseLaterCreation(
  client: pg.ClientBase,
  { provided, isLate, timeZone }: Job,
  { remarks }: { remarks: Map<number, string> },
): Promise<number> {
  if (!provided.has("created_on") || isLate) return 0;
  const { rows } = await client.query<{ line: number; known: string; moves: boolean }>(
    `select s.line, ${inZone("k.created_at")}::text as known, exists (select 1 from moved m where m.line = s.line) as moves
      from staged s join known k on k.line = s.line where s.reason is null and ${inZone("s.dated_at")} > ${inZone("k.created_at")}`,
    [timeZone],
  );
  for (const { line, known, moves } of rows) if (moves) remarks.set(line, staysSince(known));
  const alone = rows.filter(({ moves }) => !moves);
  await client.query("update staged s set reason = r.reason from unnest($1::int[], $2::text[]) as r(line, reason) where s.line = r.line", [
    alone.map(({ line }) => line),
    alone.map(({ known }) => staysSince(known)),
  ]);
  return alone.length;
}

/** A file is told so as a whole: its rows say other things too, and go in without that day. */
export async function laterCreationNote(client: pg.ClientBase, { provided, isLate }: Pick<Job, "provided" | "isLate">): Promise<string[]> {
  if (!provided.has("created_on") || isLate) return [];
  const { rows } = await client.query<{ n: number; line: number | null }>(
    `select count(*)::int as n, min(s.line)::int as line from staged s join known k on k.line = s.line
      where s.reason is null and s.dated_at >= k.created_at + interval '1 day'`,
  );
  const { n = 0, line } = rows[0] ?? {};
  if (n === 0) return [];
  const deals = n === 1 ? `The deal in line ${line} has` : `${n.toLocaleString("en-US")} deals, the first in line ${line}, have`;
  return [
    `${deals} a later day of creation than here. ${n === 1 ? "It stays" : "They stay"} known from the earlier day: a later one would take away days that were shown.`,
  ];
}
