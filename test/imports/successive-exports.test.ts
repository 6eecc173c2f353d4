import fc from "fast-check";
import { expect, test } from "vitest";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { asActor } from "../../src/platform/context.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const head = "opportunity_id,owner,account,deal_stage,created_on,close_date,amount,next_step";
const file = (...rows: string[]) => [head, ...rows].join("\n");

async function company() {
  const made = await makeCompany(app);
  const ann = await makePerson(app, made, { name: "Ann Rep" });
  const bob = await makePerson(app, made, { name: "Bob Rep" });
  return { made, people: [ann, bob] };
}

const take = (to: Company, exportedOn: string, content: string, covers: "whole" | "owners" | "part" | null = "whole") =>
  bringIn(app, to, content, { answers: { exportedOn, ...(covers && { covers }) } });

/** Every deal at noon of a day, in words that do not depend on ids. */
async function asOf(to: Company, people: readonly Ctx[], day: string): Promise<string[]> {
  const ownerIds = people.map(({ viewer }) => viewer.personId);
  const names = new Map(people.map(({ viewer }) => [viewer.personId, viewer.name]));
  const at = new Date(`${day}T12:30:00Z`);
  const deals = await asActor(app, "import", to.orgId, (db) => opportunitiesAsOf(db, { orgId: to.orgId, ownerIds, at }));
  return deals
    .map((d) =>
      [
        d.name,
        names.get(d.ownerId),
        d.accountName,
        d.stage,
        d.outcome,
        d.amountMinor,
        d.currency,
        d.closeOn,
        d.nextStep,
        d.createdAt.toISOString(),
      ].join(" | "),
    )
    .sort();
}

test("a deal that is not in the next export any more is marked with its day, and comes back with the one that has it", async () => {
  const { made, people } = await company();
  const two = file("A1,Ann Rep,Halden,Engaging,2026-01-05,,100,", "A2,Bob Rep,Halden,Engaging,2026-01-05,,200,");
  await take(made, "2026-02-01", two, null);
  const later = await take(made, "2026-02-08", file("A1,Ann Rep,Halden,Engaging,2026-01-05,,100,"));
  expect(later.counts).toEqual({ new: 0, changed: 0, same: 1, failed: 0 });
  expect(later.run.settings.found?.vanishing).toMatchObject({ open: 2, gone: 1, ofOwners: 0, names: ["Halden"], mustAsk: false });
  const gone = (await rowsOf(app, made, "opportunity")).find((deal) => deal.external_id === "A2");
  expect(gone).toMatchObject({ outcome: "vanished", vanished_at: new Date("2026-02-08T12:00:00Z") });
  await take(made, "2026-02-15", two);
  expect((await rowsOf(app, made, "opportunity")).map(({ outcome }) => outcome)).toEqual(["open", "open"]);
  const seen = async (day: string) => (await asOf(made, people, day)).map((words) => words.split(" | ")[4]);
  expect(await seen("2026-02-07")).toEqual(["open", "open"]);
  expect(await seen("2026-02-10")).toEqual(["open", "vanished"]);
  expect(await seen("2026-02-16")).toEqual(["open", "open"]);
});

test("whether deals that are left out have gone is asked, not taken for granted, and the answer remembered", async () => {
  const { made } = await company();
  const deals = Array.from({ length: 8 }, (_, i) => `B${i},${i < 2 ? "Ann" : "Bob"} Rep,Halden,Engaging,2026-01-05,,${i},`);
  await take(made, "2026-02-01", file(...deals), null);
  const asked = await take(made, "2026-02-08", file(...deals.slice(0, 1)), null);
  expect(asked.run.state).toBe("needs_answers");
  expect(asked.run.settings.found?.vanishing).toMatchObject({ open: 8, gone: 7, ofOwners: 1, mustAsk: true });
  expect((await rowsOf(app, made, "opportunity")).every(({ outcome }) => outcome === "open")).toBe(true);
  await take(made, "2026-02-08", file(...deals.slice(0, 1)), "owners");
  expect((await rowsOf(app, made, "opportunity")).filter(({ outcome }) => outcome === "vanished")).toHaveLength(1);
  const again = await take(made, "2026-02-15", file(...deals.slice(0, 1)), null);
  expect(again.run.state).toBe("applied");
  expect((await rowsOf(app, made, "opportunity")).filter(({ outcome }) => outcome === "vanished")).toHaveLength(1);
});

