import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const html = async (path: string, as: Ctx) => (await app.request(path, { as })).text();
const text = async (path: string, as: Ctx) => wordsOf(await html(path, as));

const first = { stage: "Prospecting", verifiers: [{ id: newId(), words: "Customer accepted the meeting" }] };
const demo = { stage: "Demo", verifiers: [{ id: newId(), words: "Customer saw it work" }] };
const last = { stage: "Engaging", verifiers: [{ id: newId(), words: "Customer agreed a plan" }] };
const verifierOf = ({ verifiers }: typeof demo) => verifiers[0]?.id;

/** Three deals: two in Demo, one of them backed until there; one in Engaging. Demo leaves the process on the first of March. */
async function world() {
  app.setNow("2026-03-02T09:00:00Z");
  const pair = await makePair(app);
  const { company, rep } = pair;
  const fresh = [first, demo, last].map((stage) => ({ ...stage, verifiers: stage.verifiers.map(({ words }) => ({ id: newId(), words })) }));
  const [one = first, two = demo, three = last] = fresh;
  const rules = [
    { grade: "A", field: "verified stage", stage: "Engaging" },
    { grade: "B", field: "backed" },
  ] as const;
  await makeProcess(app, company, { stages: [one, two, three], rules });
  const at = "2026-01-20T10:00Z";
  const deals = await makeHistories(
    app,
    company,
    [
      ["Backed demo", "Demo"],
      ["Empty demo", "Demo"],
      ["Engaged", "Engaging"],
    ].map(([name = "", stage = ""]) => ({ steps: [{ at, owner: rep, name, stage, amount: 100_000, close_on: "2026-04-20" }] })),
  );
  const [backed = "", , engaged = ""] = deals;
  await makeEvidence(app, company, { opportunity: backed, verifier: verifierOf(one), by: rep }, { at: "2026-02-01T10:00Z" });
  await makeEvidence(app, company, { opportunity: engaged, verifier: verifierOf(one), by: rep }, { at: "2026-02-01T10:00Z" });
  const takeOut = () => makeProcess(app, company, { version: 2, validFrom: "2026-03-01T09:00Z", stages: [one, three], rules });
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  return { ...pair, admin, takeOut, deals };
}

const csvRows = async (as: Ctx, query = "") => {
  const [head = "", ...rows] = (await (await app.request(`/pipeline.csv${query}`, { as })).text()).trim().split(/\r?\n/);
  const names = head.replace("\uFEFF", "").split(",");
  return new Map(
    rows.map((row) => {
      const cells = row.split(",");
      return [cells[1], Object.fromEntries(names.map((name, at) => [name, cells[at]]))] as const;
    }),
  );
};

test("taking a stage out moves no deal's verified stage, grade or volume", async () => {
  const { rep, takeOut } = await world();
  const before = await csvRows(rep);
  expect(before.get("Backed demo")).toMatchObject({ stage: "Demo", "verified stage": "Demo", grade: "B" });
  expect(before.get("Empty demo")).toMatchObject({
    stage: "Demo",
    "verified stage": "Prospecting",
    "stages claimed ahead": "1",
    grade: "C",
  });
  await takeOut();
  const after = await csvRows(rep);
  const gone = "Demo (no longer in the process)";
  expect(after.get("Backed demo")).toMatchObject({ stage: gone, "verified stage": gone, grade: "B" });
  expect(after.get("Empty demo")).toMatchObject({ stage: gone, "verified stage": "Prospecting", "stages claimed ahead": "1", grade: "C" });
});

test("the table, the chart and the filter name it plainly, and sort it where it stood", async () => {
  const { rep, takeOut } = await world();
  await takeOut();
  const page = await html("/pipeline?sort=stage", rep);
  expect(page).toMatch(/<option value="[^"]+">Demo \(no longer in the process\)<\/option>/);
  const places = ["Backed demo", "Empty demo", "Engaged"].map((name) => page.lastIndexOf(`>${name}</a>`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(await text("/pipeline", rep)).toMatch(/Demo \(no longer in the process\) \$2,000 \$1,000/);
  // The day before it was taken out is told by the process of that day.
  expect(await text("/pipeline?asOf=2026-02-20", rep)).not.toContain("no longer in the process");
});

test("the process page counts who still carries it, and an admin says what they count as from then on", async () => {
  const { rep, admin, takeOut } = await world();
  await takeOut();
  expect(await text("/process", rep)).toContain("Demo : 2 open deals. They count where it used to stand.");
  expect(await html("/process", rep)).not.toContain("Say what they count as");
  await app.request("/process/draft/start", { as: admin, form: { from: "current" } });
  const draft = await html("/process/draft", admin);
  const [, demoId = ""] = /name="carried" value="([^"]+)"/.exec(draft) ?? [];
  const engagingId = /id="stage-([0-9a-f-]{36})"[^>]*><legend[^>]*>Engaging/.exec(draft)?.[1] ?? "";
  const fields = [
    ...draft.slice(draft.indexOf('action="/process/draft" ')).matchAll(/<(?:input|textarea)[^>]*name="([^"]*)"(?:[^>]*value="([^"]*)")?/g),
  ];
  const body = new URLSearchParams(fields.map(([, name = "", value = ""]) => [name, value]));
  for (const name of ["ruleGrade", "ruleField", "ruleStage", "ruleNumber"]) body.delete(name);
  body.set(`counts as ${demoId}`, engagingId);
  body.set("what", "save");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await app.request("/process/draft", { as: admin, method: "POST", headers, body: body.toString() })).status).toBe(303);
  const preview = await html("/process/preview", admin);
  expect(preview.replaceAll(/\s+/g, " ")).toContain("count as Engaging");
  const revision = /name="revision" value="([^"]*)"/.exec(preview)?.[1] ?? "";
  await app.request("/process/publish", { as: admin, form: { id: newId(), revision } });
  expect(await text("/process", rep)).toContain("They count as Engaging.");
  const rows = await csvRows(rep);
  expect(rows.get("Backed demo")).toMatchObject({ "verified stage": "Engaging", "stages claimed ahead": "0" });
  expect(rows.get("Empty demo")).toMatchObject({ "verified stage": "Prospecting", "stages claimed ahead": "1" });
  expect((await csvRows(rep, "?asOf=2026-02-20")).get("Backed demo")).toMatchObject({ stage: "Demo", "verified stage": "Demo" });
});

test("the leader sees by stage and by manager what is claimed and what is backed", async () => {
  const { company, manager, takeOut } = await world();
  const leader = await makePerson(app, company, { name: "Lena Leader", roles: ["leader"] });
  await app.database.ownerPool.query(
    "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2025-01-01')",
    [company.orgId, manager.viewer.personId, leader.viewer.personId],
  );
  await takeOut();
  const words = await text("/pipeline", leader);
  expect(words).toContain("Volume claimed Backed by the customer");
  expect(words).toMatch(/Mara Manager 1 3 0 \$3,000 \$2,000/);
  expect(words).toMatch(/Demo \(no longer in the process\) \$2,000 \$1,000/);
  expect(words).toMatch(/Prospecting \$0 \$1,000/);
});
