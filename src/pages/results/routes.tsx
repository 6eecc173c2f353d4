import { wonDeals } from "../../domain/results/won-deals-queries.ts";
import { addDays, isDay } from "../../method/days.ts";
import { csv } from "../../parts/csv.ts";
import { render } from "../../parts/render.tsx";
import { minorUnits } from "../../parts/words.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { personWithResults, resultsData } from "./results-data.ts";
import { ResultsPage } from "./results-page.tsx";
import { longestDays } from "./results-words.ts";
import { WonPage } from "./won-page.tsx";

export function routes(http: Http): void {
  http.get("/results", (c) => c.redirect(`/people/${ctxOf(c).viewer.personId}/results`, 303));
  http.get("/people/:id/results", async (c) =>
    render(c, <ResultsPage c={c} ctx={ctxOf(c)} data={await resultsData(ctxOf(c), c.req.param("id"))} />),
  );
  http.get("/people/:id/results.csv", months);
  http.get("/people/:id/results/won", async (c) => render(c, <WonPage c={c} {...await won(c)} currency={ctxOf(c).viewer.currency} />));
  http.get("/people/:id/results/won.csv", wonAsCsv);
}

/** Both days belong to it. */
async function won(c: Request) {
  const ctx = ctxOf(c);
  const { from = "", to = "" } = c.req.query();
  if (!isDay(from) || !isDay(to) || from > to || addDays(from, longestDays) < to) throw new NotFound("These days");
  return ctx.tx(async (db) => {
    const person = await personWithResults(db, ctx, c.req.param("id"), "deals won");
    const asked = { orgId: ctx.viewer.orgId, personId: person.id, from, until: addDays(to, 1), at: ctx.clock.now() };
    return { person, from, to, deals: await wonDeals(db, asked) };
  });
}

const major = (minor: number | null, currency: string) => (minor === null ? null : minor / minorUnits(currency));

async function wonAsCsv(c: Request): Promise<Response> {
  const { deals, from, to } = await won(c);
  return csv(
    c,
    `won-${from}-${to}.csv`,
    ["Closed", "Deal", "Account", "Product", "Amount", "Currency"],
    deals.map((deal) => [
      deal.closedOn,
      deal.name,
      deal.accountName,
      deal.productName,
      major(deal.amountMinor, deal.currency),
      deal.currency,
    ]),
  );
}

async function months(c: Request): Promise<Response> {
  const { figures } = await resultsData(ctxOf(c), c.req.param("id"));
  const { currency } = figures;
  return csv(
    c,
    "results.csv",
    ["Month", "Won", "Plan", "Own goal", "Currency", "Whole"],
    figures.months.map(({ period, wonMinor, quotaMinor, goalMinor, isRunning }) => [
      period.month.slice(0, 7),
      major(wonMinor, currency),
      major(quotaMinor, currency),
      major(goalMinor, currency),
      currency,
      isRunning ? "no" : "yes",
    ]),
  );
}
