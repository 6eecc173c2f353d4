import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** What an export says of a deal. */
export const toldFields = [
  "name",
  "owner",
  "account",
  "product",
  "stage",
  "amount",
  "currency",
  "close_on",
  "forecast_category",
  "next_step",
] as const;

/** "vanished": since when it is no longer in the export of its source; null when it is in it again. */
export const changedFields = ["created", ...toldFields, "vanished"] as const;
export type ChangedField = (typeof changedFields)[number];

export interface DatedChange {
  at: Date;
  field: ChangedField;
  /** As one reads them: names in place of ids; amounts stay minor units, days ISO. Null where there was or is nothing. */
  before: string | null;
  after: string | null;
  source: string;
}

/** The names behind a change `c`, as one reads them. */
export const namedChange = (value: "before" | "after") => {
  const held = sql.ref(`c.${value}`);
  return sql<string | null>`case c.field
    when 'stage' then (select s.name from stage s where s.org_id = c.org_id and s.id::text = ${held})
    when 'account' then (select a.name from account a where a.org_id = c.org_id and a.id = ${held}::uuid)
    when 'product' then (select p.name from product p where p.org_id = c.org_id and p.id = ${held}::uuid)
    when 'owner' then case when ${held} is null then null else coalesce(
      (select r.name from person r where r.org_id = c.org_id and r.id = ${held}::uuid), 'somebody else') end
    else ${held} end`;
};

/** The whole dated history of one opportunity up to an instant, newest first. */
export async function historyOf(db: Db, orgId: string, opportunityId: string, until: Date): Promise<DatedChange[]> {
  const { rows } = await sql<DatedChange>`
    select c.at, c.field, ${namedChange("before")} as before, ${namedChange("after")} as after, c.source
    from opportunity_change c
    where c.org_id = ${orgId} and c.opportunity_id = ${opportunityId} and c.at <= ${until}::timestamptz
    order by c.at desc, c.field`.execute(db);
  return rows;
}
