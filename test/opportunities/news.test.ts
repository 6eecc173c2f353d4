import { expect, test } from "vitest";
import { opportunityNews } from "../../src/domain/opportunities/opportunity-news.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const at = (d: string) => `2025-${d}T12:00:00Z`;

async function newsOf(ctx: Ctx, owner: Ctx, after: string, until: string, byOwnUsual = false) {
  const news = await ctx.tx((db) =>
    opportunityNews(db, {
      orgId: ctx.viewer.orgId,
      ownerIds: [owner.viewer.personId],
      after: new Date(after),
      until: new Date(until),
      ownUsualFor: byOwnUsual ? ctx.viewer.personId : undefined,
    }),
  );
  const mine = news.get(owner.viewer.personId);
  if (!mine) throw new Error("no entry");
  return mine;
}
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test("news sorts what happened in between, and nothing else", async () => {
  const { company, manager, rep } = await makePair(app);
  const start = { owner: rep, stage: "Prospecting", amount: 1000, close_on: "2025-06-30" };
  await makeHistories(app, company, [
    {
      steps: [
        { ...start, at: at("01-02"), name: "Moved" },
        { at: at("02-10"), stage: "Engaging" },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Won" },
        { at: at("02-11"), stage: "Won", amount: 5000 },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Lost" },
        { at: at("02-12"), stage: "Lost" },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Slipped" },
        { at: at("02-12"), close_on: "2025-07-31" },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Sooner" },
        { at: at("02-12"), close_on: "2025-05-31" },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Bigger" },
        { at: at("02-12"), amount: 3000 },
      ],
    },
    { steps: [{ ...start, at: at("02-08"), name: "New" }] },
    { steps: [{ ...start, at: at("01-02"), name: "Quiet" }] },
    {
      steps: [
        { ...start, at: at("01-02"), name: "Before" },
        { at: at("01-30"), stage: "Engaging" },
      ],
    },
    {
      steps: [
        { ...start, at: at("01-02"), name: "After" },
        { at: at("02-20"), stage: "Won" },
      ],
    },
    { steps: [{ ...start, at: at("02-18"), name: "Unborn" }] },
  ]);
  const news = await newsOf(manager, rep, at("02-01"), at("02-15"));
  expect(news.moved).toMatchObject([{ name: "Moved", fromStage: "Prospecting", toStage: "Engaging" }]);
  expect(news.won).toMatchObject([{ name: "Won", amountMinor: 5000 }]);
  expect(names(news.lost)).toEqual(["Lost"]);
  expect(news.slipped).toMatchObject([{ name: "Slipped", fromDay: "2025-06-30", toDay: "2025-07-31" }]);
  expect(news.amountChanged).toMatchObject([{ name: "Bigger", fromMinor: 1000, toMinor: 3000 }]);
  expect(names(news.created)).toEqual(["New"]);
  expect(names(news.stuck).toSorted()).toEqual(["After", "Quiet"]);
  expect(news.stuck.every(({ quietDays }) => quietDays > 30)).toBe(true);
});

test("moved there and back again is no news", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeHistories(app, company, [
    {
      steps: [
        { at: at("01-02"), owner: rep, stage: "Prospecting", close_on: "2025-06-30" },
        { at: at("02-03"), stage: "Engaging", close_on: "2025-08-31" },
        { at: at("02-04"), stage: "Prospecting", close_on: "2025-06-30" },
      ],
    },
  ]);
  const news = await newsOf(manager, rep, at("02-01"), at("02-15"));
  expect([news.moved, news.slipped]).toEqual([[], []]);
});

test("an owner whose deals usually move every few days has one stuck sooner than thirty", async () => {
  const { company, manager, rep } = await makePair(app);
  const brisk = Array.from({ length: 12 }, (_, n) => ({
    steps: [
      { at: at("01-02"), owner: rep, stage: "Prospecting", name: `Brisk ${n}` },
      { at: at("01-04"), amount: 2000 },
      { at: at("01-07"), amount: 3000 },
      { at: at("01-10"), stage: "Won" },
    ] satisfies [Step, ...Step[]],
  }));
  await makeHistories(app, company, [...brisk, { steps: [{ at: at("01-12"), owner: rep, name: "Waiting" }] }]);
  expect(names((await newsOf(manager, rep, at("01-20"), at("01-26"), true)).stuck)).toEqual(["Waiting"]);
  expect(names((await newsOf(manager, rep, at("01-20"), at("01-26"))).stuck)).toEqual([]);
});

test("many owners are answered at once, those without news too", async () => {
  const { company, manager, rep } = await makePair(app);
  const idle = await makePerson(app, company, { manager });
  await makeHistories(app, company, [{ steps: [{ at: at("02-03"), owner: rep, name: "New" }] }]);
  const news = await manager.tx((db) =>
    opportunityNews(db, {
      orgId: company.orgId,
      ownerIds: [rep.viewer.personId, idle.viewer.personId],
      after: new Date(at("02-01")),
      until: new Date(at("02-15")),
    }),
  );
  expect(news.size).toBe(2);
  expect(names(news.get(rep.viewer.personId)?.created ?? [])).toEqual(["New"]);
  expect(news.get(idle.viewer.personId)?.created).toEqual([]);
});
