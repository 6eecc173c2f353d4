import { expect, test } from "vitest";
import { sampleRows } from "../../src/domain/sample/make-sample-company.ts";

const { rows, now } = sampleRows(new Date("2026-11-22T10:00:00Z"));
const of = (table: string) => (rows.byTable.get(table as "meeting") ?? []) as unknown as Record<string, string & Date>[];

test("most prospects have a story, and some of it was different before", () => {
  const told = new Set(of("story_line").map((line) => line.opportunity_id));
  expect(told.size).toBeGreaterThan(40);
  expect(of("story_past").length).toBeGreaterThan(40);
  for (const line of of("story_line")) expect(new Date(line.at as unknown as Date).getTime()).toBeLessThanOrEqual(now);
});

test("nobody writes with placeholders", () => {
  for (const table of ["story_line", "story_past", "prospect_line", "role_play_line"])
    for (const { words } of of(table)) expect(words).not.toMatch(/[{}]|undefined/);
});

test("role-plays were done, with something good said, and most had more than one try", () => {
  const plays = of("role_play");
  expect(plays.length).toBeGreaterThan(60);
  const lines = of("role_play_line");
  const praised = new Set(lines.filter(({ part }) => part === "feedback").map((line) => line.role_play_id));
  for (const play of plays) expect(praised.has(play.id as string & Date)).toBe(play.done_at !== null);
});
