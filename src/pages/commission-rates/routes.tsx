import { commissionRatesOf } from "../../domain/commission-rates/commission-rate-queries.ts";
import { readBasisPoints, removeCommissionRate, setCommissionRates } from "../../domain/commission-rates/set-commission-rates.ts";
import { peopleToSetFor } from "../../domain/quotas/quota-access.ts";
import { dayAt, isDay } from "../../method/days.ts";
import { textAsked } from "../../parts/asked.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { CommissionRatesPage } from "./commission-rates-page.tsx";

const mostPeople = 200;

/** Commission rates with the day they hold from: of one's own people, or of everybody for an admin. */
export function routes(http: Http): void {
  http.get("/commission-rates", (c) => show(c));
  http.post("/commission-rates", set);
  http.post("/commission-rates/:person/:from/remove", remove);
}

async function show(c: Request, typed?: { values: Record<string, string>; errors: Errors }): Promise<Response> {
  const ctx = ctxOf(c);
  const text = textAsked(c.req.query("q"));
  const { found, rates } = await ctx.tx(async (db) => {
    const people = await peopleToSetFor(db, ctx, { text, limit: mostPeople + 1 });
    const ids = people.slice(0, mostPeople).map(({ id }) => id);
    return { found: people, rates: await commissionRatesOf(db, ctx.viewer.orgId, ids) };
  });
  const page = (
    <CommissionRatesPage
      c={c}
      viewer={ctx.viewer}
      people={found.slice(0, mostPeople)}
      rates={rates}
      today={dayAt(ctx.clock.now(), ctx.viewer.timeZone)}
      text={text}
      hasMore={found.length > mostPeople}
      values={typed?.values ?? {}}
      errors={typed?.errors ?? {}}
    />
  );
  return render(c, page, typed ? 422 : 200);
}

async function set(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const values = { person: String(form.person ?? ""), from_on: String(form.from_on ?? ""), percent: String(form.percent ?? "") };
  const basisPoints = readBasisPoints(values.percent);
  const errors: Errors = {
    ...(!isId(values.person) && { person: "Choose a person." }),
    ...(!isDay(values.from_on) && { from_on: "Write a day." }),
    ...(basisPoints === null && { percent: "Write a share from 0 to 100, such as 8.25." }),
  };
  if (basisPoints === null || Object.keys(errors).length > 0) return show(c, { values, errors });
  await setCommissionRates(ctx, [{ personId: values.person, fromOn: values.from_on, basisPoints }]);
  leaveNotice(c, "Saved.");
  return c.redirect("/commission-rates", 303);
}

async function remove(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const [personId, fromOn] = [c.req.param("person"), c.req.param("from")];
  if (isId(personId) && isDay(fromOn)) {
    const hasOneBefore = await removeCommissionRate(ctx, { personId, fromOn });
    leaveNotice(c, `Taken away. ${hasOneBefore ? "The rate before it holds on." : "There is no rate before it."}`);
  }
  return c.redirect("/commission-rates", 303);
}
