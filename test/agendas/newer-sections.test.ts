import { expect, test } from "vitest";
import { insertAgendaVersion } from "../../src/domain/agendas/insert-agenda-version.ts";
import { newerSections } from "../../src/domain/agendas/newer-sections.ts";
import { type Panel, readyMadeKinds, type SectionPlan } from "../../src/domain/agendas/ready-made-kinds.ts";
import { saveAgenda } from "../../src/domain/agendas/save-agenda.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { wordsOf } from "../people/sign-in-as.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const plan = readyMadeKinds.find(({ slug }) => slug === "deal-strategy");
const sections = plan?.sections ?? [];
const isLater = ({ panel }: SectionPlan) => panel === "prospects" || panel === "practice";
const old = sections
  .filter((section) => !isLater(section))
  .map((section) => (section.panel === "opportunities" ? { ...section, minutes: 23 } : section));
const panelsOf = (given: readonly SectionPlan[]) => new Set<Panel>(given.map(({ panel }) => panel));
const total = (given: readonly SectionPlan[]) => given.reduce((sum, { minutes }) => sum + minutes, 0);
const offered = (given: readonly SectionPlan[], everHad = panelsOf(given), minutes = 45) =>
  newerSections({ slug: "deal-strategy", minutes, sections: given, everHad });

test("the sections new since come where the ready-made agenda has them, and it still fits into its time", () => {
  const newer = offered(old);
  expect(newer?.added.map(({ title }) => title)).toEqual(["Prospects", "Practice"]);
  expect(newer?.sections.map(({ title }) => title)).toEqual(sections.map(({ title }) => title));
  expect([total(old), total(newer?.sections ?? [])]).toEqual([45, 45]);
  expect(newer?.sections.find(({ title }) => title === "Prospects")?.minutes).toBe(12);
});

test("an agenda made its own keeps its order and words, and one that is over its time grows no further", () => {
  const own: SectionPlan[] = [
    { title: "Hello", minutes: 20, focus: "present", panel: "none", prompts: [] },
    { title: "Deals", minutes: 30, focus: "present", panel: "opportunities", prompts: ["What moved?"] },
    { title: "Next", minutes: 5, focus: "future", panel: "wrap_up", prompts: [] },
  ];
  const newer = offered(own);
  expect(newer?.sections.map(({ title }) => title)).toEqual(["Hello", "Prospects", "Deals", "Practice", "Next"]);
  expect(newer?.sections.filter((section) => !isLater(section)).map(({ title }) => title)).toEqual(["Hello", "Deals", "Next"]);
  expect(newer?.sections.at(-1)?.title).toBe("Next");
  expect(total(newer?.sections ?? [])).toBe(55);
});

test("what somebody took out, and kinds of one's own, are offered nothing", () => {
  expect(offered(old, panelsOf(sections))).toBeUndefined();
  expect(offered(sections)).toBeUndefined();
  expect(newerSections({ slug: "our-own", minutes: 30, sections: old, everHad: panelsOf(old) })).toBeUndefined();
});

/** A company whose agenda is of the time before: its first version is put back. */
async function makeOldCompany() {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const rep = await makePerson(app, company);
  const kindId = company.kinds.get("deal-strategy") ?? "";
  await app.database.ownerPool.query("delete from agenda where org_id = $1 and kind_id = $2", [company.orgId, kindId]);
  await asActor(app, "set-up", company.orgId, (db) =>
    insertAgendaVersion(db, { id: newId(), orgId: company.orgId, kindId, version: 1, sections: old, by: null, at: app.clock.now() }),
  );
  return { company, admin, rep };
}
const page = async (as: Ctx) => wordsOf(await app.request("/agendas/deal-strategy", { as }));
const hidden = async (as: Ctx) => {
  const html = await (await app.request("/agendas/deal-strategy", { as })).text();
  const form = /action="\/agendas\/deal-strategy\/newer".*?name="id" value="([^"]+)".*?name="base" value="([^"]+)"/s.exec(html);
  return { id: form?.[1] ?? "", base: form?.[2] ?? "" };
};

test("an admin is offered what is new with a preview, and one click makes the next version, once", async () => {
  const { admin, rep } = await makeOldCompany();
  expect(await page(admin)).toMatch(/New since your version: Prospects and Practice.*How version 2 would look.*Prospects New/);
  expect(await page(rep)).not.toContain("New since your version");
  const form = await hidden(admin);
  expect((await app.request("/agendas/deal-strategy/newer", { as: rep, form })).status).toBe(404);
  for (let again = 0; again < 2; again++)
    expect((await app.request("/agendas/deal-strategy/newer", { as: admin, form })).headers.get("location")).toBe("/agendas/deal-strategy");
  const after = await page(admin);
  expect(after).toContain("Version 2");
  expect(after).not.toContain("Version 3");
  expect(after).not.toContain("New since your version");
  expect(await wordsOf(await app.request("/agendas/deal-strategy?version=1", { as: admin }))).not.toContain("Prospects");
});

test("a version saved meanwhile is not written over, and what is taken out again is not offered again", async () => {
  const { admin } = await makeOldCompany();
  const form = await hidden(admin);
  const edit = { slug: "deal-strategy", name: "Deal strategy", purpose: "Deals.", rrule: "FREQ=WEEKLY", minutes: 45 };
  await saveAgenda(admin, { ...edit, id: newId(), base: 1, sections: old.slice(1) });
  const late = await app.request("/agendas/deal-strategy/newer", { as: admin, form });
  expect(late.status).toBe(303);
  expect(await page(admin)).toContain("New since your version");
  await app.request("/agendas/deal-strategy/newer", { as: admin, form: await hidden(admin) });
  await saveAgenda(admin, { ...edit, id: newId(), base: 3, sections: old });
  expect(await page(admin)).not.toContain("New since your version");
});
