import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readEnv } from "../../src/platform/env.ts";
import { projectRoot } from "../../src/platform/project-root.ts";
import { startApp } from "../../src/start-app.ts";

const folder = mkdtempSync(join(tmpdir(), "kept-command-"));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { KEPT_DATA: join(folder, "data"), KEPT_LOG: "silent" };
const files = join(folder, "files");
mkdirSync(files);
const put = (name: string, content: string) => writeFileSync(join(files, name), content);
put(
  "a-deals.csv",
  "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nA1,Ann Rep,Rack20,Halden,Won,2026-01-02,2026-02-03,500\nA2,Nobody,,,Engaging,2026-01-02,,\n",
);
put("b-people.csv", "sales_agent,manager,regional_office\nAnn Rep,Mia Boss,East\n");
put("c-products.csv", "product,series,sales_price\nRack 20,Rack,1200\n");
put("data_dictionary.csv", "Table,Field,Description\nx,y,z\n");

/** The command as npm runs it, from the folder of the files. */
function kept(...args: string[]): Promise<{ code: number; words: string }> {
  return new Promise((resolve) => {
    const settings = { cwd: projectRoot, env: { ...process.env, ...env, INIT_CWD: folder } };
    execFile(process.execPath, ["src/cli.ts", ...args], settings, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), words: out + err }),
    );
  });
}

const told = async (...args: string[]): Promise<string> => {
  const { code, words } = await kept("import", ...args);
  return `${code} ${words.split("\n")[0]}`;
};

const postgresRuns = (): boolean => {
  try {
    process.kill(Number(readFileSync(join(env.KEPT_DATA, "postgres", "postmaster.pid"), "utf8").split("\n")[0]), 0);
    return true;
  } catch {
    return false;
  }
};

test("a folder goes in from the terminal, in the right order, alone and beside a running Kept", { timeout: 120_000 }, async () => {
  const none = await kept("import", "files");
  expect([none.code, none.words]).toEqual([1, expect.stringContaining("There is no company yet.")]);
  expect(postgresRuns()).toBe(false);

  const first = await kept("import", "--make-company", "Halden", "--admin", "ada@example.com", "files");
  expect(first.code).toBe(0);
  expect(first.words).toMatch(/ada@example\.com chooses a password here, within 14 days: http:\/\/localhost:\d+\/invitation\/[\w-]{32}\n/);
  expect(first.words).toContain("data_dictionary.csv: left out.");
  const order = [...first.words.matchAll(/^(\S+\.csv): (\w+), .*$/gm)].map(([line]) => line);
  expect(order).toEqual([
    "b-people.csv: people, 1 row: 1 new, 0 changed, 0 the same, 0 failed.",
    "c-products.csv: products, 1 row: 1 new, 0 changed, 0 the same, 0 failed.",
    "a-deals.csv: opportunities, 2 rows: 1 new, 0 changed, 0 the same, 1 failed.",
  ]);
  expect(first.words).toContain("product “Rack20” (1 row) is “Rack 20”.");
  expect(first.words).toContain("line 3: nobody here is called “Nobody”");
  expect(postgresRuns()).toBe(false);

  const running = await startApp(readEnv(env));
  try {
    const again = await kept("import", "files", "--org", "halden");
    expect([again.code, again.words]).toEqual([0, expect.stringContaining("2 rows: 0 new, 0 changed, 1 the same, 1 failed.")]);
    expect(await running.app.database.isUp()).toBe(true);
    const { rows } = await running.app.database.ownerPool.query("select count(*)::int as n from opportunity");
    expect(rows).toEqual([{ n: 1 }]);
  } finally {
    await running.stop();
  }
  expect(postgresRuns()).toBe(false);
});

test("what cannot be done is one line and an exit code", { timeout: 60_000 }, async () => {
  put("empty.txt", "");
  put("asks.csv", "opportunity_id,owner,stage,close_date\nA9,Ann Rep,Won,3/4/2026\n");
  expect(await told("nothere.csv")).toBe("1 nothere.csv is not there.");
  expect(await told("files/empty.txt")).toMatch(/^1 empty\.txt: The file is empty\./);
  expect(await told("files/asks.csv")).toBe(
    "1 asks.csv: “3/4/2026” in Close date can be read in several ways: --answers dates=dmy (the day first) or dates=mdy (the month first).",
  );
  expect(await told("files/asks.csv", "--answers", "dates=dmy")).toBe(
    "0 asks.csv: opportunities, 1 row: 1 new, 0 changed, 0 the same, 0 failed.",
  );
  expect(await told("files/asks.csv", "--org", "Nowhere")).toBe("1 There is no company called “Nowhere” here.");
});

test("columns in another language are guessed, and the guess is said so that it can be sent back", { timeout: 60_000 }, async () => {
  put("deutsch.csv", "Vorgang;Betreuer;Phase;Wert;Abschluss\nB1;Ann Rep;Gewonnen;1.500,00 €;03.04.2026\n");
  const asked = await told("files/deutsch.csv", "--what", "opportunities");
  expect(asked).toMatch(
    /^1 deutsch\.csv: The names of its columns do not say which is which\. By what stands in them: --what opportunities/,
  );
  const answers = /--answers "([^"]*)"/.exec(asked)?.[1] ?? "";
  expect(answers.split(",").toSorted()).toEqual([
    "column:amount=Wert",
    "column:close_on=Abschluss",
    "column:external_id=Vorgang",
    "column:owner=Betreuer",
    "column:stage=Phase",
  ]);
  expect(await told("files/deutsch.csv", "--what", "opportunities", "--answers", answers)).toBe(
    "0 deutsch.csv: opportunities, 1 row: 1 new, 0 changed, 0 the same, 0 failed.",
  );
});
