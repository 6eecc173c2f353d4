import { expect, test } from "vitest";
import { chooseCompany } from "../../src/commands/import-company.ts";
import { PlainError } from "../../src/platform/plain-error.ts";
import { makeCompany } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const refused = async (): Promise<string> => {
  try {
    return await chooseCompany(app, undefined);
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    return `${error.message} ${error.hint}`;
  }
};

test("beside the sample company alone, a command says how to run for it; a company of one’s own is chosen by itself", async () => {
  expect(await refused()).toContain("There is no company yet.");
  const sample = await makeCompany(app);
  await app.database.ownerPool.query("update organisation set is_sample = true, name = 'Tidewater Sample' where org_id = $1", [
    sample.orgId,
  ]);
  expect(await refused()).toContain("only the sample company.");
  expect(await refused()).toContain('--org "Tidewater Sample"');
  expect(await chooseCompany(app, "tidewater sample")).toBe(sample.orgId);
  const own = await makeCompany(app);
  expect(await refused()).toBe(own.orgId);
});
