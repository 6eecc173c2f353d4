import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExchangeRates, exchanged } from "../../src/method/exchange.ts";

const rates: ExchangeRates = {
  into: "USD",
  dated: new Map([
    [
      "CHF",
      [
        { from: 20, rate: "1.25" },
        { from: 10, rate: "1.1000000001" },
      ],
    ],
    ["JPY", [{ from: 0, rate: "0.0067" }]],
    ["KWD", [{ from: 0, rate: "3.25" }]],
  ]),
};

describe("an amount in another currency", () => {
  test("takes the rate dated on or before the day, and none before the first", () => {
    expect(exchanged(rates, 100_00, "CHF", 9)).toBeNull();
    expect(exchanged(rates, 100_00, "CHF", 10)).toBe(110_00);
    expect(exchanged(rates, 100_00, "CHF", 19)).toBe(110_00);
    expect(exchanged(rates, 100_00, "CHF", 20)).toBe(125_00);
    expect(exchanged(rates, 100_00, "EUR", 20)).toBeNull();
    expect(exchanged(rates, 100_00, "USD", 0)).toBe(100_00);
  });

  test("knows how many decimals each currency has", () => {
    expect(exchanged(rates, 1_000_000, "JPY", 1)).toBe(6_700_00);
    expect(exchanged(rates, 1_000, "KWD", 1)).toBe(3_25);
  });

  test("is exact where a floating number would not be, and the same with the sign turned", () => {
    expect(exchanged(rates, 900_719_925_474_099, "CHF", 10)).toBe(990_791_918_111_581);
    expect(exchanged(rates, -0, "CHF", 20)).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (minor) => {
        expect(exchanged(rates, -minor, "CHF", 20)).toBe(-(exchanged(rates, minor, "CHF", 20) ?? 0) || 0);
      }),
    );
  });
});