test("a row that cannot be read does not make its deal go", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", file("C1,Ann Rep,,Engaging,2026-01-05,,100,", "C2,Ann Rep,,Engaging,2026-01-05,,100,"));
  const { counts } = await take(made, "2026-02-08", file("C1,Ann Rep,,Engaging,2026-01-05,,100,", "C2,Nobody,,Engaging,2026-01-05,,100,"));
  expect(counts).toMatchObject({ same: 1, failed: 1 });
  expect((await rowsOf(app, made, "opportunity")).map(({ outcome }) => outcome)).toEqual(["open", "open"]);
});

test("a deal closed before an export that still showed it open was closed after that export", async () => {
  const { made, people } = await company();
  await take(made, "2026-02-01", file("D1,Ann Rep,,Engaging,2026-01-05,,100,"));
  await take(made, "2026-02-08", file("D1,Ann Rep,,Engaging,2026-01-05,,100,"));
  await take(made, "2026-02-15", file("D1,Ann Rep,,Won,2026-01-05,2026-02-03,100,"));
  expect((await asOf(made, people, "2026-02-05"))[0]).toContain("| open |");
  expect((await asOf(made, people, "2026-02-09"))[0]).toContain("| won |");
});

test("an older file is placed in its time, and what stands today stays", async () => {
  const { made, people } = await company();
  await take(made, "2026-03-01", file("E1,Ann Rep,,Prospecting,2026-01-05,,100,call", "E9,Ann Rep,,Engaging,2026-02-20,,9,"));
  await take(made, "2026-03-15", file("E1,Bob Rep,,Engaging,2026-01-05,,300,meet", "E9,Ann Rep,,Engaging,2026-02-20,,9,"));
  const before = await rowsOf(app, made, "opportunity");
  const late = await take(made, "2026-03-08", file("E1,Bob Rep,,Prospecting,2026-01-05,,200,call", "E5,Bob Rep,,Engaging,2026-03-02,,50,"));
  expect(late.counts).toEqual({ new: 1, changed: 1, same: 0, failed: 0 });
  const now = await rowsOf(app, made, "opportunity");
  expect(now.find(({ external_id }) => external_id === "E1")).toMatchObject({ amount_minor: 30000, next_step: "meet" });
  expect(now.find(({ external_id }) => external_id === "E9")).toMatchObject({ outcome: "open" });
  expect(now.find(({ external_id }) => external_id === "E5")).toMatchObject({
    outcome: "vanished",
    vanished_at: new Date("2026-03-15T12:00:00Z"),
  });
  expect(before).toHaveLength(2);
  const [, e1] = [0, (await asOf(made, people, "2026-03-10")).find((words) => words.startsWith("E1"))];
  expect(e1).toBe("E1 | Bob Rep |  | Prospecting | open | 20000 | USD |  | call | 2026-01-05T12:00:00.000Z");
  expect((await asOf(made, people, "2026-03-02")).find((words) => words.startsWith("E1"))).toContain("| 10000 |");
  expect((await asOf(made, people, "2026-03-09")).find((words) => words.startsWith("E9"))).toContain("vanished");
});

const days = ["2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"];
const state = fc.record({
  owner: fc.constantFrom("Ann Rep", "Bob Rep"),
  stage: fc.constantFrom("Prospecting", "Engaging", "Won", "Lost"),
  account: fc.constantFrom("", "Halden", "Ostrava"),
  amount: fc.constantFrom("", "100", "200"),
  currency: fc.constantFrom("", "USD", "EUR"),
  next: fc.constantFrom("", "call"),
  /** Days before the export on which it closed; open deals hope for a day after it. */
  close: fc.integer({ min: 0, max: 20 }),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;
const deal = fc.array(fc.option(state, { freq: 4 }), { minLength: days.length, maxLength: days.length });
const world = fc.record({
  deals: fc.array(deal, { minLength: 1, maxLength: 4 }),
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
});

const plus = (day: string, n: number) => Temporal.PlainDate.from(day).add({ days: n }).toString();

function exportOf(deals: readonly (State | null)[][], i: number): string {
  const day = days[i] ?? "";
  const rows = deals.flatMap((states, n) => {
    const one = states[i];
    if (!one) return [];
    const isClosed = one.stage === "Won" || one.stage === "Lost";
    return [
      `X${n},${one.owner},${one.account},${one.stage},2026-01-0${n + 1},${plus(day, isClosed ? -one.close : one.close)},${one.amount},${one.next},${one.currency}`,
    ];
  });
  // A deal that never changes keeps the file from being empty.
  return [`${head},currency`, "K0,Ann Rep,,Engaging,2026-01-09,,1,,", ...rows].join("\n");
}

test("in whatever order exports come in, every day reads as if they had come in theirs", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ deals, order }) => {
      const [inOrder, mixed] = [await company(), await company()];
      for (const i of [0, 1, 2, 3]) expect((await take(inOrder.made, days[i] ?? "", exportOf(deals, i))).run.state).toBe("applied");
      for (const i of order) expect((await take(mixed.made, days[i] ?? "", exportOf(deals, i))).run.state).toBe("applied");
      for (let n = 0; n < 60; n += 3) {
        const day = plus("2026-01-01", n);
        expect([day, ...(await asOf(mixed.made, mixed.people, day))]).toEqual([day, ...(await asOf(inOrder.made, inOrder.people, day))]);
      }
    }),
    { numRuns: Number(process.env.KEPT_PROPERTY_RUNS ?? 8), endOnFailure: false },
  );
});

