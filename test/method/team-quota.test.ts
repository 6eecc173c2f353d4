import { expect, test } from "vitest";
import { teamQuotas } from "../../src/method/team-quota.ts";

const managerOf = new Map([
  ["lea", null],
  ["anna", "lea"],
  ["zoe", "lea"],
  ["a1", "anna"],
  ["a2", "anna"],
  ["z1", "zoe"],
]);
const all = [...managerOf.keys()];
const asked = (ids: readonly string[], quotas: Record<string, number>) => teamQuotas(managerOf)(ids, (id) => quotas[id]);

test("reps' quotas are added up where their manager has none", () => {
  expect(asked(all, { a1: 1, a2: 2, z1: 4 })).toBe(7);
  expect(asked(all, {})).toBeNull();
});

test("a manager's quota stands for the team's, however far above", () => {
  expect(asked(all, { anna: 10, a1: 1, a2: 2, z1: 4 })).toBe(14);
  expect(asked(all, { lea: 100, anna: 10, a1: 1, z1: 4 })).toBe(100);
  expect(asked(["anna", "a1", "a2"], { lea: 100, anna: 10, a1: 1 })).toBe(10);
});

test("a manager's quota is left out where only part of the team is added up", () => {
  expect(asked(["anna"], { anna: 10, a1: 1 })).toBeNull();
  expect(asked(["anna", "a1"], { anna: 10, a1: 1, a2: 2 })).toBe(1);
});
