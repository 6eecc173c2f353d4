import type { Pool } from "pg";
import { recomputeNumbers } from "../src/domain/numbers/recompute-numbers.ts";
import { settingAt } from "../src/domain/numbers/setting-at.ts";
import { storedNumbers } from "../src/domain/numbers/stored-numbers-queries.ts";
import type { App } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { startApp } from "../src/start-app.ts";
import { type BigCompany, makeBigCompany } from "../test/builders/big-company.ts";
import { makeDataFolder, startInstance } from "../test/support/instance.ts";
import { type Figure, megabytes, ms, quantile, seconds } from "./figures.ts";

// Also by itself: `node bench/measure-numbers.ts`. With a number of reps only that size: of 10,000 reps, with five million
// opportunities, everybody's numbers are worked out, which takes an hour with the making of that company.
const sizes = [
  { reps: 20, opportunities: 10_000, changes: 50_000 },
  { reps: 100, opportunities: 50_000, changes: 250_000 },
  { reps: 400, opportunities: 200_000, changes: 1_000_000 },
];
const large = [
  { reps: 2_000, opportunities: 1_000_000, changes: 5_000_000 },
  { reps: 10_000, opportunities: 5_000_000, changes: 25_000_000 },
];
/** Of so many people of the usual sizes the time is measured; the rest take as long each. */
const mostPeople = 200;

/** How long it takes to work out everybody's numbers anew, and one person's, as the company grows. */
export async function measureNumbers(say?: (figure: Figure) => void, ofReps?: number): Promise<Figure[]> {
  const folder = makeDataFolder("kept-numbers-");
  // Of a server with jobs of its own nothing could be measured: this one only serves.
  const kept = await startInstance({ folder, env: { KEPT_ROLE: "web" } });
  const held = await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }), { share: true });
  const figures: Figure[] = [];
  try {
    for (const size of ofReps ? [...sizes, ...large].filter(({ reps }) => reps === ofReps) : sizes) {
      const company = await makeBigCompany(held.app, size);
      for (const figure of await figuresOf(held.app, company, size)) {
        figures.push(figure);
        say?.(figure);
      }
    }
  } finally {
    await held.stop();
    await kept.discard();
  }
  return figures;
}

async function figuresOf(
  app: App,
  { company: { orgId }, rep }: BigCompany,
  { reps, opportunities }: (typeof sizes)[number],
): Promise<Figure[]> {
  const owner = app.database.ownerPool;
  const many = `${reps.toLocaleString("en-US")} reps, ${opportunities.toLocaleString("en-US")} opportunities`;
  globalThis.gc?.();
  const memory = watchMemory();
  const started = performance.now();
  const shared = await settingAt(app, orgId, app.clock.now());
  const setting = performance.now() - started;
  const more = memory.stop();
  if (!shared.setting.known) throw new Error(shared.setting.refusal.words);
  await owner.query("delete from numbers_due where org_id = $1", [orgId]);
  const people = large.some((size) => size.reps === reps) ? reps : Math.min(reps, mostPeople);
  const due = (some: number) =>
    owner.query(
      "insert into numbers_due (org_id, person_id, since) select org_id, id, now() from person where org_id = $1 and name like 'Rep %' order by id limit $2",
      [orgId, some],
    );
  // A server that runs has its code compiled.
  await due(Math.min(people, 40));
  while ((await recomputeNumbers(app, orgId, shared)) > 0);
  await due(people);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  while ((await recomputeNumbers(app, orgId, shared)) > 0);
  const each = (performance.now() - begun) / people;
  const { user, system } = process.cpuUsage(cpu);
  const cpuEach = (user + system) / 1000 / people;
  const bareEach = await bareRead(owner, orgId, people);
  const whole = setting + each * reps;
  const one = [];
  for (let n = 0; n < 20; n++) {
    const touched = performance.now();
    await owner.query(
      "update opportunity set amount_minor = amount_minor + 1 where (org_id, id) in (select org_id, id from opportunity where org_id = $1 and owner_id = $2 limit 1)",
      [orgId, rep.viewer.personId],
    );
    while ((await recomputeNumbers(app, orgId, shared)) > 0);
    one.push(performance.now() - touched);
  }
  const reads = [];
  for (let n = 0; n < 200; n++) {
    const read = performance.now();
    await rep.tx((db) => storedNumbers(db, orgId, [rep.viewer.personId]));
    reads.push(performance.now() - read);
  }
  return [
    {
      what: `Everybody's numbers anew: ${many}`,
      measured: `${seconds(whole)}${people < reps ? `, out of ${people} of them` : ""}`,
      aim: "a figure",
      bound: `${seconds(setting)} for what all have in common, which took ${megabytes(more)} more of memory; ${ms(each)} a person`,
    },
    {
      what: `CPU of one person's numbers there`,
      measured: ms(cpuEach),
      aim: "≤ 20 ms",
      bound: `${(cpuEach / bareEach).toFixed(1)} × the same rows read and thrown away, which takes ${ms(bareEach)}`,
      reached: cpuEach <= 20,
    },
    {
      what: `One person's numbers after a write, p50 / p99`,
      measured: `${ms(quantile(one, 0.5))} / ${ms(quantile(one, 0.99))}`,
      aim: "≤ 2 s",
      bound: "and up to 0.2 s until the job begins",
      reached: quantile(one, 0.99) <= 2000,
    },
    {
      what: "Stored numbers read for a page, p99",
      measured: ms(quantile(reads, 0.99)),
      aim: "≤ 10 ms",
      reached: quantile(reads, 0.99) <= 10,
    },
  ];
}

/** CPU of reading everything that is known of a person's deals by a bare query, in milliseconds a person. */
async function bareRead(owner: Pool, orgId: string, people: number): Promise<number> {
  const { rows } = await owner.query<{ id: string }>("select id from person where org_id = $1 and name like 'Rep %' order by id limit $2", [
    orgId,
    people,
  ]);
  const cpu = process.cpuUsage();
  for (const { id } of rows) {
    await owner.query(
      "select id, owner_id, stage_id, outcome, currency, created_at, close_on, last_change_at, amount_minor, product_id from opportunity where org_id = $1 and owner_id = $2",
      [orgId, id],
    );
  }
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1000 / rows.length;
}

/** How much more memory than at the start is held at the most, looked at twenty times a second. */
function watchMemory(): { stop(): number } {
  const start = process.memoryUsage().rss;
  let most = start;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  return {
    stop: () => {
      clearInterval(timer);
      return most - start;
    },
  };
}

if (import.meta.main) {
  const started = performance.now();
  await measureNumbers(
    ({ what, measured, aim, bound, reached }) => {
      console.log(`${reached === false ? "✗" : reached ? "✓" : "·"} ${what}: ${measured} (aim ${aim}${bound ? `; ${bound}` : ""})`);
    },
    Number(process.argv[2]) || undefined,
  );
  console.log(`In ${seconds(performance.now() - started)}.`);
  process.exit(0);
}
