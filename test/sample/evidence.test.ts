import { expect, test } from "vitest";
import { dealsAhead } from "../../src/domain/evidence/deals-ahead.ts";
import { prospectFacts } from "../../src/domain/evidence/prospect-facts.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { ctxFor } from "../../src/platform/context.ts";
import { readViewer } from "../../src/platform/sign-in.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-18T14:20:00Z");
const { orgId } = await makeSampleCompany(app);

const [ruth] = await ask<{ id: string }>(app, "select id from person where name = 'Ruth Calloway'");
const viewer = await readViewer(app.database, { personId: ruth?.id ?? "", orgId, sessionId: null, today: "2026-11-18" });
if (!viewer) throw new Error("the leader of the sample company");
const ctx = ctxFor(app, viewer);
const reps = await ask<{ id: string; name: string }>(
  app,
  "select p.id, p.name from person p join person_role r on r.person_id = p.id where r.role = 'rep' order by p.name",
);
const ownerIds = reps.map(({ id }) => id);
const at = app.clock.now();

test("most deals are backed by the customer, and some reps claim ahead", async () => {
  const { verified, ahead } = await ctx.tx((db) => dealsAhead(db, { orgId, ownerIds, at }));
  expect(ahead.length / verified.size).toBeGreaterThan(0.08);
  expect(ahead.length / verified.size).toBeLessThan(0.4);
  const byOwner = Map.groupBy(ahead, ({ ownerId }) => ownerId);
  expect(ownerIds.length - byOwner.size).toBeGreaterThan(1);
  const jonahs = byOwner.get(reps.find(({ name }) => name === "Jonah Pike")?.id ?? "") ?? [];
  expect(jonahs.length).toBeGreaterThan(1);
  const longest = Math.max(...jonahs.map(({ verified: { aheadSince } }) => (aheadSince ? at.getTime() - aheadSince.getTime() : 0)));
  expect(longest).toBeGreaterThan(3 * 86_400_000);
});

test("prospects of every grade are there, most by rule and a few by hand", async () => {
  const { grades } = await ctx.tx(async (db) => {
    const deals = await opportunitiesAsOf(db, { orgId, ownerIds, at, outcomes: ["open"] });
    return prospectFacts(db, ctx, { deals, at });
  });
  const of = (grade: string) => [...grades.values()].filter((one) => one.grade === grade).length;
  for (const grade of ["A", "B", "C"]) expect(of(grade)).toBeGreaterThan(10);
  const byHand = [...grades.values()].filter((one) => one.byHand).length;
  expect(byHand).toBeGreaterThan(1);
  expect(byHand / grades.size).toBeLessThan(0.15);
});

test("most reps have one or two prospects that are ready to be closed", async () => {
  const { deals, grades } = await ctx.tx(async (db) => {
    const deals = await opportunitiesAsOf(db, { orgId, ownerIds, at, outcomes: ["open"] });
    return { deals, ...(await prospectFacts(db, ctx, { deals, at })) };
  });
  const ready = ownerIds.map((id) => deals.filter((deal) => deal.ownerId === id && grades.get(deal.id)?.grade === "A").length);
  expect(ready.filter((count) => count === 1 || count === 2).length).toBeGreaterThan(ownerIds.length / 2);
  expect(ready.filter((count) => count > 0).length).toBeGreaterThan(ownerIds.length * 0.65);
  expect(Math.max(...ready)).toBeLessThan(7);
});

test("nothing was given after it was written down, and none of it is of tomorrow", async () => {
  const [row] = await ask<{ wrong: number; total: number; promised: number }>(
    app,
    `select count(*) filter (where e.recorded_at > '2026-11-18T14:20:00Z' or e.given_on > '2026-11-18' or e.recorded_at < o.created_at
        or e.withdrawn_at > '2026-11-18T14:20:00Z')::int as wrong, count(*)::int as total,
      (select count(*)::int from commitment where verifier_id is not null) as promised
     from evidence e join opportunity o on o.id = e.opportunity_id`,
  );
  expect(row?.wrong).toBe(0);
  expect(row?.total).toBeGreaterThan(500);
  expect(row?.promised).toBeGreaterThan(20);
});
