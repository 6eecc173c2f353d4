import { expect, test } from "vitest";
import { takeDue } from "../../src/domain/numbers/due-queries.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;

test("of many people who wait a process takes a few, and leaves the others to the next", async () => {
  const { orgId } = await makeCompany(app);
  await owner.query(
    `with p as (
      insert into person (org_id, id, name, time_zone, started_on, created_at)
      select $1, gen_random_uuid(), 'Rep ' || n, 'UTC', '2025-01-01', now() from generate_series(1, 3000) n returning org_id, id)
     insert into numbers_due (org_id, person_id, since) select org_id, id, now() from p on conflict do nothing`,
    [orgId],
  );
  await asActor(app, "numbers", orgId, async (mine) => {
    const taken = await takeDue(mine, orgId, 20);
    const others = await asActor(app, "numbers", orgId, (theirs) => takeDue(theirs, orgId, 20));
    expect(new Set([...taken, ...others]).size).toBe(40);
    const { rows } = await owner.query("select count(*)::int as held from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'");
    expect(rows[0].held).toBeLessThan(100);
  });
});
