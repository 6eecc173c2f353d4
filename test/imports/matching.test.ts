import { expect, test } from "vitest";
import { answerImport } from "../../src/domain/imports/answer-import.ts";
import { checkImport } from "../../src/imports/run-import.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const file = (...rows: string[]) => ["opportunity_id,owner,account,deal_stage", ...rows].join("\n");

test("who a name is is asked once: chosen, made as somebody who has left, or left out, and remembered for the next file", async () => {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const ann = await makePerson(app, company, { name: "Ann Rep", email: `ann-${company.orgId}@example.com` });
  await makePerson(app, company, { name: "Sam Twin", email: `sam1-${company.orgId}@example.com` });
  const twin = await makePerson(app, company, { name: "Sam Twin", email: `sam2-${company.orgId}@example.com` });
  const content = file("M1,A. Rep,,Engaging", "M2,Gone Guy,,Engaging", "M3,Test User,,Engaging", "M4,Sam Twin,,Engaging");
  const first = await bringIn(app, company, content, { onlyCheck: true });
  expect(first.counts).toMatchObject({ new: 0, failed: 4 });
  const page = await (await app.request(`/imports/${first.id}`, { as: admin })).text();
  expect(page).toContain("2 people have this name: choose by mail address");
  const form = {
    what: "opportunities",
    owner_0: `ann-${company.orgId}@example.com`,
    owner_1: "Make a person who has left",
    owner_2: "Leave these rows out",
    owner_3: `sam2-${company.orgId}@example.com`,
  };
  expect((await app.request(`/imports/${first.id}/answers`, { as: admin, form })).status).toBe(303);
  await checkImport(app, company.orgId, first.id, { thenApply: true });
  const done = await outcomeOf(app, company.orgId, first.id);
  expect(done.counts).toEqual({ new: 3, changed: 0, same: 0, failed: 1 });
  expect(done.reasons).toEqual(["4: its owner “Test User” is left out"]);
  const people = await rowsOf(app, company, "person");
  const gone = people.find(({ name }) => name === "Gone Guy");
  expect(gone?.left_on).not.toBeNull();
  const owners = Object.fromEntries((await rowsOf(app, company, "opportunity")).map((deal) => [deal.external_id, deal.owner_id]));
  expect(owners).toEqual({ M1: ann.viewer.personId, M2: gone?.id, M4: twin.viewer.personId });
  expect((await bringIn(app, company, content)).counts).toEqual({ new: 0, changed: 0, same: 3, failed: 1 });
});

test("an account written a little otherwise is suggested, never taken silently, and the choice remembered", async () => {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, company, { name: "Ann Rep" });
  await bringIn(app, company, file("N1,Ann Rep,Halden Mills,Engaging"));
  const second = file("N1,Ann Rep,Halden Mills,Engaging", "N2,Ann Rep,Halden-Mills Inc.,Engaging");
  const checked = await bringIn(app, company, second, { onlyCheck: true });
  const [suggested] = checked.run.settings.found?.accounts ?? [];
  expect(suggested).toMatchObject({ value: "Halden-Mills Inc.", rows: 1, to: { name: "Halden Mills" } });
  expect(checked.run.settings.found?.newAccounts).toBe(1);
  await answerImport(admin, checked.id, "opportunities", { accounts: { "Halden-Mills Inc.": suggested?.to?.id ?? "" } });
  await checkImport(app, company.orgId, checked.id, { thenApply: true });
  expect(await rowsOf(app, company, "account")).toHaveLength(1);
  expect((await bringIn(app, company, second)).counts).toMatchObject({ new: 0, changed: 0, same: 2 });
});
