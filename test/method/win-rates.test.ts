import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaChance, betaQuantile } from "../../src/method/beta-quantile.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { flaggedRates } from "../../src/method/flagged-rates.ts";
import { type Closed, winRates } from "../../src/method/win-rates.ts";

const people = fc
  .array(fc.record({ won: fc.integer({ min: 0, max: 80 }), lost: fc.integer({ min: 0, max: 80 }) }), { minLength: 2, maxLength: 30 })
  .map((some): Closed[] => some.map((one, id) => ({ id: String(id), ...one })));

test("the beta quantile and chance are those of R", () => {
  const [, ...lines] = readFileSync(join(import.meta.dirname, "fixtures", "beta.csv"), "utf8")
    .trim()
    .split("\n");
  expect(lines.length).toBe(80);
  for (const line of lines) {
    const [share = 0, a = 0, b = 0, quantile = 0, chance = 0] = line.split(",").map(Number);
    expect(betaQuantile(share, a, b)).toBeCloseTo(quantile, 9);
    expect(betaChance(share, a, b)).toBeCloseTo(chance, 11);
  }
});

describe("win rates", () => {
  test("of few deals are drawn toward everybody's, more than those of many", () => {
    const rates = valueOf(
      winRates([
        { id: "few", won: 5, lost: 0 },
        { id: "many", won: 90, lost: 10 },
        { id: "others", won: 100, lost: 100 },
      ]),
    );
    const [few, many] = [rates?.rates.get("few"), rates?.rates.get("many")];
    expect(few?.rate).toBeLessThan(0.95);
    expect(Math.abs((many?.rate ?? 0) - 0.9)).toBeLessThan(0.05);
    expect((few?.high ?? 0) - (few?.low ?? 0)).toBeGreaterThan((many?.high ?? 0) - (many?.low ?? 0));
  });

  test("are all alike when their differences are chance", () => {
    const rates = valueOf(winRates([100, 101, 99, 100].map((won, id) => ({ id: String(id), won, lost: 200 - won }))));
    expect(rates?.prior).toBe(3000);
    for (const { rate } of rates?.rates.values() ?? []) expect(rate).toBeCloseTo(0.5, 3);
  });

  test("lie between the own and the pooled rate, within their interval, whatever the counts", () => {
    fc.assert(
      fc.property(people, (some) => {
        const rates = valueOf(winRates(some));
        for (const { won, closed, rate, low, high } of rates?.rates.values() ?? []) {
          expect(low).toBeLessThanOrEqual(rate);
          expect(high).toBeGreaterThanOrEqual(rate);
          if (closed === 0 || !rates || rates.rates.size < 2) continue;
          const [from, to] = [Math.min(won / closed, rates.mean), Math.max(won / closed, rates.mean)];
          if (some.filter((one) => one.won + one.lost > 0).length < 2) continue;
          expect(rate).toBeGreaterThanOrEqual(from - 1e-9);
          expect(rate).toBeLessThanOrEqual(to + 1e-9);
        }
      }),
    );
  });

  test("hold their own estimate where nobody has won yet, and do not call it impossible", () => {
    const nobody = valueOf(
      winRates([
        { id: "0", won: 0, lost: 7 },
        { id: "1", won: 0, lost: 13 },
      ]),
    );
    expect(nobody?.mean).toBeCloseTo(0.5 / 21, 9);
    for (const { rate, low, high } of nobody?.rates.values() ?? []) {
      expect(rate).toBeCloseTo(0.0238, 3);
      expect(low).toBeLessThan(rate);
      expect(high).toBeGreaterThan(rate);
    }
    const one = valueOf(
      winRates([
        { id: "0", won: 1, lost: 0 },
        { id: "1", won: 0, lost: 99 },
      ]),
    )?.rates.get("1");
    expect(one?.high).toBeGreaterThanOrEqual(one?.rate ?? 1);
  });

  test("of one person alone stand by themselves", () => {
    const rate = valueOf(winRates([{ id: "one", won: 15, lost: 15 }]))?.rates.get("one");
    expect(rate?.rate).toBeCloseTo(0.5, 9);
    expect((rate?.high ?? 0) - (rate?.low ?? 0)).toBeGreaterThan(0.15);
  });

  test("are refused below twenty closed deals in all", () => {
    expect(winRates([{ id: "one", won: 10, lost: 9 }])).toMatchObject({
      known: false,
      refusal: { words: "not enough outcomes: 19 closed deals, 20 needed" },
    });
  });
});

describe("whose win rate is flagged", () => {
  test("nobody's, when thirty people differ as chance lets them", () => {
    const alike = Array.from({ length: 30 }, (_, n) => ({ id: String(n), won: 126 + ((n * 7) % 19) - 9, lost: 74 - ((n * 7) % 19) + 9 }));
    expect(valueOf(flaggedRates(alike))).toEqual([]);
  });

  test("one who is far off, and on which side", () => {
    const some = Array.from({ length: 10 }, (_, n) => ({ id: String(n), won: 60, lost: 40 }));
    expect(valueOf(flaggedRates([...some, { id: "far", won: 20, lost: 80 }]))).toMatchObject([{ id: "far", side: "below" }]);
    expect(valueOf(flaggedRates([...some, { id: "far", won: 100, lost: 0 }]))).toMatchObject([{ id: "far", side: "above" }]);
  });

  test("is refused where fewer than two people have enough closed deals", () => {
    expect(flaggedRates([{ id: "a", won: 30, lost: 10 }])).toMatchObject({
      refusal: { words: "not enough people: 1 people with 20 closed deals, 2 needed" },
    });
  });
});
