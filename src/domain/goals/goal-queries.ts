import { sql } from "kysely";
import type { GoalHorizon } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";

export interface SaidGoal {
  personId: string;
  horizon: GoalHorizon;
  /** YYYY-MM-01, the key of the period's first month. */
  month: string;
  amountMinor: number;
  currency: string;
  saidAt: Date;
  /** Whose rep they were when they said it; null while they had no manager. */
  managerId: string | null;
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** First and last month key, YYYY-MM-01. */
  from: string;
  until: string;
  /** What was said later counts for nothing. */
  before: Date;
}

/** What each person said last, before an instant, of every period that begins between two months: of those the viewer may read. */
export async function goalsSaid(db: Db, { orgId, personIds, from, until, before }: Asked): Promise<SaidGoal[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<SaidGoal & { amountMinor: number | null }>`
    select distinct on (person_id, horizon, period_on) person_id as "personId", horizon, period_on as month,
      amount_minor as "amountMinor", currency, said_at as "saidAt", manager_id as "managerId"
    from goal
    where org_id = ${orgId} and person_id = any(${[...personIds]}::uuid[]) and period_on >= ${from}::date and period_on <= ${until}::date
      and said_at < ${before}
    order by person_id, horizon, period_on, said_at desc, id desc`.execute(db);
  return rows.filter(({ amountMinor }) => amountMinor !== null);
}
