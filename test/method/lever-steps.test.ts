import fc from "fast-check";
import { expect, test } from "vitest";
import { leverSays, stepsInWords, togetherWords, worthWords } from "../../src/method/gain-words.ts";
import { changesOf, mostSteps, noSteps, smallestSteps } from "../../src/method/lever-steps.ts";
import { type Baseline, gainOf, levers, multiplierOf } from "../../src/method/levers.ts";

const baseline: Baseline = {
  yearMinor: 23_300_000,
  lowMinor: 20_100_000,
  highMinor: 26_700_000,
  opportunitiesAMonth: 17,
  winChance: 0.62,
  dealMinor: 293_000,
  cycleDays: 48,
  commissionRate: 0.08,
};

test("a step of each lever is one opportunity a month, one point, one percent, one day", () => {
  const changes = changesOf({ opportunities: 1, "win chance": 1, "deal size": 1, cycle: 1 }, baseline);
  expect(changes).toEqual({ opportunities: 1 / 17, "win chance": 0.01 / 0.62, "deal size": 0.01, cycle: 1 / 48 });
  const gain = gainOf(baseline, changes);
  expect(gain.known && gain.value.multiplier).toBeCloseTo(((1 + 1 / 17) * (1 + 0.01 / 0.62) * 1.01) / (1 - 1 / 48), 12);
});

test("the words are those of the drawing", () => {
  expect(leverSays("win chance", 1, baseline)).toBe("62 → 63 %");
  expect(leverSays("cycle", 1, baseline)).toBe("48 → 47 days");
  expect(leverSays("opportunities", 0, baseline)).toBe("17");
  expect(worthWords("deal size", 1, baseline, "USD")).toEqual({ worth: "$2,330", range: "$2,010 to $2,670" });
  expect(worthWords("win chance", 1, baseline, "USD").worth).toBe("$3,758");
  expect(togetherWords({ ...noSteps, "deal size": 10 }, baseline, "USD")).toEqual({
    share: "+10 %",
    money: "$23,300 a year",
    range: "$20,100 to $26,700",
    commission: "$1,864 in commission",
    assumesTimeIsUsed: false,
  });
  expect(stepsInWords({ ...noSteps, opportunities: 1, "win chance": 2 })).toBe("one more opportunity a month and two points of win rate");
});

test("the smallest set reaches the aspiration, and no step of it can be spared", () => {
  fc.assert(
    fc.property(fc.double({ min: 1.001, max: 1.45, noNaN: true }), (times) => {
      const goal = baseline.yearMinor * times;
      const smallest = smallestSteps(baseline, goal);
      if (!smallest.known) return;
      const reached = (steps: typeof noSteps) => baseline.yearMinor * multiplierOf(changesOf(steps, baseline));
      expect(reached(smallest.value)).toBeGreaterThanOrEqual(goal * 0.999999);
      for (const lever of levers.filter((one) => smallest.value[one] > 0))
        expect(reached({ ...smallest.value, [lever]: smallest.value[lever] - 1 })).toBeLessThan(goal);
    }),
  );
});

test("whoever closes within a day is told of other levers than the cycle, and of enough of them", () => {
  const quick = { ...baseline, cycleDays: 1 };
  for (const times of [1.05, 1.25]) {
    const steps = smallestSteps(quick, baseline.yearMinor * times);
    expect(steps.known && steps.value.cycle).toBe(0);
    expect(steps.known && multiplierOf(changesOf(steps.value, quick))).toBeGreaterThanOrEqual(times);
  }
});

test("among as few levers the fewest steps are told, and no cycle where another does", () => {
  expect(smallestSteps(baseline, baseline.yearMinor * 1.05)).toEqual({ known: true, value: { ...noSteps, opportunities: 1 } });
});

test("what is won already needs nothing, and what no small gain reaches is refused", () => {
  expect(smallestSteps(baseline, baseline.yearMinor)).toEqual({ known: true, value: noSteps });
  expect(smallestSteps(baseline, baseline.yearMinor * 3)).toMatchObject({ known: false, refusal: { lack: "a way there" } });
});

test("a lever there is nothing of has no steps", () => {
  expect(mostSteps("win chance", { ...baseline, winChance: 1 })).toBe(0);
  expect(mostSteps("cycle", { ...baseline, cycleDays: 1 })).toBe(0);
  expect(mostSteps("opportunities", { ...baseline, opportunitiesAMonth: 0 })).toBe(0);
  expect(changesOf({ ...noSteps, cycle: 1000 }, baseline).cycle).toBeLessThanOrEqual(0.5);
});
