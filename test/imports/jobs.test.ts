import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { changeRun } from "../../src/domain/imports/import-run-store.ts";
import type { RunState } from "../../src/domain/imports/import-settings.ts";
import { startApplying } from "../../src/domain/imports/start-applying.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { signalsOf } from "../../src/live/signals.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const company = await makeCompany(app);
const admin = await makePerson(app, company, { roles: ["admin"] });

async function until(id: string, state: RunState): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await outcomeOf(app, company.orgId, id)).run.state === state) return;
    await sleep(50);
  }
  throw new Error(`it never came to be ${state}`);
}

test("imports that a stopped Kept left half-done go on at its next start, and open pages are told", async () => {
  const waiting = await bringIn(app, company, "product,series\nA,S\n", { onlyCheck: true });
  const stopped = await bringIn(app, company, "product,series\nB,S\n", { onlyCheck: true });
  await asActor(app, "import", company.orgId, (db) => changeRun(db, company.orgId, waiting.id, ["checked"], { state: "checking" }));
  await asActor(app, "import", company.orgId, (db) => changeRun(db, company.orgId, stopped.id, ["checked"], { state: "applying" }));
  const told = new Set<string>();
  const signals = signalsOf(app);
  await signals.start();
  const stopListening = signals.listen(company.orgId, (topic) => told.add(topic));
  const jobs = await startJobs(app);
  try {
    await until(waiting.id, "checked");
    await until(stopped.id, "applied");
    expect((await rowsOf(app, company, "product")).map(({ name }) => name)).toEqual(["B"]);
    expect(told).toEqual(new Set([`import:${waiting.id}`, `import:${stopped.id}`]));
    expect(await startApplying(admin, waiting.id)).toBe(true);
    expect(await startApplying(admin, waiting.id)).toBe(false);
    await until(waiting.id, "applied");
    expect(await rowsOf(app, company, "product")).toHaveLength(2);
  } finally {
    stopListening();
    await jobs.stop();
  }
});
