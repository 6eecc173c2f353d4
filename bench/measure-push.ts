import { type Figure, seconds } from "./figures.ts";
import { pushCost } from "./push-cost.ts";

const calls = 5;
const mostSeconds = 5;

/** Ten thousand opportunities a call through the API, from the bytes of the request to the answer for each row. */
export async function measurePush(): Promise<Figure[]> {
  const cost = await pushCost(calls);
  const times = cost.allSeconds / cost.copySeconds;
  return [
    {
      what: `A push of 10,000 opportunities, the first / the ${calls}th`,
      measured: `${seconds(cost.firstSeconds * 1000)} / ${seconds(cost.lastSeconds * 1000)}, ${times.toFixed(1)} × raw COPY over all ${calls}`,
      aim: `≤ ${mostSeconds} s`,
      bound: `raw COPY of the ${cost.rows.toLocaleString("en-US")} opportunities and ${cost.changes.toLocaleString("en-US")} changes ${seconds(cost.copySeconds * 1000)}`,
      reached: Math.max(cost.firstSeconds, cost.lastSeconds) <= mostSeconds,
    },
    {
      what: "The same rows under a new key / the same call with its key",
      measured: `${seconds(cost.againSeconds * 1000)} / ${seconds(cost.replaySeconds * 1000)}`,
      aim: "–",
    },
  ];
}
