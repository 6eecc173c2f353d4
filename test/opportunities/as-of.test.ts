import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const asOf = (ctx: Ctx, owners: Ctx[], at: string, more: object = {}) =>
  ctx.tx((db) =>
    opportunitiesAsOf(db, { orgId: ctx.viewer.orgId, ownerIds: owners.map((o) => o.viewer.personId), at: new Date(at), ...more }),
  );

const day = (n: number) => `2025-01-${String(n).padStart(2, "0")}T12:00:00.000Z`;

describe("the pipeline as of a day", () => {
  test("shows stage, amount and close date as they were then, and not what came later", async () => {
    const { company, manager, rep } = await makePair(app);
    await makeHistories(app, company, [
      {
        steps: [
          { at: day(2), owner: rep, name: "Isdom", stage: "Prospecting", amount: 1000, close_on: "2025-02-01" },
          { at: day(10), stage: "Engaging", amount: 2000 },
          { at: day(20), stage: "Won", close_on: "2025-01-20" },
        ],
      },
    ]);
    expect(await asOf(manager, [rep], day(1))).toEqual([]);
    expect(await asOf(manager, [rep], day(5))).toMatchObject([
      { stage: "Prospecting", amountMinor: 1000, closeOn: "2025-02-01", outcome: "open" },
    ]);
    expect(await asOf(rep, [rep], day(15))).toMatchObject([
      { stage: "Engaging", amountMinor: 2000, closeOn: "2025-02-01", outcome: "open" },
    ]);
    expect(await asOf(manager, [rep], day(25))).toMatchObject([{ stage: "Won", closeOn: "2025-01-20", outcome: "won" }]);
    expect(await asOf(manager, [rep], day(15), { outcomes: ["won", "lost"] })).toEqual([]);
    expect(await asOf(manager, [rep], day(25), { outcomes: ["open"] })).toEqual([]);
  });

  test("an open deal without an amount is worth its product's list price; a closed one is not", async () => {
    const { company, rep } = await makePair(app);
    const product = newId();
    await asActor(app, "set-up", company.orgId, (db) =>
      db
        .insertInto("product")
        .values({
          org_id: company.orgId,
          id: product,
          source: "test",
          external_id: "gtx",
          name: "GTX",
          list_price_minor: 55_000,
          currency: "USD",
        })
        .execute(),
    );
    await makeHistories(app, company, [
      {
        product,
        steps: [
          { at: day(2), owner: rep, stage: "Engaging" },
          { at: day(9), stage: "Lost" },
        ],
      },
      { product, steps: [{ at: day(2), owner: rep, stage: "Engaging", amount: 0 }] },
    ]);
    expect(await asOf(rep, [rep], day(3))).toMatchObject([
      { amountMinor: 55_000, isListPrice: true, productName: "GTX" },
      { amountMinor: 0, isListPrice: false },
    ]);
    expect((await asOf(rep, [rep], day(10))).find(({ outcome }) => outcome === "lost")).toMatchObject({
      amountMinor: null,
      isListPrice: false,
    });
  });

  test("a deal that has changed hands counts where it was on that day", async () => {
    const company = await makeCompany(app);
    const manager = await makePerson(app, company, { roles: ["manager"] });
    const [one, two] = [await makePerson(app, company, { manager }), await makePerson(app, company, { manager })];
    await makeHistories(app, company, [
      {
        steps: [
          { at: day(2), owner: one, stage: "Engaging" },
          { at: day(10), owner: two },
        ],
      },
    ]);
    expect(await asOf(manager, [one], day(5))).toHaveLength(1);
    expect(await asOf(manager, [two], day(5))).toHaveLength(0);
    expect(await asOf(manager, [one], day(12))).toHaveLength(0);
    expect(await asOf(manager, [two], day(12))).toHaveLength(1);
  });

  test("another rep's deals are not there, whoever asks", async () => {
    const { company, rep } = await makePair(app);
    const other = await makePerson(app, company);
    await makeHistories(app, company, [{ steps: [{ at: day(2), owner: rep, stage: "Engaging" }] }]);
    expect(await asOf(other, [rep], day(5))).toEqual([]);
  });
});

/** Random histories: what the queries say must be what a plain fold over the steps up to that day says. */
const stages = ["Prospecting", "Engaging", "Won", "Lost"];
const history = fc
  .uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 6 })
  .map((days) => days.toSorted((a, b) => a - b))
  .chain((days) =>
    fc.tuple(
      ...days.map((n, index) =>
        fc.record(
          {
            at: fc.constant(day(n)),
            owner: fc.constantFrom(0, 1),
            stage: fc.constantFrom(...stages),
            amount: fc.integer({ min: 0, max: 10 ** 9 }),
            close_on: fc.constantFrom("2025-01-31", "2025-06-30", "2026-02-28"),
          },
          { requiredKeys: index === 0 ? ["at", "owner", "stage"] : ["at"] },
        ),
      ),
    ),
  );
