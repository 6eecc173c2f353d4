import { changeConsent } from "../../domain/goals/change-consent.ts";
import { type GoalPageData, goalPageData } from "../../domain/goals/goal-page-queries.ts";
import { repWithGoals } from "../../domain/goals/goals-access.ts";
import { type GoalWanted, sayGoals } from "../../domain/goals/say-goals.ts";
import { personHead } from "../../domain/people/person-head-queries.ts";
import type { GoalHorizon } from "../../method/fiscal-calendar.ts";
import { goalsBeyond } from "../../method/goals-beyond.ts";
import { notAnAmount, readMoney } from "../../method/read-money.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { money } from "../../parts/words.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { goalField } from "./aspiration-form.tsx";
import { AspirationPage } from "./aspiration-page.tsx";

const mostWords = 2000;

/** What a rep wants to reach, in words and numbers: written by the rep, read by the pair. */
export function routes(http: Http): void {
  http.get("/people/:id/aspiration", (c) => show(c));
  http.post("/people/:id/aspiration", say);
  http.post("/people/:id/aspiration/consent", consent);
}

async function show(c: Request, typed?: { values: Record<string, string>; errors: Errors }): Promise<Response> {
  const ctx = ctxOf(c);
  const { head, data } = await ctx.tx(async (db) => {
    const person = await repWithGoals(db, ctx, c.req.param("id"));
    return { head: await personHead(db, ctx, person), data: await goalPageData(db, ctx, person) };
  });
  const id = isId(typed?.values.id) ? typed.values.id : newId();
  const page = <AspirationPage c={c} ctx={ctx} head={head} data={data} id={id} typed={typed?.values} errors={typed?.errors ?? {}} />;
  return render(c, page, typed ? 422 : 200);
}

async function say(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)]));
  const data = await ctx.tx(async (db) => goalPageData(db, ctx, await repWithGoals(db, ctx, c.req.param("id"))));
  const { year } = data;
  const errors: Errors = {};
  const words = (form.words ?? "").trim();
  if (words.length > mostWords) errors.words = `At most ${mostWords} characters.`;
  const periods = { year: [year.year], quarter: year.quarters, month: year.months } as const;
  const goals = (["year", "quarter", "month"] as const).flatMap((horizon) =>
    periods[horizon].flatMap((period): GoalWanted[] => {
      const name = goalField(horizon, period);
      const text = form[name]?.trim();
      if (text === undefined) return [];
      const amountMinor = text === "" ? null : readMoney(text, ctx.viewer.currency);
      if (text !== "" && amountMinor === null)
        errors[name] = notAnAmount(text, ctx.viewer.currency, "Write an amount, such as 260,000 or 260k.");
      return [{ horizon, month: period.month, amountMinor }];
    }),
  );
  Object.assign(errors, { ...contradictions(goals, data, ctx.viewer.currency), ...errors });
  if (Object.keys(errors).length > 0) return show(c, { values: form, errors });
  const amountMinor = goals.find(({ horizon }) => horizon === "year")?.amountMinor ?? null;
  await sayGoals(ctx, {
    personId: data.person.id,
    id: isId(form.id) ? form.id : newId(),
    aspiration: { year: year.year.month, words, amountMinor },
    goals,
  });
  leaveNotice(c, "Saved. What you said before is kept below.");
  return c.redirect(`/people/${data.person.id}/aspiration`, 303);
}

/** Parts that come to more than their whole, told at the whole. */
function contradictions(goals: readonly GoalWanted[], { year, said }: GoalPageData, currency: string): Errors {
  const amounts = (wanted: GoalHorizon) => {
    const stands = said.filter((one) => one.horizon === wanted && one.currency === currency);
    const all = new Map<string, number | null>(stands.map(({ month, amountMinor }) => [month, amountMinor]));
    for (const { horizon, month, amountMinor } of goals) if (horizon === wanted) all.set(month, amountMinor);
    return new Map([...all].flatMap(([month, minor]): [string, number][] => (minor === null ? [] : [[month, minor]])));
  };
  const goalsOf = { year: amounts("year"), quarter: amounts("quarter"), month: amounts("month") };
  return Object.fromEntries(
    goalsBeyond(goalsOf, year).map(({ horizon, month, partsMinor }) => [
      goalField(horizon, { month }),
      `${horizon === "year" ? "Your quarters and months" : "Its months"} come to ${money(partsMinor, currency)}: more than this.`,
    ]),
  );
}

async function consent(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const personId = c.req.param("id") ?? "";
  await changeConsent(ctx, { personId, gives: form.gives === "yes" });
  leaveNotice(c, form.gives === "yes" ? "Your manager can read it now." : "Hidden again.");
  return c.redirect(`/people/${personId}/aspiration`, 303);
}