test("a file exported this morning counts from when it came, not only from noon", async () => {
  const { made, people } = await company();
  app.setNow("2026-04-07T08:55:00Z");
  await bringIn(app, made, file("M1,Ann Rep,Halden,Engaging,2026-04-07,,100,"));
  const ownerIds = people.map(({ viewer }) => viewer.personId);
  const seenAt = async (time: string) =>
    (
      await asActor(app, "import", made.orgId, (db) =>
        opportunitiesAsOf(db, { orgId: made.orgId, ownerIds, at: new Date(`2026-04-07T${time}Z`) }),
      )
    ).map(({ outcome }) => outcome);
  expect(await seenAt("08:54:00")).toEqual([]);
  expect(await seenAt("08:55:01"), "at 8:58 on the same morning").toEqual(["open"]);
});

test("a file whose only dates are old comes after the export already here, unless its day is said", async () => {
  const { made } = await company();
  app.setNow("2026-04-20T15:00:00Z");
  await bringIn(app, made, file("N1,Ann Rep,Halden,Prospecting,2026-03-01,,100,", "N2,Ann Rep,Halden,Prospecting,2026-04-10,,50,"));
  app.setNow("2026-04-27T15:00:00Z");
  await bringIn(app, made, file("N1,Ann Rep,Halden,Engaging,2026-03-01,,100,"), { answers: { covers: "part" } });
  const deal = (await rowsOf(app, made, "opportunity")).find(({ external_id }) => external_id === "N1");
  expect(deal?.last_change_at.toISOString().slice(0, 10)).toBe("2026-04-27");
});

test("a deal won on a day still to come does not date the whole file there", async () => {
  const { made, people } = await company();
  app.setNow("2026-04-28T15:00:00Z");
  await bringIn(app, made, file("W1,Ann Rep,Halden,Engaging,2026-03-01,,100,", "W2,Ann Rep,Halden,Won,2026-03-01,2026-06-20,50,"));
  const open = (await asOf(made, people, "2026-04-28")).find((words) => words.startsWith("Halden · W1") || words.includes("| open |"));
  expect(open, "its stage and amount count from the day of the export").toContain("Engaging | open | 10000");
});

test("a later day of creation in a later file is said, and changes nothing", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", file("L1,Ann Rep,,Engaging,2026-01-05,,100,", "L2,Ann Rep,,Engaging,2026-01-06,,100,"));
  const { run, counts } = await take(
    made,
    "2026-02-08",
    file("L1,Ann Rep,,Engaging,2026-01-20,,100,", "L2,Ann Rep,,Engaging,2026-01-06,,100,"),
  );
  expect(counts).toMatchObject({ same: 2, failed: 0 });
  expect(run.settings.found?.notes.join(" ")).toContain(
    "The deal in line 2 has a later day of creation than here. It stays known from the earlier day",
  );
  const again = await take(made, "2026-02-15", file("L1,Ann Rep,,Engaging,2026-01-05,,100,", "L2,Ann Rep,,Engaging,2026-01-06,,100,"));
  expect(again.run.settings.found?.notes.join(" ")).not.toContain("later day of creation");
});

test("signs nobody sees that turn the direction of writing are no part of a deal, its account, its owner or its stage", async () => {
  const { made } = await company();
  const turn = "\u202E";
  const rows = `deal_id,title,owner,account,stage\nT1,${turn}Mill\u202C,\u2066Ann Rep\u2069,Hal${turn}den,${turn}Engaging\n`;
  const { counts, run } = await bringIn(app, made, rows);
  expect([counts.failed, run.settings.found?.owners]).toEqual([0, []]);
  expect((await rowsOf(app, made, "opportunity")).map(({ name }) => name)).toEqual(["Mill"]);
  expect((await rowsOf(app, made, "account")).map(({ name }) => name)).toContain("Halden");
  expect((await rowsOf(app, made, "stage")).map(({ name }) => name)).toEqual(expect.arrayContaining(["Engaging"]));
  expect((await rowsOf(app, made, "stage")).some(({ name }) => name.includes(turn))).toBe(false);
});
