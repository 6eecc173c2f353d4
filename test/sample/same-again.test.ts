import { expect, test } from "vitest";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp, type TestApp } from "../support/test-app.ts";
import { ask } from "./asked.ts";

const one = await makeTestApp();
const other = await makeTestApp();

/** What is kept by transaction, not by what was written: it tells one run from the other. */
const ofTransactions = ["late_history", "numbers_due", "pipeline_version"];

async function fingerprints(app: TestApp): Promise<Map<string, string>> {
  const tables = await ask<{ name: string }>(
    app,
    `select t.table_name as name from information_schema.tables t where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
       and exists (select 1 from information_schema.columns c where c.table_name = t.table_name and c.column_name = 'org_id') order by 1`,
  );
  const prints = new Map<string, string>();
  for (const { name } of tables.filter((table) => !ofTransactions.includes(table.name))) {
    const [row] = await ask<{ print: string }>(
      app,
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from "${name}" t`,
    );
    prints.set(name, row?.print ?? "");
  }
  return prints;
}

test("the same moment makes the same company in every database, and a second click nothing more", async () => {
  for (const app of [one, other]) app.setNow("2026-11-18T14:20:00Z");
  const { orgId } = await makeSampleCompany(one);
  expect(await makeSampleCompany(other)).toEqual({ orgId });
  const first = await fingerprints(one);
  expect(await fingerprints(other)).toEqual(first);
  expect(await makeSampleCompany(one)).toEqual({ orgId });
  expect(await fingerprints(one)).toEqual(first);
  expect([...first.values()].filter((print) => !print.startsWith("0 ")).length).toBeGreaterThan(25);
}, 120_000);
