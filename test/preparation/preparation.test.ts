import { describe, expect, test } from "vitest";
import { handInPreparation } from "../../src/domain/preparations/hand-in-preparation.ts";
import { preparationOf, question } from "../../src/domain/preparations/preparation-queries.ts";
import { saveAnswer } from "../../src/domain/preparations/save-answer.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

/** A pair whose rep won $4,100 in February and 1,000 in January 2026 against 5,200 and no plan, with a meeting on 2 March. */
async function makePrepared() {
  const { company, manager, rep } = await makePair(app);
  const won = (month: string, amount: number): Parameters<typeof makeHistories>[2][number] => ({
    steps: [
      { at: "2025-12-05T00:00:00Z", owner: rep, stage: "Engaging" },
      { at: `2026-${month}-10T12:00:00Z`, stage: "Won", close_on: `2026-${month}-10`, amount },
    ],
  });
  await makeHistories(app, company, [won("01", 100_000), won("02", 410_000)]);
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values({ org_id: company.orgId, person_id: rep.viewer.personId, month: "2026-02-01", amount_minor: 520_000, currency: "USD" })
      .execute(),
  );
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-02T10:00:00Z" });
  const path = `/meetings/${meeting}/preparation`;
  return { company, manager, rep, meeting, path };
}

const page = async (path: string, as: Ctx) => (await app.request(path, { as })).text();
const save = (path: string, as: Ctx, field: string, value: string, version = 0) =>
  app.request(path, { as, form: { field, value, version: String(version) }, headers: { accept: "application/json" } });
const figuresOf = async (ctx: Ctx, meeting: string) => (await ctx.tx((db) => preparationOf(db, ctx.viewer.orgId, meeting))).figures;

describe("own numbers first", () => {
  test("the actual figure is nowhere on the page until the rep has said theirs, then beside it with the difference", async () => {
    const { rep, meeting, path } = await makePrepared();
    const before = await page(path, rep);
    expect(before).toContain("Won in February");
    expect(before).not.toContain("4,100");
    expect(before).not.toContain("5,200");
    const answer = await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "$3.9k" } });
    expect(answer.status).toBe(303);
    const after = await page(path, rep);
    expect(after).toContain("You said <b>$3,900</b>");
    expect(wordsOf(after)).toMatch(/It is \$4,100 ?: \$200 \(5 %\) too low/);
    expect(after).not.toContain("5,200");
    expect((await figuresOf(rep, meeting)).get("month_result")).toMatchObject({ stated: 390_000, actual: 410_000 });
  });

  test("what was said stands: a second try changes nothing, and the figure stays as it was when it was said", async () => {
    const { company, rep, meeting, path } = await makePrepared();
    await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "3900" } });
    await makeHistories(app, company, [
      { steps: [{ at: "2026-02-01T00:00:00Z", owner: rep, stage: "Won", close_on: "2026-02-20", amount: 900_000 }] },
    ]);
    await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "4100" } });
    expect((await figuresOf(rep, meeting)).get("month_result")).toMatchObject({ stated: 390_000, actual: 410_000 });
  });

  test("the year adds up its months, and a plan with a month missing is said to be none", async () => {
    const { rep, meeting, path } = await makePrepared();
    await app.request(`${path}/figures`, {
      as: rep,
      form: { "typed year_result stated": "5100", "typed year_plan stated": "9000", "typed month_plan stated": "5,200" },
    });
    const figures = await figuresOf(rep, meeting);
    expect(figures.get("year_result")?.actual).toBe(510_000);
    expect(figures.get("month_plan")?.actual).toBe(520_000);
    expect(figures.get("year_plan")).toMatchObject({ stated: 900_000, actual: null });
    expect(await page(path, rep)).toContain("No plan is set");
  });

  test("a figure that cannot be read is kept as typed, with what is wrong beside it, and nothing is shown", async () => {
    const { rep, meeting, path } = await makePrepared();
    const answer = await app.request(`${path}/figures`, {
      as: rep,
      form: { "typed month_result stated": "about <40>", "typed month_plan stated": "5200" },
    });
    expect(answer.status).toBe(422);
    const words = await answer.text();
    expect(words).toContain('value="about &lt;40&gt;"');
    expect(words).toContain("Write an amount such as 38,120 or 38k.");
    expect((await figuresOf(rep, meeting)).size).toBe(0);
  });

  test("rank is asked only where the organisation uses ranks, and counts within the team", async () => {
    const { company, manager, rep, meeting, path } = await makePrepared();
    expect(await page(path, rep)).not.toContain("Place in the team");
    const better = await makePerson(app, company, { manager });
    await makeHistories(app, company, [
      { steps: [{ at: "2026-01-02T00:00:00Z", owner: better, stage: "Won", close_on: "2026-02-02", amount: 9_000_000 }] },
    ]);
    await app.database.ownerPool.query("update organisation set uses_rank = true where org_id = $1", [company.orgId]);
    await app.request(`${path}/figures`, { as: rep, form: { "typed rank stated": "1" } });
    expect((await figuresOf(rep, meeting)).get("rank")).toMatchObject({ stated: 1, actual: 2 });
  });

  test("the difference of last time is shown the next time", async () => {
    const { company, manager, rep, path } = await makePrepared();
    await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "4264" } });
    const next = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    await app.request(`/meetings/${next}/preparation/figures`, { as: rep, form: { "typed month_result stated": "4100" } });
    expect(wordsOf(await page(`/meetings/${next}/preparation`, rep))).toContain("Last time you were 4 % high.");
  });
});

