import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface Slips {
  times: number;
  /** Where the expected close stood before it was first moved later, YYYY-MM-DD. */
  firstClose: string;
}

/** How often one deal's expected close was moved later; undefined when it never was. */
export async function slipsOf(db: Db, id: string, at: Date): Promise<Slips | undefined> {
  const { rows } = await sql<Slips>`
    select times, first_close as "firstClose" from slips_of(array[${id}]::uuid[], ${at}::timestamptz)`.execute(db);
  return rows[0];
}
