import type pg from "pg";

export interface ExportTiming {
  /** From when on what the file says is known. */
  exportedAt: Date;
  /** An export of the same source made later is already in: this one is placed in its time. */
  isLate: boolean;
}

const sameDay = 12 * 3_600_000;
const step = 60_000;

/** Two exports of one day are in the order in which they came: the later one counts from a minute after. */
export async function timingOf(client: pg.ClientBase, orgId: string, source: string, wanted: Date): Promise<ExportTiming> {
  const { rows } = await client.query<{ at: Date }>(
    `select exported_at as at from import_run where org_id = $1 and source = $2 and state = 'applied' and exported_at >= $3 order by 1`,
    [orgId, source, wanted],
  );
  let at = wanted.getTime();
  for (const row of rows) if (row.at.getTime() - wanted.getTime() < sameDay) at = Math.max(at, row.at.getTime() + step);
  const newest = rows.at(-1)?.at.getTime() ?? 0;
  return { exportedAt: new Date(at), isLate: newest > at };
}

/**
 * The day a file was exported, as far as can be told: the latest day in it, but never a day to come (a deal may be won on paper
 * tomorrow), unless the clock stands still before the file; and never before an export already here. Then it is today.
 */
export async function exportDayOf(
  client: pg.ClientBase,
  {
    orgId,
    source,
    latestDay,
    today,
    isFrozen,
  }: { orgId: string; source: string; latestDay: string | null; today: string; isFrozen: boolean },
): Promise<string> {
  if (latestDay === null) return today;
  if (latestDay > today) return isFrozen ? latestDay : today;
  const { rows } = await client.query<{ day: string | null }>(
    `select max((r.exported_at at time zone o.time_zone)::date)::text as day from import_run r join organisation o on o.org_id = r.org_id
      where r.org_id = $1 and r.source = $2 and r.state = 'applied'`,
    [orgId, source],
  );
  const newest = rows[0]?.day ?? null;
  return newest !== null && latestDay < newest && newest <= today ? today : latestDay;
}
