import { expect, test } from "vitest";
import { besideDeal, dealWords } from "../../src/parts/deal-words.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { bringIn, rowsOf } from "../imports/bring-in.ts";
import { wordsOf } from "../people/sign-in-as.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T12:00:00Z");

test("a deal says whose it is once: in its name, after it, or that it has no account yet", () => {
  expect(dealWords({ name: "Halden Mills · GTX Pro", accountName: "Halden Mills" })).toBe("Halden Mills · GTX Pro");
  expect(dealWords({ name: "Line 1", accountName: "Halden Mills" })).toBe("Line 1, Halden Mills");
  expect(dealWords({ name: "GTX Pro · 1C1I7A6R", accountName: null, productName: "GTX Pro" })).toBe("GTX Pro · 1C1I7A6R, no account yet");
  expect(besideDeal({ name: "GTX Pro", accountName: null, productName: "GTX Pro" })).toBe("no account yet");
  expect(dealWords({ name: "The refit of line 1", accountName: null, productName: "GTX Pro" })).toBe("The refit of line 1");
  expect(dealWords({ name: "Refit", accountName: null })).toBe("Refit");
});

test("the pipeline and the page of a deal without an account say so", async () => {
  const company = await makeCompany(app);
  const rep = await makePerson(app, company, { name: "Noor Haddad" });
  await bringIn(
    app,
    company,
    "opportunity_id,sales_agent,product,account,deal_stage,close_date\n7,Noor Haddad,GTX Pro,,Engaging,2026-12-20",
  );
  const [deal] = await rowsOf(app, company, "opportunity");
  expect(await wordsOf(await app.request("/pipeline", { as: rep }))).toContain("GTX Pro · 7 no account yet");
  expect(await wordsOf(await app.request(`/opportunities/${deal?.id}`, { as: rep }))).toContain("GTX Pro · 7 No account yet");
});
