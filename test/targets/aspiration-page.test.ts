import { describe, expect, test } from "vitest";
import { targetsOn } from "../../src/domain/goals/targets-queries.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const pathOf = (rep: Ctx) => `/people/${rep.viewer.personId}/aspiration`;
const dream = "Take the family to Lisbon in May";
const say = (rep: Ctx, form: Record<string, string>, as = rep) =>
  app.request(pathOf(rep), { as, form: { id: newId(), words: dream, "year-2026-01-01": "260k", ...form } });
const read = async (rep: Ctx, as: Ctx) => {
  const answer = await app.request(pathOf(rep), { as });
  return { status: answer.status, page: (await answer.text()).replaceAll(/\s+/g, " ") };
};

describe("the rep’s own awesome", () => {
  test("is written by the rep alone, before any meeting, and the goal leads", async () => {
    const { rep, manager } = await makePair(app);
    expect((await read(rep, rep)).page).toContain("What would make 2026 awesome for you?");
    const answer = await say(rep, { "quarter-2026-04-01": "80,000" });
    expect(answer.status).toBe(303);
    const { page } = await read(rep, rep);
    expect(page).toContain(dream);
    expect(page).toContain("Only you and Mara Manager can read this.");
    const goal = (await rep.tx((db) => targetsOn(db, rep.viewer.orgId, [rep.viewer.personId], dayNumber("2026-05-01")))).get(
      rep.viewer.personId,
    )?.goal;
    expect(goal).toMatchObject({ year: 260_000_00, quarter: 80_000_00 });
    expect((await read(rep, manager)).page).toContain("That is $260,000 won in 2026");
  });

  test("is the manager’s to read, not to write; nobody else sees that there is one", async () => {
    const company = await makeCompany(app);
    const leader = await makePerson(app, company, { roles: ["leader"] });
    const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
    const rep = await makePerson(app, company, { manager });
    const admin = await makePerson(app, company, { roles: ["admin"] });
    const peer = await makePerson(app, company, { manager });
    await say(rep, {});
    const seen = await read(rep, manager);
    expect(seen.page).toContain(dream);
    expect(seen.page).not.toContain("<textarea");
    expect((await say(rep, { words: "Mine" }, manager)).status).toBe(403);
    for (const other of [leader, admin]) {
      const { status, page } = await read(rep, other);
      expect(status).toBe(403);
      expect(page).not.toContain(dream);
    }
    expect((await read(rep, peer)).status).toBe(404);
    expect((await (await app.request(`/people/${rep.viewer.personId}`, { as: leader })).text()).includes("/aspiration")).toBe(false);
  });

  test("keeps what was said before, and says nothing twice", async () => {
    const { rep, company } = await makePair(app);
    const id = newId();
    await say(rep, { id });
    await say(rep, { id });
    app.setNow("2026-03-03T09:00:00Z");
    await say(rep, { words: "A house by the sea", "year-2026-01-01": "300k" });
    const { page } = await read(rep, rep);
    app.setNow("2026-03-02T09:00:00Z");
    expect(page).toContain("Said before");
    expect(page).toContain("said on 2 March 2026");
    const { rows } = await app.database.ownerPool.query(
      "select (select count(*)::int from aspiration where org_id = $1) as aspirations, (select count(*)::int from goal where org_id = $1) as goals",
      [company.orgId],
    );
    expect(rows).toEqual([{ aspirations: 2, goals: 2 }]);
  });

  test("keeps what was typed when an amount cannot be read", async () => {
    const { rep } = await makePair(app);
    const answer = await say(rep, { "year-2026-01-01": "a lot", "month-2026-05-01": "5k" });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("Write an amount, such as 260,000 or 260k.");
    expect(page).toContain('value="a lot"');
    expect(page).toContain(dream);
    expect((await read(rep, rep)).page).not.toContain(dream);
  });

  test("in another currency is refused at its field", async () => {
    const { rep } = await makePair(app);
    const answer = await say(rep, { "year-2026-01-01": "565000 EUR" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Write the amount in USD.");
    expect((await read(rep, rep)).page).not.toContain(dream);
  });

  test("is refused where its quarters or months come to more than the whole, also with what was said before", async () => {
    const { rep } = await makePair(app);
    const tooMuch = await say(rep, { "year-2026-01-01": "565k", "quarter-2026-01-01": "600k", "quarter-2026-04-01": "151k" });
    expect(tooMuch.status).toBe(422);
    const page = await tooMuch.text();
    expect(page).toContain("Your quarters and months come to $751,000: more than this.");
    expect(page).toMatch(/name="year-2026-01-01"[^>]*aria-invalid="true"/);
    expect(page).toContain('value="151k"');
    const months = { "month-2026-01-01": "60k", "month-2026-02-01": "50k" };
    expect((await say(rep, months)).status).toBe(303);
    const quarter = await say(rep, { "quarter-2026-01-01": "100k" });
    expect(quarter.status).toBe(422);
    expect(await quarter.text()).toContain("Its months come to $110,000: more than this.");
    expect((await say(rep, { "quarter-2026-01-01": "110k" })).status).toBe(303);
    expect((await say(rep, { "year-2026-01-01": "100k" })).status).toBe(422);
    expect((await say(rep, { "year-2026-01-01": "" })).status).toBe(303);
  });

  test("follows a year from April", async () => {
    const { rep, company } = await makePair(app);
    await app.database.ownerPool.query("update organisation set fiscal_year_starts_in = 4 where org_id = $1", [company.orgId]);
    const { page } = await read(rep, rep);
    expect(page).toContain("What would make FY26 awesome for you?");
    expect(page).toContain("Q4 FY26");
    expect((await app.request(pathOf(rep), { as: rep, form: { id: newId(), words: "w", "year-2025-04-01": "1k" } })).status).toBe(303);
    expect((await read(rep, rep)).page).toContain('value="1,000"');
  });

  test("stays hidden from a later manager until the rep shows it", async () => {
    const { rep, company } = await makePair(app);
    await say(rep, {});
    const later = await makePerson(app, company, { name: "Lena Later", roles: ["manager"] });
    const line = [company.orgId, rep.viewer.personId];
    await app.database.ownerPool.query("update reporting_line set until_on = '2026-03-01' where org_id = $1 and person_id = $2", line);
    await app.database.ownerPool.query(
      "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2026-03-01')",
      [...line, later.viewer.personId],
    );
    expect((await read(rep, later)).page).not.toContain(dream);
    expect((await read(rep, rep)).page).toContain("stays hidden from Lena unless you show it");
    await app.request(`${pathOf(rep)}/consent`, { as: rep, form: { gives: "yes" } });
    expect((await read(rep, later)).page).toContain(dream);
    expect((await app.request(`${pathOf(rep)}/consent`, { as: later, form: { gives: "yes" } })).status).toBe(403);
    await app.request(`${pathOf(rep)}/consent`, { as: rep, form: { gives: "no" } });
    expect((await read(rep, later)).page).not.toContain(dream);
  });
});
