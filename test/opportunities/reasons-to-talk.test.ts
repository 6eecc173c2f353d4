import { describe, expect, test } from "vitest";
import { closingTimes } from "../../src/domain/opportunities/closing-times.ts";
import { horizonEnds, horizonOf } from "../../src/method/horizons.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makeCompany, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

const read = async (path: string, as: Ctx) => wordsOf(await (await app.request(path, { as })).text());
const rows = async (path: string, as: Ctx) => {
  const html = await (await app.request(path, { as })).text();
  return [...html.matchAll(/<td class="of-name"[^>]*>.*?<a[^>]*>([^<]*)</g)].map(([, name]) => name);
};
const first = (owner: Ctx, name: string, more: Partial<Step> = {}): Step => ({
  at: "2026-02-20T12:00:00Z",
  owner,
  name,
  amount: 100_000,
  stage: "Engaging",
  close_on: "2026-04-01",
  ...more,
});
const day = (n: number, hour = 12) => new Date(Date.UTC(2025, 0, n, hour)).toISOString();

describe("reasons to talk", () => {
  test("a deal that slipped says how often and how far; one that came back to its first day has not slipped", async () => {
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [
      {
        steps: [
          first(rep, "Isdom", { close_on: "2026-03-10" }),
          { at: "2026-02-22T12:00:00Z", close_on: "2026-03-20" },
          { at: "2026-02-25T12:00:00Z", close_on: "2026-04-09" },
        ],
      },
      {
        steps: [
          first(rep, "Sonron", { close_on: "2026-03-10" }),
          { at: "2026-02-22T12:00:00Z", close_on: "2026-03-20" },
          { at: "2026-02-25T12:00:00Z", close_on: "2026-03-10" },
        ],
      },
    ]);
    expect(await read("/pipeline", rep)).toContain("slipped 2 times, 30 days");
    expect(await rows("/pipeline?only=slipped", rep)).toEqual(["Isdom"]);
    const then = await read("/pipeline?asOf=2026-02-23", rep);
    expect(then).toContain("slipped once, 10 days");
    expect(then).not.toContain("slipped 2 times");
  });

  test("stuck after thirty days without a change, overdue after the expected close; each is counted and filtered", async () => {
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [
      { steps: [first(rep, "Quiet", { at: "2026-01-20T12:00:00Z" })] },
      { steps: [first(rep, "Late", { close_on: "2026-03-01" })] },
      { steps: [first(rep, "Fine")] },
    ]);
    const words = await read("/pipeline", rep);
    expect(words).toContain("Stuck 1");
    expect(words).toContain("Overdue 1");
    expect(words).toContain("stuck 40 days");
    expect(await rows("/pipeline?only=stuck", rep)).toEqual(["Quiet"]);
    expect(await rows("/pipeline?only=overdue", rep)).toEqual(["Late"]);
    expect(await rows("/pipeline?horizon=overdue", rep)).toEqual(["Late"]);
    expect(await rows("/pipeline?horizon=later", rep)).toEqual([]);
    expect(words).toContain("Talk about these first");
    expect(words).toContain("Late Engaging should have closed 1 day ago");
    expect(words).toContain("Quiet Engaging no change for 40 days");
  });

  test("age is measured against the organisation's own won deals, and only those won by that day", async () => {
    const { company, rep } = await makePair(app);
    const won = (days: number, at: number): { steps: [Step, Step] } => ({
      steps: [
        { at: day(at), owner: rep, stage: "Engaging", amount: 1, close_on: day(at + days).slice(0, 10) },
        { at: day(at + days), stage: "Won", close_on: day(at + days).slice(0, 10) },
      ],
    });
    await makeHistories(app, company, [
      ...Array.from({ length: 20 }, (_, n) => won(n < 10 ? 10 : n < 15 ? 20 : 40, 1)),
      ...Array.from({ length: 20 }, () => won(200, 50)),
    ]);
    const at = (n: number) => rep.tx((db) => closingTimes(db, { orgId: company.orgId, at: new Date(day(n)) }));
    expect(await at(10), "below twenty nothing is said").toBeUndefined();
    expect(await at(60)).toEqual({ deals: 20, medianDays: 10, upperDays: 20 });
    expect(await at(300)).toEqual({ deals: 40, medianDays: 40, upperDays: 200 });
    await makeHistories(app, company, [{ steps: [{ ...first(rep, "Ancient"), at: day(30) }] }]);
    expect(await read("/pipeline?asOf=2025-06-01", rep)).toContain("longer than 3 in 4 won");
    const stranger = await makePerson(app, await makeCompany(app));
    expect(
      await stranger.tx((db) => closingTimes(db, { orgId: stranger.viewer.orgId, at: new Date(day(300)) })),
      "another organisation's are its own",
    ).toBeUndefined();
  });

  test("claimed ahead of verified is named, counted by rep in the order of the alphabet, and gone once the customer gives it", async () => {
    const { company, manager, rep } = await makePair(app);
    const anna = await makePerson(app, company, { name: "Anna Able", manager });
    const process = await makeProcess(app, company, {
      stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
    });
    const [isdom] = await makeHistories(app, company, [
      { steps: [first(rep, "Isdom")] },
      { steps: [first(rep, "Sonron")] },
      { steps: [first(anna, "Zoomit")] },
    ]);
    const words = await read("/pipeline", manager);
    expect(words).toContain("Claimed ahead 3");
    expect(words).toContain("Engaging without: Customer accepted the meeting");
    expect(words).toMatch(/The longest for Anna Able 1 1 \$1,000 .* Rico Rep 2 2 \$2,000/);
    await makeEvidence(app, company, {
      opportunity: isdom ?? "",
      verifier: process.verifiers.get("Customer accepted the meeting") ?? "",
      by: rep,
    });
    expect(await rows("/pipeline?only=ahead&sort=name", manager)).toEqual(["Sonron", "Zoomit"]);
    expect(await rows("/pipeline?sort=verified", manager)).toHaveLength(3);
    const exported = await (await app.request("/pipeline.csv?only=ahead", { as: manager })).text();
    expect(exported.trim().split("\r\n")).toHaveLength(3);
    expect(exported).toContain("Engaging,Prospecting,1,Customer accepted the meeting");
  });
});

