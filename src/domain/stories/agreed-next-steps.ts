import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface AgreedStep {
  /** What the pair has written as the next step; empty when it has not. */
  words: string;
  /** YYYY-MM-DD, or empty. */
  on: string;
  /** "yes", "no", "not asked", or empty while nobody has said. */
  agreed: string;
}

/** The next step of these deals as the viewer's own pairs tell it, and whether the customer agreed. What is not theirs is not there. */
export async function agreedNextSteps(
  db: Db,
  orgId: string,
  me: string,
  opportunityIds: readonly string[],
): Promise<Map<string, AgreedStep>> {
  if (opportunityIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string } & AgreedStep>`
    select distinct on (t.id) t.id, t.words, t.on, t.agreed from (
      select s.opportunity_id as id, max(s.at) as at,
        coalesce(max(s.words) filter (where s.field = 'next_step'), '') as words,
        coalesce(max(s.words) filter (where s.field = 'next_step_on'), '') as "on",
        coalesce(max(s.words) filter (where s.field = 'agreed'), '') as agreed
      from story_line s
      where s.org_id = ${orgId} and s.opportunity_id = any(${opportunityIds}::uuid[]) and s.field in ('next_step', 'next_step_on', 'agreed')
        and ${me} in (s.rep_id, s.manager_id)
      group by s.opportunity_id, s.rep_id, s.manager_id) t
    order by t.id, t.at desc`.execute(db);
  return new Map(rows.map(({ id, ...step }) => [id, step]));
}
