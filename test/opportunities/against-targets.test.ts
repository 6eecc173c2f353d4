import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const text = async (path: string, as: Ctx) => wordsOf(await (await app.request(path, { as })).text());

/** A rep with a quota of $10,000 a month: won $4,000 in March, open $3,000 this month (claimed ahead) and $5,000 in May. */
async function world() {
  app.setNow("2026-03-02T09:00:00Z");
  const pair = await makePair(app);
  const { company, manager, rep } = pair;
  await makeProcess(app, company, { stages: [{ stage: "Prospecting", verifiers: ["Met"] }, { stage: "Engaging" }] });
  const at = "2026-02-01T10:00Z";
  await makeHistories(app, company, [
    {
      steps: [
        { at, owner: rep, name: "Won one", stage: "Engaging", amount: 400_000 },
        { at: "2026-03-01T10:00Z", stage: "Won", close_on: "2026-03-01" },
      ],
    },
    { steps: [{ at, owner: rep, name: "Soon", stage: "Engaging", amount: 300_000, close_on: "2026-03-20" }] },
    { steps: [{ at, owner: rep, name: "Later", stage: "Prospecting", amount: 500_000, close_on: "2026-05-20" }] },
  ]);
  for (let month = 1; month <= 12; month++)
    await app.database.ownerPool.query(
      "insert into quota (org_id, person_id, month, amount_minor, currency) values ($1, $2, $3, 1000000, 'USD')",
      [company.orgId, rep.viewer.personId, `2026-${String(month).padStart(2, "0")}-01`],
    );
  const leader = await makePerson(app, company, { name: "Lena Leader", roles: ["leader"] });
  await app.database.ownerPool.query(
    "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2025-01-01')",
    [company.orgId, manager.viewer.personId, leader.viewer.personId],
  );
  return { ...pair, leader };
}

test("a rep and their manager see what is won and open of each period against the quota", async () => {
  const { manager, rep } = await world();
  for (const [path, ctx] of [
    ["/pipeline", rep],
    [`/pipeline?rep=${rep.viewer.personId}`, manager],
  ] as const) {
    const words = await text(path, ctx);
    expect(words).toContain("Open volume against quota");
    expect(words).toContain("$4,000 won, $3,000 open, $0 of it backed quota $10k $3,000 short even if all of it closes");
    expect(words).toContain("$4,000 won, $8,000 open, $5,000 of it backed quota $120k");
  }
});

test("a leader asks for it, by manager and together", async () => {
  const { leader } = await world();
  expect(await text("/pipeline", leader)).not.toContain("Open volume against quota");
  const words = await text("/pipeline?view=targets", leader);
  expect(words).toContain("Mara Manager $4,000 won, $3,000 open");
  expect(words).toContain("Together $4,000 won, $3,000 open");
});

test("a team is asked for the quota of its manager, and never for that and the reps’ on top", async () => {
  const { company, leader, manager } = await world();
  await app.database.ownerPool.query(
    "insert into quota (org_id, person_id, month, amount_minor, currency) values ($1, $2, '2026-03-01', 800000, 'USD')",
    [company.orgId, manager.viewer.personId],
  );
  const byManager = await text("/pipeline?view=targets", leader);
  expect(byManager).toContain("Mara Manager $4,000 won, $3,000 open, $0 of it backed quota $8,000");
  expect(byManager).toContain("Together $4,000 won, $3,000 open, $0 of it backed quota $8,000");
  const byRep = await text("/pipeline", manager);
  expect(byRep).toContain("Together $4,000 won, $3,000 open, $0 of it backed quota $8,000");
  // Of the month, the quarter and the year together; not of the manager as one who sells.
  expect(byRep.match(/quota \$8,000/g)).toHaveLength(3);
});

test("without any quota nothing is said", async () => {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, rep } = await makePair(app);
  await makeHistories(app, company, [{ steps: [{ at: "2026-02-01T10:00Z", owner: rep, stage: "Engaging", amount: 1 }] }]);
  expect(await text("/pipeline", rep)).not.toContain("Open volume against");
});
