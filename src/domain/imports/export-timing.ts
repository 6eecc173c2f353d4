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
