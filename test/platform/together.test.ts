import { afterAll, expect, inject, test } from "vitest";
import pg from "pg";
import { randomBytes } from "node:crypto";
import { signal } from "../../src/platform/record-event.ts";
import { makeMeeting, makePair } from "../builders/company.ts";
import { type Instance, startInstance } from "../support/instance.ts";
import { makeTestApp } from "../support/test-app.ts";

// Two programs on one database: what one changes, whoever looks at the other learns.
const app = await makeTestApp();
const { company, manager, rep } = await makePair(app);
const instances: Instance[] = [];
afterAll(async () => {
  for (const instance of instances) await instance.discard();
});

async function cookieOf(): Promise<string> {
  const person = await app.database.auth
    .selectFrom("person")
    .select(["org_id", "id", "name", "email"])
    .where("id", "=", rep.viewer.personId)
    .executeTakeFirstOrThrow();
  const set = await app.signIn.openSession({
    orgId: person.org_id,
    id: person.id,
    name: person.name,
    email: person.email ?? "",
    userId: null,
  });
  return set.split(";")[0] ?? "";
}

test("a signal raised beside one reaches who listens at the other, and a session opens both", async () => {
  const env = { DATABASE_URL: app.database.url };
  instances.push(...(await Promise.all([startInstance({ env }), startInstance({ env })])));
  const [first, second] = instances as [Instance, Instance];
  const cookie = await cookieOf();
  for (const { url } of [first, second]) {
    const week = await fetch(`${url}/week`, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
    expect(week.status).toBe(200);
  }
  const meetingId = await makeMeeting(app, company, manager, rep);
  const stop = new AbortController();
  const heard: string[] = [];
  const live = await fetch(`${second.url}/live?topics=meeting:${meetingId}`, { headers: { cookie }, signal: stop.signal });
  const reading = (async () => {
    for await (const chunk of live.body as unknown as AsyncIterable<Uint8Array>) heard.push(Buffer.from(chunk).toString());
  })().catch(() => {});
  const sees = async (words: string) => {
    for (let tries = 0; tries < 100 && !heard.join("").includes(words); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard.join("")).toContain(words);
  };
  await sees("event: open");
  await manager.tx((db) => signal(db, `meeting:${meetingId}`));
  await sees(`data: meeting:${meetingId}`);
  stop.abort();
  await reading;
});

test("two that start at once on an empty database both come up, with one schema", async () => {
  const templateUrl = inject("templateUrl");
  const name = `kept_test_${/kept_template_(\d+)/.exec(templateUrl)?.[1]}_${randomBytes(4).toString("hex")}`;
  const admin = new pg.Client({ connectionString: templateUrl.replace(/\/kept_template_\d+/, "/postgres") });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const env = { DATABASE_URL: templateUrl.replace(/kept_template_\d+/, name) };
  const both = await Promise.all([startInstance({ env }), startInstance({ env })]);
  instances.push(...both);
  for (const { url } of both) expect((await fetch(`${url}/healthz`)).status).toBe(200);
  for (const instance of both) await instance.stop();
  expect(both.map(({ child }) => child.exitCode)).toEqual([0, 0]);
});
