import { expect, test } from "vitest";
import { personName } from "../../src/domain/people/person-form.ts";
import { makeCompany } from "../builders/company.ts";
import { bringIn, rowsOf } from "../imports/bring-in.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

test("a name may be in any script, and may not turn the text around it", () => {
  for (const name of ["Zoë O’Brien", "محمد", "김지수", "Nguyễn Thị"]) expect(personName.safeParse(name).success).toBe(true);
  for (const name of ["Ann\u202Egnp", "Ann\u2066x", "Ann\nRep", ""]) expect(personName.safeParse(name).success).toBe(false);
});

test("a name that turns the text around it is refused in words that help; marks of a script stay", () => {
  expect(personName.safeParse("Ann\u202Egnp").error?.issues[0]?.message).toContain("hidden sign that turns the direction of writing");
  expect(personName.safeParse("Ann\nRep").error?.issues[0]?.message).toBe("One line of text, please.");
  expect(personName.safeParse("نرم\u200Cافزار\u200F").success).toBe(true);
});

test("out of a file of people such signs are taken away, and the person is found again without them", async () => {
  const company = await makeCompany(app);
  await bringIn(app, company, "name,email,role\n\u202AAnn Abel\u202C,\u202Aann@acme.test\u202C,rep\nBo Berg,bo@acme.test,rep");
  await bringIn(app, company, "name,email,role\nAnn Abel,ann@acme.test,rep");
  const people = await rowsOf(app, company, "person");
  expect(people.map(({ name, email }) => `${name} ${email}`).toSorted()).toEqual(["Ann Abel ann@acme.test", "Bo Berg bo@acme.test"]);
});
