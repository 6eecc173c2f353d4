import { expect, test } from "vitest";
import { secondsLeft, timeLeftWords } from "../../src/domain/imports/time-left.ts";

const began = new Date("2026-11-22T09:00:00Z");
const after = (seconds: number) => new Date(began.getTime() + seconds * 1000);

test("the time left is judged by the rows so far, and writing counted in", () => {
  const run = { rowsDone: 250_000, rowsTotal: 1_000_000, workBeganAt: began };
  expect(secondsLeft({ ...run, state: "checking" }, after(60))).toBe(180);
  expect(secondsLeft({ ...run, state: "applying" }, after(60))).toBe(420);
  expect(secondsLeft({ ...run, state: "applying", rowsDone: 10 }, after(1))).toBeNull();
  expect([null, 20, 70, 420].map(timeLeftWords)).toEqual(["", "Less than a minute left.", "About a minute left.", "About 7 minutes left."]);
});
