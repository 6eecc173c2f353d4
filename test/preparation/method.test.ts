import { describe, expect, test } from "vitest";
import { fiscalYearTo, monthAsked } from "../../src/method/months-asked.ts";
import { pointShares } from "../../src/method/point-shares.ts";
import { notAnAmount, readMoney } from "../../src/method/read-money.ts";
import { statedDifference } from "../../src/method/stated-difference.ts";

describe("money as people type it", () => {
  test.each([
    ["38120", 3_812_000],
    ["38,120", 3_812_000],
    ["$38,120.50", 3_812_050],
    ["38.120,50", 3_812_050],
    ["38k $", 3_800_000],
    ["us$ 38m", 3_800_000_000],
    ["38kusd", 3_800_000],
    ["38 120", 3_812_000],
    ["38'120", 3_812_000],
    ["38k", 3_800_000],
    ["38.5k", 3_850_000],
    ["1,2m", 120_000_000],
    ["1.234.567", 123_456_700],
    ["USD 500", 50_000],
    ["0", 0],
    ["12.5", 1250],
    ["38.120", 3_812_000],
  ])("%s", (typed, minor) => expect(readMoney(typed, "USD")).toBe(minor));

  test.each(["", "-5", "about 40", "1,23,4", "1.2.3", "38k5", "12..5", "1e9", "=1+1", "9999999999999999", "٣٨"])("%s is none", (typed) =>
    expect(readMoney(typed, "USD")).toBeNull(),
  );

  test("yen have no minor unit", () => expect(readMoney("38,120", "JPY")).toBe(38_120));

  test.each(["48500 €", "€48,500", "565000 EUR", "eur 565k", "CA$ 40", "£1.2m", "1 200 CHF", "38kr", "38 k kr"])(
    "%s is no amount in dollars, and is told so",
    (typed) => {
      expect(readMoney(typed, "USD")).toBeNull();
      expect(notAnAmount(typed, "USD")).toBe("Write the amount in USD.");
    },
  );

  test("what is no amount in any currency is told how to write one", () =>
    expect(["a lot", "38 kg", "-5 €", "abc 40"].map((typed) => notAnAmount(typed, "USD"))).toEqual(
      Array(4).fill("Write an amount such as 38,120 or 38k."),
    ));

  test.each([
    ["38.120,50 €", "EUR", 3_812_050],
    ["$40", "CAD", 4000],
    ["CHF 1'200", "CHF", 120_000],
    ["38 kr", "SEK", 3800],
    ["38k kr", "SEK", 3_800_000],
    ["¥38,120", "JPY", 38_120],
  ])("%s is an amount in %s", (typed, currency, minor) => expect(readMoney(typed, currency)).toBe(minor));
});

describe("the difference between what was said and what is", () => {
  test("is a share of the actual figure", () => {
    expect(statedDifference(104, 100)).toMatchObject({ way: "high", amount: 4, share: 0.04 });
    expect(statedDifference(93, 100)).toMatchObject({ way: "low", amount: 7, share: 0.07 });
  });
  test("within half a percent is right", () => expect(statedDifference(10_004, 10_000).way).toBe("right"));
  test("has no share of nothing", () => expect(statedDifference(5, 0)).toEqual({ way: "high", amount: 5, share: null }));
});

describe("the month asked about", () => {
  test("is the one just ended in the first week, then the one that runs", () => {
    expect(monthAsked("2017-10-02")).toBe("2017-09-01");
    expect(monthAsked("2017-10-08")).toBe("2017-10-01");
    expect(monthAsked("2026-01-03")).toBe("2025-12-01");
  });
  test("the fiscal year runs up to it", () => {
    expect(fiscalYearTo("2017-03-01", 1)).toEqual(["2017-01-01", "2017-02-01", "2017-03-01"]);
    expect(fiscalYearTo("2017-02-01", 11)).toEqual(["2016-11-01", "2016-12-01", "2017-01-01", "2017-02-01"]);
    expect(fiscalYearTo("2017-04-01", 4)).toEqual(["2017-04-01"]);
  });
});

const by = (...who: string[]) => who.map((addedBy) => ({ addedBy }));

test("more than half of the points from the manager's side is too many", () => {
  expect(pointShares(by("rep", "manager", "coach"), "rep")).toEqual({ fromRep: 1, fromManager: 2, tooManyFromManager: true });
  expect(pointShares(by("rep", "manager"), "rep").tooManyFromManager).toBe(false);
  expect(pointShares([], "rep")).toEqual({ fromRep: 0, fromManager: 0, tooManyFromManager: false });
});
