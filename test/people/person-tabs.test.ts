import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { makeCompany, makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const tabsOn = async (path: string, as: Ctx): Promise<string[]> => {
  const html = await (await app.request(path, { as })).text();
  const tabs = /<nav class="tabs".*?<\/nav>/s.exec(html)?.[0] ?? "";
  return [...tabs.matchAll(/>([A-Z][a-z]+)<\/a>/g)].map(([, words]) => words ?? "");
};

test("each page of a rep has the same tabs, and each tab answers", async () => {
  const { manager, rep } = await makePair(app);
  const id = rep.viewer.personId;
  const all = await tabsOn(`/people/${id}`, manager);
  expect(all).toEqual(expect.arrayContaining(["Overview", "Pipeline", "Commitments", "Record"]));
  for (const path of [`/pipeline?rep=${id}`, `/commitments?with=${id}`, `/records?with=${id}`]) {
    expect((await app.request(path, { as: manager })).status).toBe(200);
    expect(await tabsOn(path, manager)).toEqual(all);
  }
  for (const path of [`/people/${id}`, "/pipeline", "/commitments", "/records"]) expect(await tabsOn(path, rep)).toEqual(all);
});

test("whoever is outside the pair gets no tab to what the two wrote, and an admin none at all", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const tabs = await tabsOn(`/people/${rep.viewer.personId}`, leader);
  expect(tabs).toContain("Pipeline");
  expect(tabs).not.toContain("Commitments");
  expect(tabs).not.toContain("Record");
  expect(await tabsOn(`/people/${rep.viewer.personId}`, admin)).toEqual([]);
  expect(await tabsOn(`/people/${manager.viewer.personId}`, leader)).toEqual([]);
});

test("a rep finds the own page in the navigation, with the way into the next one-on-one", async () => {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep);
  const id = rep.viewer.personId;
  expect(await (await app.request("/week", { as: rep })).text()).toContain(`<a href="/people/${id}`);
  expect(await (await app.request("/week", { as: manager })).text()).not.toContain(">You<");
  const html = await (await app.request(`/people/${id}`, { as: rep })).text();
  expect(html).toContain("<h1>You</h1>");
  expect(html).toContain(`/meetings/${meeting}/preparation`);
  expect(html).toContain("with Mara Manager");
});
