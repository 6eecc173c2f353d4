import { type Figure, seconds } from "./figures.ts";
import { importCost } from "./import-cost.ts";

const atMost = 4;

/**
 * A file looked over and taken in, beside a raw COPY of the rows that come of it. A million rows take longer than this whole run
 * may: `node --expose-gc bench/import-cost.ts 1000000` measures them alone.
 */
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
    {
      what: "The same file again, every row compared",
      measured: `${seconds(large.againSeconds * 1000)}, ${(large.againSeconds / large.importSeconds).toFixed(2)} × the first`,
      aim: "≤ 0.5 × the first",
      reached: large.againSeconds <= large.importSeconds / 2,
    },
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
