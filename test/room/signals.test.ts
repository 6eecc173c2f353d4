import { expect, test } from "vitest";
import { signalsOf } from "../../src/live/signals.ts";
import { signal } from "../../src/platform/record-event.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

test("a page that stopped listening twice leaves those that listen since then alone", async () => {
  const { company, rep } = await makePair(app);
  const signals = signalsOf(app);
  await signals.start();
  const stop = signals.listen(company.orgId, () => {});
  stop();
  const topic = `meeting:${newId()}`;
  const heard = new Promise<string>((resolve) => signals.listen(company.orgId, resolve));
  stop();
  await rep.tx((db) => signal(db, topic));
  expect(await Promise.race([heard, new Promise((resolve) => setTimeout(() => resolve("nothing"), 3_000))])).toBe(topic);
});
