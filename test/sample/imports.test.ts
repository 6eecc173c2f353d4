import { expect, test } from "vitest";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, count, ctxOfPerson, everybody } from "./asked.ts";

const app = await makeTestApp();

test("an admin of the sample company sees what was brought in, when, by whom, and what came of it", { timeout: 120_000 }, async () => {
  app.setNow("2026-11-18T14:20:00Z");
  await makeSampleCompany(app);
  const runs = await ask<{ id: string; file_name: string; rows_new: number; rows_changed: number; rows_same: number }>(
    app,
    "select id, file_name, rows_new, rows_changed, rows_same from import_run order by created_at desc",
  );
  expect(runs.map(({ file_name }) => file_name)).toEqual([
    "pipeline-2026-11-16.csv",
    "pipeline-2026-11-09.csv",
    "pipeline-2026-11-02.csv",
    "accounts.xlsx",
    "products.xlsx",
    "people.xlsx",
  ]);
  for (const run of runs.slice(0, 3)) expect(Math.min(run.rows_new, run.rows_changed, run.rows_same)).toBeGreaterThan(0);
  expect(await count(app, "import_run where rows_total <> rows_new + rows_changed + rows_same + rows_failed")).toBe(0);
  expect(await count(app, "opportunity where outcome = 'vanished' and vanished_at = (select max(exported_at) from import_run)")).toBe(1);
  const noor = (await everybody(app)).find(({ role }) => role === "admin");
  const admin = await ctxOfPerson(app, noor as NonNullable<typeof noor>);
  const words = async (path: string) =>
    (await (await app.request(path, { as: admin })).text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  expect(await words("/imports")).toContain("pipeline-2026-11-16.csv Taken in Opportunities 16 Nov 2026");
  const page = await words(`/imports/${runs[0]?.id}`);
  expect(page).toContain("by Noor Haddad");
  expect(page).toContain("1 open deal is not in the file any more, and marked as gone from the export.");
  expect(page).toContain("Nobody here is called “Sam Whitlock”.");
  expect(page).toContain("Some of what it did");
});
