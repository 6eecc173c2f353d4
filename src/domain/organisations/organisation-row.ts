import type { Selectable } from "kysely";
import type { Db } from "../../platform/database.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";
import type { Tables } from "../../platform/schema-types.ts";

const columns = [
  "name",
  "currency",
  "time_zone",
  "fiscal_year_starts_in",
  "fiscal_pattern",
  "fiscal_week_starts",
  "fiscal_year_ends",
  "uses_rank",
] as const;

/** How an organisation counts, which most parts of a page ask for. */
export const organisationRow = (db: Db, orgId: string): Promise<Pick<Selectable<Tables["organisation"]>, (typeof columns)[number]>> =>
  onceATransaction(db, `organisation ${orgId}`, () =>
    db.selectFrom("organisation").select(columns).where("org_id", "=", orgId).executeTakeFirstOrThrow(),
  );
