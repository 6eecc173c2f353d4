import { type Figure, seconds } from "./figures.ts";
import { type ImportCost, importCost } from "./import-cost.ts";

const atMost = 4;
const million = 1_000_000;
/** A slow machine measures fewer rows and says so: looked over, taken in, again, and copied raw, within this. */
const longestSeconds = 10 * 60;

const costs = new Map<number, Promise<ImportCost>>();
function costOf(rows: number): Promise<ImportCost> {
  const cost = costs.get(rows) ?? importCost(rows);
  costs.set(rows, cost);
  return cost;
}

/** A file looked over and taken in, beside a raw COPY of the rows that come of it. */
export async function measureImport(): Promise<Figure[]> {
  const [small, large] = [await costOf(10_000), await costOf(100_000)];
  return [
    ...figuresOf(large),
    {
      what: "Memory above the idle program, importing 10,000 / 100,000",
      measured: `${small.extraMegabytes} / ${large.extraMegabytes} MB`,
      aim: "flat",
      reached: large.extraMegabytes <= small.extraMegabytes + 60,
    },
  ];
}

/** The same with a million rows, and how it grows up to there. */
export async function measureMillion(): Promise<Figure[]> {
  const [small, middle] = [await costOf(10_000), await costOf(100_000)];
  const rows = rowsThatFit(middle);
  const large = await costOf(rows);
  const growth = [small, middle, large].map((cost) => seconds(cost.importSeconds * 1000)).join(" / ");
  const each = [small, middle, large].map((cost) => Math.round((cost.importSeconds / cost.rows) * 1e6));
  return [
    ...figuresOf(large),
    {
      what: "Most memory above the idle program in each fourth of that time",
      measured: `${large.byFourths.join(" / ")} MB; with 100,000 rows ${middle.extraMegabytes} MB at most`,
      aim: "flat",
      reached: large.extraMegabytes <= middle.extraMegabytes + 40,
    },
    {
      what: `Import time, 10,000 / 100,000 / ${number(rows)} opportunities`,
      measured: `${growth}: ${each.join(" / ")} µs a row`,
      aim: "grows as the rows do",
      reached: large.importSeconds / large.rows <= (middle.importSeconds / middle.rows) * 1.5,
    },
  ];
}

function rowsThatFit(cost: ImportCost): number {
  // What is copied out and read back for the raw COPY takes about as long as the COPY itself.
  const all = cost.importSeconds + cost.againSeconds + 2.5 * cost.copySeconds;
  const rows = Math.floor(((longestSeconds / all) * cost.rows) / 100_000) * 100_000;
  return Math.min(million, Math.max(rows, 200_000));
}

const number = (n: number): string => n.toLocaleString("en-US");

function figuresOf({ rows, changes, importSeconds, againSeconds, copySeconds }: ImportCost): Figure[] {
  const times = importSeconds / copySeconds;
  return [
    {
      what: `Import of ${number(rows)} opportunities (${number(changes)} changes), the whole path`,
      measured: `${seconds(importSeconds * 1000)}, ${times.toFixed(1)} × raw COPY`,
      aim: `≤ ${atMost} × raw COPY`,
      bound: `raw COPY of the same rows into the same tables ${seconds(copySeconds * 1000)}`,
      reached: times <= atMost,
    },
    {
      what: `The same file of ${number(rows)} again, every row compared`,
      measured: `${seconds(againSeconds * 1000)}, ${(againSeconds / importSeconds).toFixed(2)} × the first`,
      aim: "≤ 0.5 × the first",
      reached: againSeconds <= importSeconds / 2,
    },
  ];
}
