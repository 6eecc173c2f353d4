import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { type Instance, makeDataFolder, runKept, startInstance } from "../support/instance.ts";

const folder = makeDataFolder();
const running: Instance[] = [];
afterAll(() => running.at(-1)?.discard());

const start = async () => {
  const kept = await startInstance({ folder });
  running.push(kept);
  return kept;
};

async function kept(...args: string[]): Promise<string> {
  const { code, output } = await runKept(args, { folder });
  if (code !== 0) throw new Error(output);
  return output.trim();
}

interface Sent {
  id: string;
  state: string;
  problem: string | null;
  rows: Record<string, number>;
}

/** The API of whichever process runs now. */
const caller = (token: string) => async (path: string, body?: string) => {
  const answer = await fetch(`${running.at(-1)?.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "text/csv" }) },
    ...(body !== undefined && { method: "POST", body }),
  });
  return (await answer.json()) as Sent;
};

async function until<T>(what: string, look: () => Promise<T | false | undefined> | T | false | undefined): Promise<T> {
  for (const began = Date.now(); Date.now() - began < 90_000;) {
    const seen = await look();
    if (seen) return seen;
    await sleep(15);
  }
  throw new Error(`never: ${what}`);
}

async function select<T extends pg.QueryResultRow>(query: string): Promise<T[]> {
  const client = new pg.Client({
    connectionString: `postgres://postgres@/kept?host=${encodeURIComponent(join(folder, "postgres"))}&port=5432`,
  });
  await client.connect();
  const { rows } = await client.query<T>(query);
  await client.end();
  return rows;
}

const rows = 60_000;

test(
  "killed while it looks a large file over and again while it takes it in, it goes on from the rows it had kept",
  { timeout: 240_000 },
  async () => {
    await start();
    const people = join(folder, "people.csv");
    writeFileSync(people, "name,email\nAnn Rep,ann@example.com\n");
    await kept("import", "--make-company", "Halden", "--admin", "ada@example.com", people);
    const call = caller((await kept("token", "--email", "ada@example.com")).split("\n").at(-1) ?? "");
    const lines = Array.from({ length: rows }, (_, i) => `Z${i},Ann Rep,Drum,Offering,${i}`);
    const file = ["opportunity_id,owner,product,stage,amount", ...lines].join("\n");
    const { id } = await call("/imports?fileName=large.csv", file);
    const keptRows = join(folder, "uploads", `${id}.rows`);
    const mark = () =>
      existsSync(`${keptRows}.json`) ? (JSON.parse(readFileSync(`${keptRows}.json`, "utf8")) as { rows: number; isDone: boolean }) : null;
    const idOf = (line: number) => readFileSync(keptRows, "utf8").split("\n")[line]?.split("\t")[4];

    const marked = await until("rows kept", () => mark() ?? undefined);
    await running.at(-1)?.stop("SIGKILL");
    expect([marked.rows >= 20_000, marked.isDone]).toEqual([true, false]);
    const [first, twentieth] = [idOf(0), idOf(19_999)];

    await start();
    await until("looked over", async () => (await call(`/imports/${id}`)).state === "checked");
    expect([idOf(0), idOf(19_999), mark()]).toMatchObject([first, twentieth, { rows, isDone: true }]);
    await call(`/imports/${id}/apply`, "");
    await until("being taken in", async () => (await call(`/imports/${id}`)).rows.done);
    await running.at(-1)?.stop("SIGKILL");
    expect(await select("select count(*)::int as n from opportunity")).toEqual([{ n: 0 }]);

    await start();
    const done = await until("taken in", async () => {
      const run = await call(`/imports/${id}`);
      return run.state === "applied" && run;
    });
    expect([done.problem, done.rows]).toMatchObject([null, { total: rows, new: rows, changed: 0, same: 0, failed: 0 }]);
    const deals = await select<{ n: number; ids: number }>(
      "select count(*)::int as n, count(distinct external_id)::int as ids from opportunity",
    );
    expect(deals).toEqual([{ n: rows, ids: rows }]);
    expect(await select(`select external_id as id from opportunity where id in ('${first}', '${twentieth}') order by 1`)).toEqual([
      { id: "Z0" },
      { id: "Z19999" },
    ]);
    expect(existsSync(keptRows)).toBe(false);
  },
);

/** Three thousand deals, from this number on. */
const half = (from: number) =>
  [
    "opportunity_id,owner,product,account,stage",
    ...Array.from({ length: 3000 }, (_, i) => `T${from + i},Ann Rep,Bolt,Ostrava ${(from + i) % 7},Talking`),
  ].join("\n");

test("two processes that take in two files at once make one company's truth of both", { timeout: 120_000 }, async () => {
  if (running.length === 0) throw new Error("the first test starts it");
  const [one, two] = [join(folder, "one.csv"), join(folder, "two.csv")];
  writeFileSync(one, half(0));
  writeFileSync(two, half(2000));
  const said = await Promise.all([one, two].map((path) => kept("import", path, "--answers", "covers=part")));
  const fresh = said.map((words) => Number(/(\d[\d,]*) new/.exec(words)?.[1]?.replaceAll(",", "")));
  const same = said.map((words) => Number(/(\d[\d,]*) the same/.exec(words)?.[1]?.replaceAll(",", "")));
  expect(fresh.toSorted()).toEqual([2000, 3000]);
  expect(same.toSorted()).toEqual([0, 1000]);
  expect(await select("select count(*)::int as n from opportunity where external_id like 'T%'")).toEqual([{ n: 5000 }]);
  expect(await select("select count(*)::int as n from account where name like 'Ostrava %'")).toEqual([{ n: 7 }]);
  expect(await select("select count(*)::int as n from product where name = 'Bolt'")).toEqual([{ n: 1 }]);
  expect(await select("select count(*)::int as n from stage where name = 'Talking'")).toEqual([{ n: 1 }]);
});
