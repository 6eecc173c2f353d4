import { sql } from "kysely";
import { type App, asActor } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";

/** Does a job for every organisation, each in a transaction of its own: one that fails does not hold up the others. */
export const eachOrganisation = (app: App, work: (db: Db, orgId: string) => Promise<unknown>): Promise<void> =>
  oneByOne(app, (orgId) => asActor(app, "job", orgId, (db) => work(db, orgId)));

/** The same without a transaction around it: for what takes minutes and opens its own. */
export async function oneByOne(app: App, work: (orgId: string) => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ org_id: string }>`select o as org_id from organisations() o`.execute(app.database.app);
  const failures: unknown[] = [];
  for (const { org_id } of rows) await work(org_id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${rows.length} organisations failed`);
}
