import type { HorizonFigures, PersonNumbers } from "../../src/domain/numbers/stored-shape.ts";
import { shapeVersion } from "../../src/domain/numbers/shape-version.ts";
import { daysBetween } from "../../src/method/days.ts";
import { type Estimate, known } from "../../src/method/estimate.ts";
import type { App, Ctx } from "../../src/platform/context.ts";

type Goal = NonNullable<HorizonFigures["goal"]>;

const coverageOf = (gapMinor: number, neededMinor: number) =>
  known({
    expectedNewMinor: gapMinor * 0.3,
    neededMinor,
    neededLowMinor: neededMinor * 0.8,
    neededHighMinor: neededMinor * 1.2,
    neededSurelyMinor: neededMinor * 1.15,
    neededYoungMinor: neededMinor * 0.8,
    neededYoungSurelyMinor: neededMinor * 0.9,
    times: gapMinor > 0 ? neededMinor / gapMinor : null,
  });

interface HorizonValues {
  label: string;
  from: string;
  until: string;
  won: number;
  goal: number | null;
  needed: number;
  find: number;
  by: string;
  chance: number;
}

/** Whole dollars in, minor units out. */
function horizon({ label, from, until, won, goal, needed, find, by, chance }: HorizonValues): HorizonFigures {
  const gapMinor = goal === null ? 0 : Math.max(0, goal - won) * 100;
  const chances = known({ chance, low: gapMinor * 0.4, middle: gapMinor * 0.8, high: gapMinor * 1.3 });
  const against: Goal | null =
    goal === null
      ? null
      : {
          goalMinor: goal * 100,
          gapMinor,
          flatMinor: 3 * gapMinor,
          chance: chances,
          coverage: coverageOf(gapMinor, needed * 100),
          finding: known({
            toFindMinor: find * 200_000,
            opportunities: find,
            anyway: Math.floor(find / 2),
            more: Math.ceil(find / 2),
            by,
            leadDays: 48,
            activities: find > 0 ? [{ type: "meeting", many: find * 3 }] : [],
            reach: find === 0 ? "usual pace" : daysBetween("2026-02-20", by) < 7 ? "too late" : "more than usual",
            mostFound: Math.floor(find * 0.7),
            restMinor: Math.ceil(find / 2) * 200_000,
            openMore: 0.2,
          }),
          moves: known([
            { what: { kind: "new opportunities" }, chance: chance + 0.09, more: 0.09 },
            { what: { kind: "win chance" }, chance: chance + 0.06, more: 0.06 },
            { what: { kind: "deal size" }, chance: chance + 0.05, more: 0.05 },
          ]),
        };
  return {
    label,
    from,
    until,
    won: { minor: won * 100, deals: 6 },
    expectedMinor: gapMinor * 0.8,
    due: { minor: 4_000_000, deals: 9 },
    goal: against,
  };
}

/** Numbers as those of the drawing: 20 February 2026, enough for the month, short for the quarter and the year. */
export function someNumbers(
  changes: Partial<PersonNumbers> = {},
  goals = { month: 55_000, quarter: 147_000, year: 260_000 },
): PersonNumbers {
  const window = { from: "2025-02-20", until: "2026-02-20" };
  return {
    currency: "USD",
    goalsSaidTo: [],
    open: { minor: 10_400_000, deals: 34 },
    verified: { minor: 6_100_000, deals: 20 },
    stale: { minor: 2_100_000, deals: 8, beyondDays: 138 },
    horizons: {
      month: horizon({
        label: "February 2026",
        from: "2026-02-01",
        until: "2026-03-01",
        won: 23_000,
        goal: goals.month,
        needed: 61_000,
        find: 0,
        by: "2026-02-20",
        chance: 0.74,
      }),
      quarter: horizon({
        label: "Q1 2026",
        from: "2026-01-01",
        until: "2026-04-01",
        won: 60_000,
        goal: goals.quarter,
        needed: 147_000,
        find: 4,
        by: "2026-02-24",
        chance: 0.44,
      }),
      year: horizon({
        label: "2026",
        from: "2026-01-01",
        until: "2027-01-01",
        won: 60_000,
        goal: goals.year,
        needed: 208_000,
        find: 9,
        by: "2026-03-13",
        chance: 0.38,
      }),
    },
    winRate: known({ rate: 0.625, low: 0.58, high: 0.67, won: 133, closed: 214, everybody: 0.63 }),
    dealSize: known({ ...window, minor: 293_000, deals: 133 }),
    cycle: known({ ...window, days: 48, deals: 133 }),
    baseline: known({
      ...window,
      closedDeals: 214,
      wonDeals: 133,
      yearMinor: 23_300_000,
      lowMinor: 20_100_000,
      highMinor: 26_700_000,
      opportunitiesAMonth: 17,
      winChance: 0.625,
      dealMinor: 293_000,
      cycleDays: 48,
    }),
    trailingMinor: 1_900_000,
    months: [],
    ownMonths: 3,
    trend: {
      known: false,
      refusal: { lack: "periods", have: 3, need: 8, unit: "months", words: "not enough periods: 3 months, 8 needed" },
    },
    missedInARow: 0,
    activities: { ...window, won: 12, weeksFrom: "2025-12-29", types: [] },
    chanceByAge: [],
    ...changes,
  };
}

interface Stored {
  quota?: Estimate<PersonNumbers>;
  goal?: Estimate<PersonNumbers>;
}

/** Stores numbers of a rep as the job would. */
export async function storeNumbers(
  app: App,
  rep: { viewer: Pick<Ctx["viewer"], "orgId" | "personId"> },
  numbers: Stored,
  asOf = "2026-02-20",
): Promise<void> {
  const { orgId, personId } = rep.viewer;
  await app.database.ownerPool.query("delete from stored_numbers where org_id = $1 and person_id = $2", [orgId, personId]);
  for (const [basis, one] of Object.entries(numbers))
    await app.database.ownerPool.query(
      "insert into stored_numbers (org_id, person_id, basis, as_of, made_at, shape, numbers) values ($1, $2, $3, $4, $5, $6, $7)",
      [orgId, personId, basis, asOf, app.clock.now(), shapeVersion, JSON.stringify(one)],
    );
}
