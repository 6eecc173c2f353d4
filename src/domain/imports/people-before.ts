import type pg from "pg";
import type { Job } from "./staging.ts";

/** What an import may change of a person. */
export const personFields = ["name", "email", "team", "time_zone", "started_on", "left_on", "experience", "external_id"];

const all = (table: string, order: string) =>
  `coalesce((select jsonb_agg(to_jsonb(x) - 'org_id' order by ${order}) from ${table} x where x.org_id = p.org_id and x.person_id = p.id), '[]')`;

/** A person of `p` with roles and managers, as one value that can be compared and put back. */
export const personState = `jsonb_build_object(${personFields.map((field) => `'${field}', p.${field}`).join(", ")},
  'roles', ${all("person_role", "x.role, x.from_on")}, 'lines', ${all("reporting_line", "x.from_on")})`;

/** What those whom the file speaks of are like before it is taken in. */
export async function notePeopleBefore(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query(
    `create temp table person_before on commit drop as
      select p.id, ${personState} as state from person p where p.org_id = $1
        and (p.id in (select person_id from staged where reason is null) or p.id in (select manager_id from edge))`,
    [orgId],
  );
}

/** Those who are otherwise now: both is kept, so that taking back can tell whether anybody has changed them since. */
export async function keepPeopleBefore(client: pg.ClientBase, { orgId, runId }: Job): Promise<void> {
  await client.query(
    `insert into row_before_import (org_id, run_id, kind, id, row)
      select $1, $2, 'person', b.id, jsonb_build_object('before', b.state, 'after', ${personState})
      from person_before b join person p on p.org_id = $1 and p.id = b.id where b.state is distinct from ${personState}`,
    [orgId, runId],
  );
}
