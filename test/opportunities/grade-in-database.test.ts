import { expect, test } from "vitest";
import { prospectFacts } from "../../src/domain/evidence/prospect-facts.ts";
import { gradeProspect } from "../../src/domain/evidence/grade-prospect.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makePair } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

test("the list sorts and filters by the very stages and grades that the deals are said to have", async () => {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  const stages = ["Prospecting", "Meeting", "Engaging", "Closing"];
  const process = await makeProcess(app, company, {
    stages: stages.map((stage, at) => ({ stage, verifiers: at === 1 ? [] : [`${stage} one`, `${stage} two`] })),
    rules: [
      { grade: "A", field: "verified stage", stage: "Engaging" },
      { grade: "A", field: "closes within", number: 60 },
      { grade: "B", field: "backed" },
      { grade: "B", field: "amount", number: 500_000 },
      { grade: "C", field: "changed within", number: 30 },
    ],
  });
  const deals = await makeHistories(
    app,
    company,
    Array.from({ length: 40 }, (_, n) => ({
      steps: [
        {
          at: new Date(Date.UTC(2026, 0, 1 + (n % 50), 10)).toISOString(),
          owner: rep,
          name: `Deal ${String(n).padStart(2, "0")}`,
          stage: stages[n % 4] ?? "",
          amount: n % 5 === 0 ? null : n * 30_000,
          close_on: n % 7 === 0 ? null : `2026-0${3 + (n % 6)}-15`,
        },
      ],
    })),
  );
  const verifiers = [...process.verifiers.values()];
  for (const [n, opportunity] of deals.entries())
    for (const verifier of verifiers.slice(0, (n * 3) % 7)) await makeEvidence(app, company, { opportunity, verifier, by: rep });
  await gradeProspect(rep, { id: newId(), opportunityId: deals[3] ?? "", grade: "A" });
  const told = await manager.tx(async (db) => {
    const at = app.clock.now();
    const found = await opportunitiesAsOf(db, { orgId: company.orgId, ownerIds: [rep.viewer.personId], at, outcomes: ["open"] });
    const { verified, grades } = await prospectFacts(db, manager, { deals: found, at });
    return found.map(({ id, name }) => ({ name, ahead: (verified.get(id)?.aheadBy ?? 0) > 0, grade: grades.get(id)?.grade ?? "none" }));
  });
  const listed = async (query: string) =>
    (await (await app.request(`/pipeline.csv?${query}`, { as: manager })).text())
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((row) => row.split(",")[1])
      .toSorted();
  const named = (some: typeof told) => some.map(({ name }) => name).toSorted();
  expect(await listed("only=ahead")).toEqual(named(told.filter(({ ahead }) => ahead)));
  for (const grade of ["A", "B", "C", "none"]) {
    const wanted = named(told.filter((one) => one.grade === grade));
    expect(wanted.length).toBeGreaterThan(0);
    expect(await listed(`grade=${grade}`)).toEqual(wanted);
  }
});

test("the numbers above the list follow evidence, and what is written elsewhere", async () => {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, rep } = await makePair(app);
  const process = await makeProcess(app, company, { stages: [{ stage: "Prospecting", verifiers: ["Met"] }, { stage: "Engaging" }] });
  const [deal = ""] = await makeHistories(app, company, [
    { steps: [{ at: "2026-02-20T10:00Z", owner: rep, name: "One", stage: "Engaging", amount: 100_000 }] },
  ]);
  const ahead = async () => {
    const html = await (await app.request("/pipeline", { as: rep })).text();
    return /Claimed ahead<\/span><span class="big[^"]*">(\d+)/.exec(html)?.[1];
  };
  expect(await ahead()).toBe("1");
  await makeEvidence(app, company, { opportunity: deal, verifier: process.verifiers.get("Met"), by: rep });
  expect(await ahead()).toBe("0");
});
