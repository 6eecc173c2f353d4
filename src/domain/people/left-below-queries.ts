import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import type { Db } from "../../platform/database.ts";

/** Somebody whom a running period counts to the viewer, though they are not below them any more. */
export interface Gone {
  id: string;
  name: string;
  managerId: string;
  /** The first days of the periods that count them, day numbers. */
  within: ReadonlySet<number>;
}

const days = (of: readonly number[]) => sql`${of.map(dayOf)}::date[]`;

/** Who left within one of these running periods, under the last manager they had, and whoever is still below those. */
export async function leftBelow(db: Db, periods: readonly { from: number; until: number }[]): Promise<Gone[]> {
  const [froms, untils] = [periods.map(({ from }) => from), periods.map(({ until }) => until)];
  const { rows } = await sql<{ id: string; name: string; managerId: string; within: number[] }>`
    select id, name, manager_id as "managerId", array_agg(from_on - date '1970-01-01') as within
    from left_below_viewer(${days(froms)}, ${days(untils)}) group by 1, 2, 3 order by lower(name), id`.execute(db);
  return rows.map((row) => ({ ...row, within: new Set(row.within) }));
}
