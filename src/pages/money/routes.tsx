import { exchangeRatesOf } from "../../domain/exchange-rates/exchange-rate-queries.ts";
import { currenciesInUse } from "../../domain/exchange-rates/currencies-in-use.ts";
import { mostRates, readRateLines } from "../../domain/exchange-rates/rate-lines.ts";
import { type RateLeft, removeExchangeRate, setExchangeRates } from "../../domain/exchange-rates/set-exchange-rates.ts";
import { changeFiscalCalendar } from "../../domain/organisations/change-fiscal-calendar.ts";
import { changeRank, usesRank } from "../../domain/organisations/change-rank.ts";
import { fiscalCalendarForm } from "../../domain/organisations/fiscal-calendar-form.ts";
import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt, isDay } from "../../method/days.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { count } from "../../parts/words.ts";
import { adminOf } from "../../platform/admin-of.ts";
import type { Http, Request } from "../../platform/http.ts";
import { MoneyPage } from "./money-page.tsx";

/** The fiscal calendar, exchange rates and whether there is rank: for admins. */
export function routes(http: Http): void {
  http.get("/set-up/money", (c) => show(c));
  http.post("/set-up/money/calendar", changeCalendar);
  http.post("/set-up/money/rates", addRates);
  http.post("/set-up/money/rates/:currency/:from/remove", removeRate);
  http.post("/set-up/money/rank", rank);
}

async function show(c: Request, typed?: { lines: string; errors: Errors }): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId, timeZone } = ctx.viewer;
  const found = await ctx.tx(async (db) => ({
    saved: await fiscalCalendarOf(db, orgId),
    rates: await exchangeRatesOf(db, orgId),
    inUse: await currenciesInUse(db),
    usesRank: await usesRank(db, orgId),
  }));
  const asked = fiscalCalendarForm.safeParse(c.req.query());
  const calendar = asked.success ? asked.data : found.saved;
  const page = (
    <MoneyPage
      c={c}
      {...found}
      calendar={calendar}
      isSaved={JSON.stringify(calendar) === JSON.stringify(found.saved)}
      today={dayNumber(dayAt(ctx.clock.now(), timeZone))}
      lines={typed?.lines ?? ""}
      errors={typed?.errors ?? {}}
    />
  );
  return render(c, page, typed ? 422 : 200);
}

async function changeCalendar(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const parsed = fiscalCalendarForm.safeParse(await c.req.parseBody());
  if (!parsed.success) return show(c, { lines: "", errors: { calendar: "Choose each from its list. Nothing was changed." } });
  await changeFiscalCalendar(ctx, parsed.data);
  leaveNotice(c, "Saved. Every month, quarter and year follows it from now on.");
  return c.redirect("/set-up/money", 303);
}

async function addRates(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const form = await c.req.parseBody();
  const file = form.file instanceof File && form.file.size > 0 && form.file.size < 2_000_000 ? await form.file.text() : "";
  const text = [String(form.lines ?? ""), file].filter((part) => part.trim() !== "").join("\n");
  const { rates, unread } = readRateLines(text, ctx.viewer.currency);
  const wrong = unread.slice(0, 5).map(({ line, why }) => `Line ${line}: ${why}.`);
  if (rates.length === 0 && unread.length === 0) wrong.push("Write at least one rate.");
  if (rates.length > mostRates) wrong.push(`At most ${mostRates} rates at a time.`);
  if (wrong.length > 0) return show(c, { lines: text, errors: { lines: wrong.join(" ") } });
  const changed = await setExchangeRates(ctx, rates);
  leaveNotice(c, changed === 0 ? "These rates were here already." : `${count(changed, "rate")} saved.`);
  return c.redirect("/set-up/money#rates", 303);
}

async function removeRate(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const [currency, fromOn] = [c.req.param("currency") ?? "", c.req.param("from")];
  if (isDay(fromOn)) leaveNotice(c, `Taken away. ${leftWords(await removeExchangeRate(ctx, { currency, fromOn }), currency)}`);
  return c.redirect("/set-up/money#rates", 303);
}

const leftWords = (left: RateLeft, currency: string): string =>
  ({
    before: "Amounts go by the rate before it.",
    later: `Deals in ${currency} from before the first rate left are in no sum now.`,
    none: `There is no rate of ${currency} now: deals in it are in no sum until there is one.`,
  })[left];

async function rank(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const isOn = (await c.req.parseBody()).on === "yes";
  await changeRank(ctx, isOn);
  leaveNotice(c, isOn ? "Rank is on: each rep sees their own place." : "Rank is off.");
  return c.redirect("/set-up/money#rank", 303);
}
