import { known } from "../src/method/estimate.ts";
import { someNumbers, storeNumbers } from "../test/coverage/some-numbers.ts";
import { type Figure, ms, quantile, seconds } from "./figures.ts";
import { bareReply, atRate, time } from "./requests.ts";
import { cookieOf, type Pair, pairsOf, type Setting } from "./setting.ts";

const perSecond = 20;
const requests = 300;
const longest = 50;
const mostTimesBare = 60;

/** The pages a manager lives on, at the size of a large company. @param forecasting how long its forecasts took, in ms */
export async function measurePages({ kept, app, big }: Setting, forecasting: number): Promise<Figure[]> {
  const bare = await bareReply(perSecond, requests);
  const query = await bareQuery(app);
  const pairs = await pairsOf(app, big.company.orgId, 20);
  const cookies = await Promise.all(pairs.map(({ manager }) => cookieOf(app, manager)));
  for (const { rep } of pairs) await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const leader = [await cookieOf(app, big.leader)];
  const pages: [string, string[], (pair: Pair) => string][] = [
    ["Week of a manager", cookies, () => "/week"],
    ["Briefing", cookies, ({ meetingId }) => `/meetings/${meetingId}/briefing`],
    ["Pipeline of a manager", cookies, () => "/pipeline"],
    ["Coverage of a rep", cookies, ({ rep }) => `/people/${rep.viewer.personId}/coverage`],
    ["Results of a rep", cookies, ({ rep }) => `/people/${rep.viewer.personId}/results`],
    ["Week of the leader of all", leader, () => "/week"],
    ["Pipeline of the leader of all", leader, () => "/pipeline"],
    ["Forecast of a manager", cookies, () => "/forecast"],
    ["Forecast of the leader of all", leader, () => "/forecast"],
  ];
  const figures: Figure[] = [
    {
      what: "Forecasts of 1,000 reps, of thirteen months and five quarters back and of now, the first time",
      measured: seconds(forecasting),
      aim: "in a process of its own, no page waits",
    },
  ];
  for (const [name, those, path] of pages) {
    const load = await atRate(kept.pid, perSecond, requests, (n) => {
      const pair = pairs[n % pairs.length] as Pair;
      return time(kept.url + path(pair), those[n % those.length]);
    });
    const p99 = quantile(load.times, 0.99);
    const timesBare = load.cpu / bare.cpu;
    figures.push(
      {
        what: `${name}, server p50 / p99 at ${perSecond} requests/s`,
        measured: `${ms(quantile(load.times, 0.5))} / ${ms(p99)}`,
        aim: `p99 ≤ ${longest} ms`,
        bound: `bare reply ${ms(bare.p50)}, bare query ${ms(query)}`,
        reached: p99 <= longest,
      },
      {
        what: `${name}, CPU of the app a request`,
        measured: `${load.cpu.toFixed(1)} ms, ${Math.round(timesBare)} × a bare reply`,
        aim: `≤ ${mostTimesBare} ×`,
        bound: `bare node:http reply at the same rate ${bare.cpu.toFixed(2)} ms (${bare.cpuInARow.toFixed(3)} ms without pauses)`,
        reached: timesBare <= mostTimesBare,
      },
    );
  }
  return figures;
}

async function bareQuery(app: Setting["app"]): Promise<number> {
  const times = [];
  for (let n = 0; n < 300; n++) {
    const started = performance.now();
    await app.database.ownerPool.query("select 1");
    times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
}

/** How the briefing's time grows with the number of changes kept. */
export async function measureGrowth({ kept, app, companies }: Setting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { changes, company } of companies) {
    const cookie = await cookieOf(app, company.manager);
    const times = [];
    for (let n = 0; n < 25; n++) times.push(await time(`${kept.url}/meetings/${company.meetingId}/briefing`, cookie));
    figures.push({
      what: `Briefing in a company with ${changes.toLocaleString("en-US")} changes, p50`,
      measured: ms(quantile(times.slice(5), 0.5)),
      aim: "grows with the pair's own deals, not with the company",
    });
  }
  return figures;
}
