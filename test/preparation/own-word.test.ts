import { describe, expect, test } from "vitest";
import { sayOwnWord } from "../../src/domain/own-words/say-own-word.ts";
import { wordsSaid } from "../../src/domain/own-words/own-word-queries.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const month = app.clock.now().toISOString().slice(0, 7);
const inTenDays = () => new Date(app.clock.now().getTime() + 864e6).toISOString();

async function makePrepared() {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: app.clock.now().toISOString() });
  const path = `/meetings/${meeting}/preparation`;
  const give = (form: Record<string, string>, as = rep) => app.request(`${path}/figures`, { as, form });
  return { company, manager, rep, meeting, path, give };
}

const said = (as: Ctx, rep: Ctx) =>
  as.tx((db) => wordsSaid(db, { orgId: rep.viewer.orgId, personId: rep.viewer.personId, from: "2000-01-01", until: "2100-01-01" }));

describe("the own word", () => {
  test("is one figure and a range for the month and the quarter, said in the preparation and kept", async () => {
    const { rep, meeting, path, give } = await makePrepared();
    const before = await (await app.request(path, { as: rep })).text();
    expect(before).toContain("Your word");
    const answer = await give({
      "word month likely": "40k",
      "word month least": "32k",
      "word month most": "55,000",
      "word quarter likely": "90k",
    });
    expect(answer.status).toBe(303);
    expect(await said(rep, rep)).toMatchObject([
      { horizon: "quarter", likely: 9_000_000, least: null, most: null, saidIn: meeting },
      { horizon: "month", likely: 4_000_000, least: 3_200_000, most: 5_500_000, periodOn: `${month}-01`, saidIn: meeting },
    ]);
    expect(await (await app.request(path, { as: rep })).text()).toContain("$40,000, at least $32,000, at most $55,000");
  });

  test("said once in a preparation, however often the form is sent", async () => {
    const { rep, give } = await makePrepared();
    await give({ "word month likely": "40k" });
    await give({ "word month likely": "50k" });
    expect((await said(rep, rep)).map(({ likely }) => likely)).toEqual([4_000_000]);
  });

  test("a later preparation keeps a word of its own and shows the earlier one", async () => {
    const { company, manager, rep, give } = await makePrepared();
    await give({ "word month likely": "40k", "word quarter likely": "100k" });
    const next = await makeMeeting(app, company, manager, rep, { planned_start: app.clock.now().toISOString() });
    const path = `/meetings/${next}/preparation`;
    expect(await (await app.request(path, { as: rep })).text()).toContain("you said $40,000");
    await app.request(`${path}/hand-in`, { as: rep, form: { "word month likely": "45k" } });
    expect((await said(rep, rep)).map(({ horizon, likely }) => `${horizon} ${likely}`)).toEqual([
      "month 4500000",
      "quarter 10000000",
      "month 4000000",
    ]);
  });

  test("that contradicts itself is refused at its field, with all that was typed kept", async () => {
    const { rep, give } = await makePrepared();
    const answer = await give({
      "word month likely": "40k",
      "word month least": "50k",
      "word quarter least": "9 apples",
      "word month most": "60k",
    });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("At least cannot be more than likely.");
    expect(page).toContain("Write an amount such as 38,120 or 38k.");
    expect(page).toContain('value="9 apples"');
    expect(page).toContain('value="50k"');
    expect(await said(rep, rep)).toEqual([]);
    expect(await (await give({ "word month least": "5k" })).text()).toContain("Say your likely figure too.");
  });

  test("of a month that is over is refused at its field, and what was typed is kept", async () => {
    const { company, manager, rep } = await makePair(app);
    const started = app.clock.now().toISOString();
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: started });
    app.setNow(new Date(app.clock.now().getTime() + 40 * 864e5).toISOString());
    const answer = await app.request(`/meetings/${meeting}/preparation/hand-in`, { as: rep, form: { "word month likely": "41k" } });
    app.setNow(started);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("is over: what came is known.");
    expect(page).toContain('value="41k"');
    expect(await said(rep, rep)).toEqual([]);
  });

  test("is the rep's to give: the manager reads it once it is said, and another rep never", async () => {
    const { company, manager, rep, give } = await makePrepared();
    expect((await give({ "word month likely": "40k" }, manager)).status).toBe(403);
    await give({ "word month likely": "40k" });
    const peer = await makePerson(app, company, { manager });
    expect(await said(manager, rep)).toHaveLength(1);
    expect(await said(peer, rep)).toEqual([]);
  });

  test("of a period that is over is refused", async () => {
    const { rep } = await makePair(app);
    const word = { id: newId(), horizon: "month" as const, likely: 5, least: null, most: null };
    await expect(sayOwnWord(rep, { ...word, on: "2017-03-05" })).rejects.toThrow("March 2017 is over");
    await sayOwnWord(rep, { ...word, on: inTenDays().slice(0, 10) });
    await sayOwnWord(rep, { ...word, on: inTenDays().slice(0, 10) });
    expect(await said(rep, rep)).toHaveLength(1);
  });
});
