import { existsSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeRun } from "../../src/domain/imports/import-run-store.ts";
import { uploadFolder } from "../../src/domain/imports/upload-folder.ts";
import { applyImport } from "../../src/imports/run-import.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringInFile, fileOf, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const rows = 24_000;

test("what was read before a kill is not read again: the import goes on from the rows it had kept", { timeout: 120_000 }, async () => {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ann Rep" });
  const lines = Array.from({ length: rows }, (_, i) => `Z${i},Ann Rep,Drum,Offering,${i}`);
  const path = fileOf(["opportunity_id,owner,product,stage,amount", ...lines].join("\n"));
  const { id, counts } = await bringInFile(app, company, path, { onlyCheck: true });
  expect(counts).toMatchObject({ new: rows, failed: 0 });
  // As a kill leaves it: the mark speaks of the first rows, behind them there is half a row more.
  const kept = join(uploadFolder(app), `${id}.rows`);
  const text = readFileSync(kept, "utf8").split("\n");
  const mark = JSON.parse(readFileSync(`${kept}.json`, "utf8"));
  const bytes = Buffer.byteLength(`${text.slice(0, 20_000).join("\n")}\n`);
  truncateSync(kept, bytes + 7);
  writeFileSync(`${kept}.json`, JSON.stringify({ ...mark, rows: 20_000, bytes, isDone: false }));
  // The amounts of the rows that are kept are otherwise in the file now: they must not be looked at.
  const { mtimeMs } = statSync(path);
  writeFileSync(path, readFileSync(path, "utf8").replace("Z7,Ann Rep,Drum,Offering,7", "Z7,Ann Rep,Drum,Offering,9"));
  utimesSync(path, Math.floor(mtimeMs) / 1000, Math.floor(mtimeMs) / 1000 + 0.0002);
  await asActor(app, "import", company.orgId, (db) => changeRun(db, company.orgId, id, ["checked"], { state: "applying" }));
  await applyImport(app, company.orgId, id);
  expect((await outcomeOf(app, company.orgId, id)).counts).toEqual({ new: rows, changed: 0, same: 0, failed: 0 });
  const deals = new Map((await rowsOf(app, company, "opportunity")).map((deal) => [deal.external_id, deal]));
  expect(deals.size).toBe(rows);
  expect(deals.get("Z7")?.amount_minor).toBe(700);
  expect(deals.get("Z0")?.id).toBe(text[0]?.split("\t")[4]);
  expect(deals.get("Z23999")?.amount_minor).toBe(2_399_900);
  expect(existsSync(kept)).toBe(false);
});
