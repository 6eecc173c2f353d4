import type pg from "pg";
import type { App } from "../../platform/context.ts";
import { dbOn } from "../../platform/database.ts";
import { type AddressChange, queueAddressNotices } from "../people/queue-address-notices.ts";

interface Of {
  orgId: string;
  runId: string;
}

const ways = {
  "taken in": { before: "before", after: "after", who: "a file of people that an admin took in" },
  "taken back": { before: "after", after: "before", who: "an admin who took back a file of people" },
};

/**
 * Whoever has another mail address since a file of people was taken in, or back, is told at both, as if it had been changed by hand.
 * To be asked while the run's rows of before are there.
 */
export async function tellMovedPeople(client: pg.ClientBase, app: App, { orgId, runId }: Of, way: keyof typeof ways): Promise<void> {
  const { before, after, who } = ways[way];
  const { rows } = await client.query<AddressChange & { orgName: string }>(
    `select b.id, b.row -> '${before}' ->> 'email' as before, b.row -> '${after}' ->> 'email' as after, o.name as "orgName"
      from row_before_import b join organisation o on o.org_id = b.org_id
      where b.org_id = $1 and b.run_id = $2 and b.kind = 'person'
        and lower(b.row -> 'before' ->> 'email') is distinct from lower(b.row -> 'after' ->> 'email')
      order by b.id`,
    [orgId, runId],
  );
  const db = dbOn(client);
  for (const change of rows)
    await queueAddressNotices(db, { orgId, clock: app.clock, env: app.env }, { ...change, who, signsInWithIt: false });
}
