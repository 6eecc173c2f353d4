// What pushing 10,000 opportunities a call through the API costs, beside a raw COPY of the very rows that come of it.
// Alone: node bench/push-cost.ts [CALLS]
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { byToken, makeApi } from "../src/api/api.ts";
import { opportunityPush } from "../src/api/push-opportunities.ts";
import { makeCompany } from "../src/commands/import-company.ts";
import { makeToken } from "../src/domain/tokens/make-token.ts";
import { type App, asActor, ctxFor } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { makeHttp } from "../src/platform/http.ts";
import { newId } from "../src/platform/new-id.ts";
import { readViewer } from "../src/platform/sign-in.ts";
import { startApp } from "../src/start-app.ts";
import { rawCopy } from "./import-cost.ts";

const rowsACall = 10_000;
const reps = 100;
const admin = "ada@example.com";

/** The address pushes go to, as the whole program serves it, without its pages. */
function apiOf(app: App) {
  const v1 = makeApi();
  v1.use(byToken());
  opportunityPush(v1);
  return makeHttp(app).route("/api/v1", v1);
}

/** A company with reps, and a token of its admin. */
async function prepare(app: App): Promise<string> {
  const orgId = await makeCompany(app, { name: "Bench", admin, currency: undefined, timeZone: undefined });
  await asActor(app, "set-up", orgId, (db) =>
    db
      .insertInto("person")
      .values(
        Array.from({ length: reps }, (_, i) => ({
          org_id: orgId,
          id: newId(),
          name: `Rep ${i}`,
          email: `rep${i}@example.com`,
          time_zone: "UTC",
          created_at: app.clock.now(),
        })),
      )
      .execute(),
  );
  const { rows } = await app.database.ownerPool.query("select id from person where org_id = $1 and email = $2", [orgId, admin]);
  const today = app.clock.now().toISOString().slice(0, 10);
  const viewer = await readViewer(app.database, { orgId, personId: rows[0].id, sessionId: null, today });
  if (!viewer) throw new Error("the admin just made cannot be read");
  return (await makeToken(ctxFor(app, viewer), { id: newId(), name: "bench" })) ?? "";
}

const rowsOf = (call: number) =>
  Array.from({ length: rowsACall }, (_, i) => {
    const n = call * rowsACall + i;
    return {
      externalId: `P${n.toString(36).padStart(7, "0")}`,
      name: `Deal ${n}`,
      owner: `rep${n % reps}@example.com`,
      account: `Account ${n % 2000}`,
      stage: n % 3 === 0 ? "Prospecting" : "Qualified",
      createdOn: `2026-0${1 + (n % 9)}-15`,
      closeOn: "2027-03-31",
      amountMinor: 100_000 + (n % 500) * 1000,
      nextStep: "Call again",
    };
  });

export interface PushCost {
  rows: number;
  changes: number;
  /** The first call, into an empty company. */
  firstSeconds: number;
  /** The last one, when all the others are in. */
  lastSeconds: number;
  /** The rows of the last one once more under a new key: nothing changes. */
  againSeconds: number;
  /** The last one with its own key: answered as before. */
  replaySeconds: number;
  /** Of all rows of all calls together. */
  allSeconds: number;
  copySeconds: number;
}

/** In a data folder of its own, which is removed again. */
export async function pushCost(calls: number): Promise<PushCost> {
  const folder = mkdtempSync(join(tmpdir(), "kept-bench-push-"));
  chmodSync(folder, 0o711);
  const running = await startApp(readEnv({ KEPT_DATA: join(folder, "data"), KEPT_LOG: "silent" }));
  const { app } = running;
  try {
    const http = apiOf(app);
    const authorization = `Bearer ${await prepare(app)}`;
    const push = async (call: number, key: string): Promise<number> => {
      const body = JSON.stringify({ rows: rowsOf(call) });
      const headers = { authorization, "content-type": "application/json", "idempotency-key": key };
      const started = performance.now();
      const answer = await http.request("http://localhost/api/v1/opportunities", { method: "POST", headers, body });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`a push was answered ${answer.status}: ${text.slice(0, 300)}`);
      return Math.round(performance.now() - started) / 1000;
    };
    const times: number[] = [];
    for (let call = 0; call < calls; call++) times.push(await push(call, `call-${call}`));
    const replaySeconds = await push(calls - 1, `call-${calls - 1}`);
    const againSeconds = await push(calls - 1, "again");
    const { rows } = await app.database.ownerPool.query("select count(*)::int as n from opportunity_change");
    return {
      rows: calls * rowsACall,
      changes: rows[0].n,
      firstSeconds: times[0] ?? 0,
      lastSeconds: times.at(-1) ?? 0,
      againSeconds,
      replaySeconds,
      allSeconds: times.reduce((sum, time) => sum + time, 0),
      copySeconds: await rawCopy(app, folder),
    };
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.log(await pushCost(Number(process.argv[2] ?? 10)));
