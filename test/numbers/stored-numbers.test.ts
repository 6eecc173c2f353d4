import { expect, test } from "vitest";
import { storedNumbers } from "../../src/domain/numbers/stored-numbers-queries.ts";
import { shapeVersion } from "../../src/domain/numbers/shape-version.ts";
import { refused } from "../../src/method/estimate.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function store(rep: Ctx, numbers: unknown, shape = shapeVersion): Promise<void> {
  await app.database.ownerPool.query(
    `insert into stored_numbers (org_id, person_id, basis, as_of, made_at, shape, numbers) values ($1, $2, 'quota', '2026-02-20', $3, $4, $5)
     on conflict (org_id, person_id, basis) do update set shape = excluded.shape, numbers = excluded.numbers`,
    [rep.viewer.orgId, rep.viewer.personId, app.clock.now(), shape, JSON.stringify(numbers)],
  );
}

const quotaAsReadBy = (viewer: Ctx, rep: Ctx) =>
  viewer.tx(async (db) => (await storedNumbers(db, viewer.viewer.orgId, [rep.viewer.personId])).get(rep.viewer.personId)?.quota);

test("a refusal is stored by its name and read as one", async () => {
  const { manager, rep } = await makePair(app);
  expect(await quotaAsReadBy(manager, rep)).toBeNull();
  const none = refused("history", 41, 90, "days");
  await store(rep, none);
  expect(await quotaAsReadBy(manager, rep)).toEqual({ asOf: "2026-02-20", madeAt: app.clock.now(), numbers: none });
});

test("numbers of another shape, or unlike any shape, count as not there", async () => {
  const { rep } = await makePair(app);
  await store(rep, refused("history", 41, 90, "days"), shapeVersion + 1);
  expect(await quotaAsReadBy(rep, rep)).toBeNull();
  await store(rep, { known: true, value: { wonMinor: 5 } });
  expect(await quotaAsReadBy(rep, rep)).toBeNull();
});
