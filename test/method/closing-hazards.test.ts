import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closingHazards, type DealLife } from "../../src/method/closing-hazards.ts";
import { closingIncidence } from "../../src/method/closing-incidence.ts";
import { newWinChances, winChance, winChances } from "../../src/method/win-chance.ts";
import { valueOf } from "../../src/method/estimate.ts";

const rows = (name: string): Record<string, string>[] => {
  const [head = "", ...lines] = readFileSync(join(import.meta.dirname, "fixtures", name), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => Object.fromEntries(line.split(",").map((value, at) => [head.split(",")[at] ?? "", value.trim()])));
};
const livesOfFile = (): DealLife[] =>
  rows("lives.csv").map(({ from, to, outcome }) => ({ from: Number(from), to: Number(to), outcome: outcome as DealLife["outcome"] }));

const stillOpen = (many: number) => Array.from({ length: many }, (): DealLife => ({ from: 0, to: 69, outcome: "open" }));

const life = fc.record({
  from: fc.constantFrom(0, 0, 5, 12),
  to: fc.integer({ min: 0, max: 60 }),
  outcome: fc.constantFrom("won", "lost", "open"),
}) as fc.Arbitrary<DealLife>;
const someLives = fc.array(life, { minLength: 60, maxLength: 200 });

describe("how deals close by age", () => {
  test("is what survfit of R says, with deals older than the records and deals still open", () => {
    const hazards = valueOf(closingHazards(livesOfFile()));
    expect(hazards).not.toBeNull();
    if (!hazards) return;
    const incidence = closingIncidence(hazards);
    const expected = rows("incidence.csv");
    expect(expected.length).toBeGreaterThan(20);
    for (const row of expected) {
      const age = Number(row.age);
      expect([hazards.atRisk[age], hazards.won[age], hazards.lost[age]]).toEqual([row.risk, row.wonEvents, row.lostEvents].map(Number));
      for (const state of ["won", "lost", "open"] as const) expect(incidence[state][age]).toBeCloseTo(Number(row[state]), 12);
    }
  });

  test("refuses below thirty closed deals, by name", () => {
    const few = livesOfFile().filter(({ outcome }) => outcome !== "open");
    expect(closingHazards(few.slice(0, 29))).toEqual({
      known: false,
      refusal: { lack: "outcomes", have: 29, need: 30, unit: "closed deals", words: "not enough outcomes: 29 closed deals, 30 needed" },
    });
    expect(closingHazards(few.slice(0, 30)).known).toBe(true);
  });

  test("chances of won, lost and open add up to one at every age, and never fall", () => {
    fc.assert(
      fc.property(someLives, (lives) => {
        const hazards = valueOf(closingHazards(lives));
        if (!hazards) return;
        const { won, lost, open } = closingIncidence(hazards);
        for (let age = 0; age < won.length; age++) {
          expect((won[age] ?? 0) + (lost[age] ?? 0) + (open[age] ?? 0)).toBeCloseTo(1, 9);
          expect(won[age]).toBeGreaterThanOrEqual(won[age - 1] ?? 0);
        }
      }),
    );
  });

  test("says from which age on nothing closes any more only once twenty deals were watched a month longer", () => {
    const closed = Array.from({ length: 40 }, (_, n): DealLife => ({ from: 0, to: n, outcome: n % 2 ? "won" : "lost" }));
    expect(valueOf(closingHazards([...closed, ...stillOpen(20)]))?.closesUpTo).toBe(39);
    expect(valueOf(closingHazards([...closed, ...stillOpen(19)]))?.closesUpTo).toBeNull();
  });
});

/** What the first and the last month of a quarter are worth, at any age; the second is as the average. */
const byMonth = (first: number, last: number) => Float64Array.from({ length: 12 }, (_, at) => (at < 4 ? first : at < 8 ? 1 : last));

describe("the chance to win within some days", () => {
  test("of a new deal over all ages is the last of the incidence; of an open one it is the incidence from its age on", () => {
    fc.assert(
      fc.property(someLives, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 60 }), (lives, age, days) => {
        const hazards = valueOf(closingHazards(lives));
        if (!hazards) return;
        const { won, open } = closingIncidence(hazards);
        expect(winChance(hazards, 0, { days: won.length })).toBeCloseTo(won.at(-1) ?? 0, 9);
        const before = age === 0 ? 1 : (open[age - 1] ?? 0);
        if (age + days > won.length || before < 1e-9) return;
        const within = ((won[age + days - 1] ?? 0) - (age === 0 ? 0 : (won[age - 1] ?? 0))) / before;
        expect(winChance(hazards, age, { days })).toBeCloseTo(within, 9);
        expect(winChances(hazards, { days })[age]).toBeCloseTo(within, 9);
        expect(winChance(hazards, age, { days: days + 1 })).toBeGreaterThanOrEqual(winChance(hazards, age, { days }));
      }),
    );
  });

  test("is nothing past the oldest age ever watched", () => {
    const hazards = valueOf(closingHazards(livesOfFile()));
    expect(hazards && winChance(hazards, 400, { days: 90 })).toBe(0);
  });

  test("of deals found later in the span is smaller, and follows the months of the quarter when they are known", () => {
    const hazards = valueOf(closingHazards(livesOfFile()));
    if (!hazards) throw new Error("there are enough deals in the file");
    const plain = newWinChances(hazards, { days: 20 });
    expect(plain.toSorted((a, b) => b - a)).toEqual(plain);
    const worth = { won: Float64Array.from({ length: 12 }, (_, at) => (at >= 8 ? 2 : 1)), lost: new Float64Array(12).fill(1) };
    const season = { positions: Array.from({ length: 20 }, (_, day) => (day < 10 ? 1 : 2)), worth };
    const seasonal = newWinChances(hazards, { days: 20, season });
    expect(seasonal[19]).toBeCloseTo(2 * (plain[19] ?? 0), 12);
    expect(seasonal[0]).toBeGreaterThan(plain[0] ?? 1);
  });

  test("is worked out day by day with what each day's month of the quarter is worth, at any age", () => {
    const hazards = { wonHazard: new Float64Array(10).fill(0.1), lostHazard: new Float64Array(10).fill(0.2) };
    const season = { positions: [0, 2], worth: { won: byMonth(0.5, 2), lost: byMonth(1, 0.5) } };
    // The first day 5 % are won and 20 % lost, the second 20 % of the others are won.
    expect(winChance(hazards, 3, { days: 2, season })).toBeCloseTo(0.05 + 0.75 * 0.2, 12);
    const chances = winChances(hazards, { days: 2, season });
    expect(chances.length).toBe(10);
    for (const chance of chances.subarray(0, 9)) expect(chance).toBeCloseTo(0.2, 12);
    expect(chances[9]).toBeCloseTo(0.05, 12);
  });
});
