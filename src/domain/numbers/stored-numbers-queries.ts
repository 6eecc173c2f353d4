import { sql } from "kysely";
import type { Estimate } from "../../method/estimate.ts";
import type { Db } from "../../platform/database.ts";
import { shapeVersion } from "./shape-version.ts";
import type { PersonNumbers } from "./stored-shape.ts";

/** Against quota, or against the goals the person set themselves. */
export type NumbersBasis = "quota" | "goal";

export interface NumbersThen {
  /** The day they are of, YYYY-MM-DD in the organisation's time zone, and when they were made. */
  asOf: string;
  madeAt: Date;
  numbers: Estimate<PersonNumbers>;
}

export interface StoredNumbers {
  /** Null while there are none yet, or none of today's shape. */
  quota: NumbersThen | null;
  /** Null for everybody outside the pair, for a manager who may not read every goal in it, and where the person has set no goals. */
  goal: NumbersThen | null;
  /** Since when newer ones are being made; null when nothing has changed. */
  dueSince: Date | null;
}

interface Row {
  personId: string;
  basis: NumbersBasis;
  asOf: string;
  madeAt: Date;
  numbers: unknown;
}

/** The stored numbers of these people, as far as the viewer may read them. Everybody asked for has an entry. */
export async function storedNumbers(db: Db, orgId: string, personIds: readonly string[]): Promise<Map<string, StoredNumbers>> {
  const found = new Map<string, StoredNumbers>(personIds.map((id) => [id, { quota: null, goal: null, dueSince: null }]));
  if (personIds.length === 0) return found;
  const rows: Row[] = await db
    .selectFrom("stored_numbers")
    .select(["person_id as personId", "as_of as asOf", "made_at as madeAt", "numbers"])
    .select(sql<NumbersBasis>`basis`.as("basis"))
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .where("shape", "=", shapeVersion)
    .execute();
  // Two hundred schemas that an idle program does without: loaded when the first numbers are read.
  const { storedEstimate } = await import("./stored-shape.ts");
  for (const { personId, basis, asOf, madeAt, numbers } of rows) {
    const one = found.get(personId);
    const read = storedEstimate.safeParse(numbers);
    // What is not as it should be counts as absent: the job makes it again.
    if (one) one[basis] = read.success ? { asOf, madeAt, numbers: read.data } : null;
  }
  for (const { personId, since } of await dueSince(db, orgId, personIds)) {
    const one = found.get(personId);
    if (one) one.dueSince = since;
  }
  return found;
}

const dueSince = (db: Db, orgId: string, personIds: readonly string[]) =>
  db
    .selectFrom("numbers_due")
    .select((build) => ["person_id as personId", build.fn.min("since").as("since")])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .groupBy("person_id")
    .execute();

/** Whether any numbers of this person are the viewer's to read: one's own, those of one's tree, those of one's pair. */
export async function mayReadNumbers(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select ${personId}::uuid in (select viewer_tree()) or shows_goals(${personId}::uuid) as may`.execute(db);
  return rows[0]?.may === true;
}
