import { type Figure, seconds } from "./figures.ts";
import { importCost } from "./import-cost.ts";

const atMost = 4;

/** A file looked over and taken in, beside a raw COPY of the rows that come of it. */
export async function measureImport(): Promise<Figure[]> {
  const small = await importCost(10_000);
  const large = await importCost(100_000);
  const times = large.importSeconds / large.copySeconds;
  return [
    {
      what: `Import of 100,000 opportunities (${large.changes.toLocaleString("en-US")} changes), the whole path`,
      measured: `${seconds(large.importSeconds * 1000)}, ${times.toFixed(1)} × raw COPY`,
      aim: `≤ ${atMost} × raw COPY`,
      bound: `raw COPY of the same rows into the same tables ${seconds(large.copySeconds * 1000)}`,
      reached: times <= atMost,
    },
    { what: "The same file again, which changes nothing", measured: seconds(large.againSeconds * 1000), aim: "–" },
    {
      what: "Memory above the idle program, importing 10,000 / 100,000",
      measured: `${small.extraMegabytes} / ${large.extraMegabytes} MB`,
      aim: "flat",
      reached: large.extraMegabytes <= small.extraMegabytes + 60,
    },
    {
      what: "Import time, 10,000 / 100,000 opportunities",
      measured: `${seconds(small.importSeconds * 1000)} / ${seconds(large.importSeconds * 1000)}`,
      aim: "grows as the rows do",
      reached: large.importSeconds <= small.importSeconds * 15,
    },
  ];
}
