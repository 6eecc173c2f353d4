import { HTTPException } from "hono/http-exception";
import { askBackTest } from "../../domain/back-tests/ask-back-test.ts";
import { storedBackTest } from "../../domain/back-tests/back-test-queries.ts";
import { wordHorizons, type WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { sayOwnWord } from "../../domain/own-words/say-own-word.ts";
import { isDay } from "../../method/days.ts";
import { wordProblems } from "../../method/own-word.ts";
import { notAnAmount, readMoney } from "../../method/read-money.ts";
import { csv } from "../../parts/csv.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { minorUnits } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { isManager } from "../../platform/viewer.ts";
import { BackTestPage } from "./back-test-page.tsx";
import { forecastData } from "./forecast-data.ts";
import { ForecastPage } from "./forecast-page.tsx";
import type { WrongWord } from "./own-word-form.tsx";

export function routes(http: Http): void {
  http.get("/forecast", (c) => show(c));
  http.post("/forecast/word", say);
  http.get("/forecast.csv", exportCsv);
  http.get("/forecast/back-test", async (c) => {
    const ctx = ctxOf(c);
    mayReadBackTest(ctx);
    const last = await ctx.tx((db) => storedBackTest(db, ctx.viewer.orgId));
    return render(c, <BackTestPage c={c} last={last} zone={ctx.viewer.timeZone} />);
  });
  http.post("/forecast/back-test", async (c) => {
    const ctx = ctxOf(c);
    mayReadBackTest(ctx);
    await askBackTest(ctx);
    leaveNotice(c, "Asked for. It takes seconds for a small company, minutes for a large one: look again then.");
    return c.redirect("/forecast/back-test", 303);
  });
}

/** It is of everybody: for whoever reads a pipeline beyond their own. */
function mayReadBackTest({ viewer }: Ctx): void {
  if (!isManager(viewer)) throw new HTTPException(403, { message: "The back-test is for managers and leaders." });
}

async function show(c: Request, wrong?: WrongWord): Promise<Response> {
  const ctx = ctxOf(c);
  if (!isManager(ctx.viewer) && !ctx.viewer.roles.has("rep"))
    throw new HTTPException(403, { message: "A forecast is of people who sell, and of those they report to." });
  const data = await forecastData(ctx, wrong ? undefined : c.req.query("person"));
  const shown = c.req.query("period") === "quarter" ? "quarter" : "month";
  return render(c, <ForecastPage c={c} data={data} shown={shown} wrong={wrong} />, wrong ? 422 : 200);
}

async function say(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const typed = { likely: String(form.likely ?? ""), least: String(form.least ?? ""), most: String(form.most ?? "") };
  const horizon = wordHorizons.find((one) => one === form.horizon) ?? "month";
  const read = (words: string) => readMoney(words, ctx.viewer.currency);
  const word = { likely: read(typed.likely), least: read(typed.least), most: read(typed.most) };
  const errors: WrongWord["errors"] = {};
  for (const part of ["likely", "least", "most"] as const)
    if (typed[part].trim() !== "" && word[part] === null) errors[part] = notAnAmount(typed[part], ctx.viewer.currency);
  if (Object.keys(errors).length === 0) Object.assign(errors, wordProblems(word));
  if (word.likely === null) errors.likely ??= "Say what is likely.";
  const id = isId(form.id) ? form.id : "";
  if (Object.keys(errors).length > 0 || word.likely === null || !id) return show(c, { horizon, typed, errors });
  const { periods, today } = await forecastData(ctx, undefined);
  // The period that was on the page, also where another one has begun since.
  const on = isDay(form.on) ? form.on : today;
  try {
    await sayOwnWord(ctx, { ...word, likely: word.likely, id, horizon, on });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(c, { horizon, typed, errors: { [error.field in typed ? error.field : "likely"]: error.message } });
  }
  leaveNotice(c, `Kept: your word for ${periods[horizon].label}.`);
  return c.redirect("/forecast", 303);
}

async function exportCsv(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const { of, figures, lines, periods, currency, isTeam, today } = await forecastData(ctx, c.req.query("person"));
  const amount = (minor: number | null | undefined) => (minor === null || minor === undefined ? null : minor / minorUnits(currency));
  const whole = { name: isTeam ? `${of.name} and everybody below` : of.name, figures, horizons: wordHorizons };
  const rows = [...lines, whole].flatMap(({ name, figures: of, horizons }) =>
    horizons.map((horizon: WordHorizon) => {
      const { won, quota, claimed, verified, word, model, wordsOf, sellers } = of[horizon];
      return [
        name,
        periods[horizon].label,
        currency,
        ...[won, quota, claimed?.minor, verified?.minor, word?.minor, word?.low, word?.high].map(amount),
        wordsOf,
        sellers,
        ...[model?.minor, model?.low, model?.high].map(amount),
      ];
    }),
  );
  return csv(c, `kept-forecast-${today}.csv`, head, rows);
}

const head = [
  "name",
  "period",
  "currency",
  "won so far",
  "quota",
  "claimed",
  "verified",
  "own word",
  "own word at least",
  "own word at most",
  "words of people",
  "people who sell",
  "model",
  "model low",
  "model high",
];
