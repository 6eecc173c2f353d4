import { describe, expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { clientOf } from "../api/api-client.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeHeld } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

const read = async (path: string, as: Ctx) => {
  const response = await app.request(path, { as });
  return { status: response.status, words: wordsOf(await response.text()) };
};
const first = (owner: Ctx, name: string, more: Partial<Step> = {}): Step => ({
  at: "2026-01-05T12:00:00Z",
  owner,
  name,
  amount: 100_000,
  stage: "Prospecting",
  close_on: "2026-04-01",
  ...more,
});

async function world() {
  const { company, manager, rep } = await makePair(app);
  const early = await makeHeld(app, company, manager, rep, "2026-01-20T09:00:00Z");
  await makeHeld(app, company, manager, rep, "2026-02-20T09:00:00Z");
  await makeHistories(app, company, [
    { steps: [first(rep, "Moved one"), { at: "2026-02-25T12:00:00Z", stage: "Engaging" }] },
    { steps: [first(rep, "Won one"), { at: "2026-02-10T12:00:00Z", stage: "Won" }] },
    { steps: [first(rep, "New one", { at: "2026-02-27T12:00:00Z" })] },
    { steps: [first(rep, "Later one", { close_on: "2026-03-01" }), { at: "2026-02-26T12:00:00Z", close_on: "2026-05-01" }] },
  ]);
  return { company, manager, rep, early, at: `/pipeline/since?rep=${rep.viewer.personId}` };
}

describe("since we last met", () => {
  test("both of the pair see what has changed since their last one-on-one, and what was open then", async () => {
    const { manager, rep, at } = await world();
    for (const [as, path] of [
      [manager, at],
      [rep, "/pipeline/since"],
    ] as const) {
      const { words } = await read(path, as);
      expect(words).toContain("met on 20 February 2026 (Deal strategy).");
      expect(words).toContain("Then 2 open deals, $2,000");
      expect(words).toContain("Now 3 open deals, $3,000");
      expect(words).toMatch(/New 1 New one/);
      expect(words).toMatch(/Moved 1 Moved one , \$1,000 from Prospecting to Engaging/);
      expect(words).toMatch(/Slipped 1 Later one , \$1,000 from 1 Mar to 1 May/);
      expect(words, "that was won before").not.toContain("Won one");
    }
  });

  test("deals whose amount nobody has said are not told to be worth nothing", async () => {
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [{ steps: [first(rep, "Blank one", { amount: null })] }]);
    expect((await read("/pipeline/since", rep)).words).toContain("Now 1 open deal without an amount");
  });

  test("an earlier one-on-one, and an earlier end, can be chosen", async () => {
    const { manager, at, early } = await world();
    expect((await read(`${at}&meeting=${early}`, manager)).words).toMatch(/met on 20 January 2026.*Won 1 Won one/);
    const past = (await read(`${at}&asOf=2026-02-15`, manager)).words;
    expect(past).toContain("met on 20 January 2026");
    expect(past).toContain("15 February 2026 2 open deals");
    expect(past).not.toContain("New one");
    expect((await read(`${at}&asOf=2026-02-31`, manager)).status).toBe(422);
  });

  test("is not there for another manager, and a pair that never met sees the last thirty days", async () => {
    const { company, at } = await world();
    const stranger = await makePerson(app, company, { roles: ["manager"] });
    expect((await read(at, stranger)).status).toBe(404);
    const { rep } = await makePair(app);
    expect((await read("/pipeline/since", rep)).words).toContain("these are the last thirty days");
  });

  test("the pipeline of a day is the day of whoever looks: west of Greenwich it ends later", async () => {
    const company = await makeCompany(app);
    const far = await makePerson(app, company, { time_zone: "America/Los_Angeles" });
    const near = await makePerson(app, company, { time_zone: "Europe/Berlin" });
    await makeHistories(app, company, [
      { steps: [first(far, "Evening deal", { at: "2026-02-11T05:00:00Z" })] },
      { steps: [first(near, "Night deal", { at: "2026-02-10T23:30:00Z" })] },
    ]);
    expect((await read("/pipeline?asOf=2026-02-10", far)).words).toContain("Evening deal");
    expect((await read("/pipeline?asOf=2026-02-10", near)).words).not.toContain("Night deal");
    const found = async (who: Ctx) => {
      const call = await clientOf(app, who);
      return (await call<{ data: unknown[] }>("/opportunities?asOf=2026-02-10")).body.data.length;
    };
    expect([await found(far), await found(near)], "the API means the same day").toEqual([1, 0]);
    expect((await read("/pipeline?asOf=2026-02-11", near)).words).toContain("As it stood at the end of Wednesday, 11 February 2026");
  });
});
