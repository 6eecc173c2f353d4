import { z } from "zod";
import type { Estimate } from "../../method/estimate.ts";
import { findingReaches } from "../../method/finding-goal.ts";

const refusal = z.object({
  lack: z.enum(["history", "outcomes", "deals", "periods", "people", "wins", "results", "a way there"]),
  have: z.number(),
  need: z.number(),
  unit: z.string(),
  words: z.string(),
});

const estimate = <T>(value: z.ZodType<T>): z.ZodType<Estimate<T>> =>
  z.discriminatedUnion("known", [z.object({ known: z.literal(true), value }), z.object({ known: z.literal(false), refusal })]);

/** YYYY-MM-DD. Of a window `until` is not included. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const window = { from: day, until: day };
/** Deals and what they are worth together, in minor units of the organisation's currency. */
const volume = z.object({ minor: z.number(), deals: z.number() });

const chance = z.object({ chance: z.number(), low: z.number(), middle: z.number(), high: z.number() });

const coverage = z.object({
  expectedNewMinor: z.number(),
  /** What has to be open so that the gap is expected to be won; the 80 % range of what it takes; as surely as four times in five. */
  neededMinor: z.number(),
  /** Null: more than a hundred times what is open, which is to say not with deals like these. */
  neededLowMinor: z.number().nullable(),
  neededHighMinor: z.number().nullable(),
  neededSurelyMinor: z.number().nullable(),
  /** The same counting only deals young enough to close here. */
  neededYoungMinor: z.number(),
  neededYoungSurelyMinor: z.number().nullable(),
  /** `neededMinor` over the gap, where the flat rule says 3; null without a gap. */
  times: z.number().nullable(),
});

const finding = z.object({
  toFindMinor: z.number(),
  opportunities: z.number(),
  anyway: z.number(),
  more: z.number(),
  by: day,
  leadDays: z.number(),
  /** What finding `opportunities` takes, by type of activity; empty where too few activities are known. */
  activities: z.array(z.object({ type: z.string(), many: z.number() })),
  /** What finding alone can do about the gap; see `findingGoal`. */
  reach: z.enum(findingReaches),
  mostFound: z.number(),
  restMinor: z.number(),
  openMore: z.number().nullable(),
});

const move = z.object({
  what: z.union([
    z.object({ kind: z.enum(["win chance", "deal size", "new opportunities"]) }),
    z.object({ kind: z.literal("deal"), opportunityId: z.string() }),
  ]),
  /** The chance then, and how much more that is than now. */
  chance: z.number(),
  more: z.number(),
});

const horizon = z.object({
  /** "October 2026", "Q3 FY26", "FY26". */
  label: z.string(),
  ...window,
  /** Won in it so far. */
  won: volume,
  /** Expected from today until its end beyond what is won: from open and from new deals, blended with the trailing mean. */
  expectedMinor: z.number(),
  /** Open deals expected to close before its end, by the day said in the CRM, overdue ones included. */
  due: volume,
  goal: z
    .object({
      goalMinor: z.number(),
      gapMinor: z.number(),
      /** Three times the gap: what the flat rule would ask. */
      flatMinor: z.number(),
      /** Chance to reach it, and what the time left brings in four of five cases. */
      chance: estimate(chance),
      coverage: estimate(coverage),
      finding: estimate(finding),
      moves: estimate(z.array(move)),
    })
    .nullable(),
});

const trend = z.object({
  says: z.enum(["rising", "falling", "cannot tell"]),
  slope: z.number(),
  s: z.number(),
  variance: z.number(),
  z: z.number(),
  chance: z.number(),
});

const activityType = z.object({
  type: z.string(),
  /** Done in the window, and by whole week, oldest first. */
  done: z.number(),
  weeks: z.array(z.number()),
  trend: estimate(trend),
  perWin: estimate(z.object({ each: z.number(), low: z.number(), high: z.number() })),
});

export const storedShape = z.object({
  currency: z.string(),
  /** Whose rep they were when they said the goals that these numbers are against: none against quota. */
  goalsSaidTo: z.array(z.string().nullable()),
  /** Everything open, whatever its expected close. */
  open: volume,
  /** Of it, in deals claimed no further than the customer has paid for; null where no process asks anything of the customer. */
  verified: volume.nullable(),
  /** Of it, in deals older than those that still close here: worth about nothing; null while that age cannot be told. */
  stale: volume.extend({ beyondDays: z.number() }).nullable(),
  horizons: z.object({ month: horizon, quarter: horizon, year: horizon }),
  /** Own closed deals since records begin, drawn toward everybody's; the interval holds it four times in five. */
  winRate: estimate(
    z.object({ rate: z.number(), low: z.number(), high: z.number(), won: z.number(), closed: z.number(), everybody: z.number() }),
  ),
  /** Won deals of the window: mean amount, and days from first known to won, half of them at most. */
  dealSize: estimate(z.object({ ...window, minor: z.number(), deals: z.number() })),
  cycle: estimate(z.object({ ...window, days: z.number(), deals: z.number() })),
  /** What the levers multiply: the last twelve months, or as much of them as is known, told as a year. */
  baseline: estimate(
    z.object({
      ...window,
      closedDeals: z.number(),
      wonDeals: z.number(),
      yearMinor: z.number(),
      lowMinor: z.number(),
      highMinor: z.number(),
      opportunitiesAMonth: z.number(),
      winChance: z.number(),
      dealMinor: z.number(),
      cycleDays: z.number(),
    }),
  ),
  /** Mean of the last three whole months, or of as many as are known; null while there is none. */
  trailingMinor: z.number().nullable(),
  /** Whole fiscal months, oldest first, two years at most, each by its first calendar month; with the plan of this basis where there was one. */
  months: z.array(z.object({ month: day, wonMinor: z.number(), planMinor: z.number().nullable() })),
  /** How many of the last of these months they were here the whole of: the trend is told from those. */
  ownMonths: z.int(),
  trend: estimate(trend),
  /** Null where the last whole month has no plan. */
  missedInARow: z.number().nullable(),
  activities: z.object({
    ...window,
    /** Won in the same window. */
    won: z.number(),
    /** The first day of the first of `weeks`: a Monday. */
    weeksFrom: day,
    types: z.array(activityType),
  }),
  /** Chance that a deal of this age, in days, is won within each horizon: the same for everybody here. */
  chanceByAge: z.array(z.object({ age: z.number(), month: z.number(), quarter: z.number(), year: z.number() })),
});

/** The numbers of one person; amounts in minor units of `currency`, shares and chances between 0 and 1. */
export type PersonNumbers = z.output<typeof storedShape>;
export type HorizonFigures = PersonNumbers["horizons"]["month"];

/** Refused as a whole while the organisation has too little history for anybody's. */
export const storedEstimate = estimate(storedShape);