type RandomStep = { at: string; owner?: number; stage?: string; amount?: number; close_on?: string };

const stepsOf = (random: readonly RandomStep[], owners: readonly Ctx[]): [Step, ...Step[]] =>
  random.map(({ owner, ...step }) => ({ ...step, ...(owner === undefined ? {} : { owner: owners[owner] as Ctx }) })) as [Step, ...Step[]];

async function pairOfReps(): Promise<{ company: Company; manager: Ctx; reps: [Ctx, Ctx] }> {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"] });
  return { company, manager, reps: [await makePerson(app, company, { manager }), await makePerson(app, company, { manager })] };
}

const plain = (rows: Awaited<ReturnType<typeof asOf>>, owners: readonly Ctx[]) =>
  rows
    .map((row) => ({ ...row, ownerId: owners.findIndex((owner) => owner.viewer.personId === row.ownerId), stageId: "" }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe("any history, any day", () => {
  test("is what a fold over the steps up to then gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 29 }), async (random, n) => {
        const { company, manager, reps } = await pairOfReps();
        const ids = await makeHistories(
          app,
          company,
          random.map((steps) => ({ steps: stepsOf(steps as RandomStep[], reps) })),
        );
        const at = day(Math.max(1, n)).replace("12:", n === 0 ? "01:" : "13:");
        const expected = random
          .flatMap((steps, index) => {
            const known = (steps as RandomStep[]).filter((step) => step.at <= at);
            if (known.length === 0) return [];
            const now = known.reduce((state, step) => ({ ...state, ...step }));
            return [
              {
                id: ids[index] as string,
                ownerId: now.owner as number,
                stage: now.stage as string,
                amountMinor: now.amount ?? null,
                closeOn: now.close_on ?? null,
              },
            ];
          })
          .toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const found = plain(await asOf(manager, reps, at), reps);
        expect(found.map(({ id, ownerId, stage, amountMinor, closeOn }) => ({ id, ownerId, stage, amountMinor, closeOn }))).toEqual(
          expected,
        );
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test("is the same, to the byte, when every later row was never written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 28 }), async (random, n) => {
        const at = day(n).replace("12:", "13:");
        const whole = await pairOfReps();
        const cut = await pairOfReps();
        const ids = random.map(() => newId());
        const all = random.map((steps, index) => ({ id: ids[index] as string, steps: steps as RandomStep[] }));
        await makeHistories(
          app,
          whole.company,
          all.map(({ id, steps }) => ({ id, steps: stepsOf(steps, whole.reps) })),
        );
        const until = all.map(({ id, steps }) => ({ id, steps: steps.filter((step) => step.at <= at) }));
        // The names the builder gives go by number, so a history cut to nothing keeps its place.
        const named = until.flatMap(({ id, steps }, index) =>
          steps.length === 0
            ? []
            : [
                {
                  id,
                  steps: stepsOf([{ ...(steps[0] as RandomStep), name: `Deal ${index + 1}` } as RandomStep, ...steps.slice(1)], cut.reps),
                },
              ],
        );
        await makeHistories(app, cut.company, named);
        const [a, b] = [await asOf(whole.manager, whole.reps, at), await asOf(cut.manager, cut.reps, at)];
        expect(JSON.stringify(plain(a, whole.reps))).toBe(JSON.stringify(plain(b, cut.reps)));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test("still, when the later changes are deleted where they stand", async () => {
    const { company, manager, reps } = await pairOfReps();
    const random = fc.sample(history, { numRuns: 30, seed: 7 });
    await makeHistories(
      app,
      company,
      random.map((steps) => ({ steps: stepsOf(steps as RandomStep[], reps) })),
    );
    const at = day(14);
    const before = JSON.stringify(plain(await asOf(manager, reps, at), reps));
    await app.database.ownerPool.query("delete from opportunity_change where org_id = $1 and at > $2", [company.orgId, at]);
    await app.database.ownerPool.query("delete from opportunity where org_id = $1 and created_at > $2", [company.orgId, at]);
    expect(JSON.stringify(plain(await asOf(manager, reps, at), reps))).toBe(before);
    expect(JSON.parse(before).length).toBeGreaterThan(10);
  });
});
