import { expect, test } from "vitest";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T04:10:00Z");

test("the sample company is made within three seconds", async () => {
  const started = performance.now();
  const { orgId } = await makeSampleCompany(app);
  const ms = performance.now() - started;
  console.log(ms);
  expect(ms).toBeLessThan(3000);
  expect(await makeSampleCompany(app)).toEqual({ orgId });
});