describe("saved while it is typed", () => {
  test("each field by itself, with a version", async () => {
    const { rep, path } = await makePrepared();
    expect(await (await save(path, rep, "working", "Demos")).json()).toEqual({ version: 1 });
    expect(await (await save(path, rep, "working", "Demos on site", 1)).json()).toEqual({ version: 2 });
    expect(await page(path, rep)).toContain("Demos on site");
  });

  test("the same request twice is harmless", async () => {
    const { rep, path } = await makePrepared();
    await save(path, rep, "working", "Demos");
    expect((await save(path, rep, "working", "Demos")).status).toBe(200);
  });

  test("of two tabs the second gets the first one's words back, and none is lost", async () => {
    const { rep, path } = await makePrepared();
    await save(path, rep, "working", "Demos");
    await save(path, rep, "working", "Demos on site", 1);
    const second = await save(path, rep, "working", "Demos by call", 1);
    expect(second.status).toBe(409);
    expect(await second.json()).toEqual({ version: 2, theirs: "Demos on site" });
    const both = await save(path, rep, "working", "Demos on site\nDemos by call", 2);
    expect(both.status).toBe(200);
  });

  test("without script two tabs get both texts in the field, to keep what one wants", async () => {
    const { rep, path } = await makePrepared();
    await save(path, rep, "working", "Demos on site");
    const answer = await app.request(path, { as: rep, form: { working: "Demos by call", "version working": "0" } });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain("Demos on site\nDemos by call");
  });

  test("a session that has ended says so, and the words come in once signed in again", async () => {
    const { rep, path } = await makePrepared();
    const gone = await app.request(path, {
      form: { field: "working", value: "Demos", version: "0" },
      headers: { accept: "application/json" },
    });
    expect(gone.status).toBe(401);
    expect((await gone.json()).error).toContain("signed in");
    expect((await save(path, rep, "working", "Demos")).status).toBe(200);
  });

  test("a wish counts as soon as it can be read", async () => {
    const { rep, meeting, path } = await makePrepared();
    expect((await save(path, rep, "typed month_result wish", "60k")).status).toBe(200);
    expect((await figuresOf(rep, meeting)).get("month_result")).toMatchObject({ wish: 6_000_000, stated: null });
    const unreadable = await save(path, rep, "typed month_result wish", "sixty", 1);
    expect([unreadable.status, await unreadable.json()]).toMatchObject([
      422,
      { version: 2, error: "Write an amount such as 38,120 or 38k." },
    ]);
    expect(await page(path, rep)).toContain('value="sixty"');
  });

  test("only questions of a preparation can be answered, and not endlessly", async () => {
    const { rep, path } = await makePrepared();
    expect((await save(path, rep, "month", "2020-01-01")).status).toBe(422);
    expect((await save(path, rep, "section ", "x")).status).toBe(422);
    expect((await save(path, rep, "working", "x".repeat(10_001))).status).toBe(422);
  });
});

describe("whose it is", () => {
  test("the manager sees whether it is handed in, and the words only then", async () => {
    const { manager, rep, path } = await makePrepared();
    expect(await page(path, manager)).toContain("Rico has not begun");
    await save(path, rep, "working", "Demos");
    await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "3900" } });
    const before = await page(path, manager);
    expect(before).toContain("Rico is still writing");
    expect(before).not.toContain("Demos");
    expect(before).not.toContain("3,900");
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    const after = await page(path, manager);
    expect(after).toContain("Demos");
    expect(after).toContain("Said <b>$3,900</b>");
    expect(after).not.toContain("<textarea");
  });

  test("the manager cannot fill it in, nor hand it in", async () => {
    const { manager, meeting, path } = await makePrepared();
    expect((await save(path, manager, "working", "You are doing fine")).status).toBe(403);
    expect((await app.request(`${path}/figures`, { as: manager, form: { "typed month_result stated": "1" } })).status).toBe(403);
    await expect(handInPreparation(manager, meeting)).rejects.toMatchObject({ status: 403 });
  });

  test("somebody else finds nothing", async () => {
    const { company, path } = await makePrepared();
    const leader = await makePerson(app, company, { roles: ["leader"] });
    expect((await app.request(path, { as: leader })).status).toBe(404);
    expect((await save(path, leader, "working", "x")).status).toBe(404);
  });

  test("handed in it can still change; begun, it stays as it was", async () => {
    const { company, manager, rep, meeting, path } = await makePrepared();
    await app.request(`${path}/hand-in`, { as: rep, form: { working: "Demos", "version working": "0" } });
    expect((await save(path, rep, "working", "Demos on site", 1)).status).toBe(200);
    await app.request(`/meetings/${meeting}/open`, { as: manager, form: {} });
    expect((await save(path, rep, "working", "Too late", 2)).status).toBe(409);
    await expect(saveAnswer(rep, { meetingId: meeting, question: "working", words: "Too late", version: 2 })).rejects.toMatchObject({
      status: 409,
    });
    const seen = await manager.tx((db) => preparationOf(db, company.orgId, meeting));
    expect(seen.answers.get(question.working)?.words).toBe("Demos on site");
  });

  test("a moved meeting keeps the month that was asked about", async () => {
    const { company, rep, meeting, path } = await makePrepared();
    await save(path, rep, "working", "Demos");
    await app.database.ownerPool.query("update meeting set planned_start = '2026-03-20T10:00Z' where org_id = $1 and id = $2", [
      company.orgId,
      meeting,
    ]);
    expect(await page(path, rep)).toContain("Won in February");
  });
});