test("a leader's list of every deal filters and pages as a manager's does", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const [mara, milo] = [
    await makePerson(app, company, { roles: ["manager"], manager: leader }),
    await makePerson(app, company, { roles: ["manager"], manager: leader }),
  ];
  const [rico, otto] = [await makePerson(app, company, { manager: mara }), await makePerson(app, company, { manager: milo })];
  await makeHistories(app, company, [{ steps: [first(rico, "Isdom")] }, { steps: [first(otto, "Zoomit")] }]);
  expect(await rows("/pipeline", leader)).toEqual([]);
  expect(await rows("/pipeline?view=deals&sort=name", leader)).toEqual(["Isdom", "Zoomit"]);
  expect(await rows("/pipeline?view=deals&q=zoo", leader)).toEqual(["Zoomit"]);
});

test("columns chosen once stay chosen on this device", async () => {
  const { company, rep } = await makePair(app);
  await makeHistories(app, company, [{ steps: [first(rep, "Isdom")] }]);
  const response = await app.request("/pipeline?columns=name&columns=account", { as: rep });
  expect(await response.text()).not.toContain("sort=changed");
  expect(response.headers.get("set-cookie")).toContain("kept_columns=name.account");
  expect((await app.request("/pipeline?columns=nonsense", { as: rep })).status).toBe(200);
});

const horizonFrom = (today: string, close: string | null) => horizonOf(close, horizonEnds(today));

test("horizons of a day do not overlap, at the end of a quarter and of a year either", () => {
  expect(horizonFrom("2026-02-10", "2026-02-09")).toBe("overdue");
  expect(horizonFrom("2026-02-10", "2026-02-28")).toBe("month");
  expect(horizonFrom("2026-02-10", "2026-03-31")).toBe("quarter");
  expect(horizonFrom("2026-02-10", "2026-12-31")).toBe("year");
  expect(horizonFrom("2026-02-10", "2027-01-01")).toBe("later");
  expect(horizonFrom("2026-12-31", "2026-12-31")).toBe("month");
  expect(horizonFrom("2024-02-10", "2024-02-29")).toBe("month");
  expect(horizonFrom("2026-02-10", null)).toBe("none");
});

test("a deal is as old on its own page as in the table", async () => {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, rep } = await makePair(app);
  const id = await makeOpportunity(app, company, rep, { name: "Evening deal", created_at: "2026-02-20T20:00:00Z" });
  for (const path of ["/pipeline", `/opportunities/${id}`]) {
    const html = await (await app.request(path, { as: rep })).text();
    expect(html).toContain("9 days");
    expect(html).not.toContain("10 days");
  }
});
