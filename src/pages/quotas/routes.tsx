import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { peopleToReadFor, peopleToSetFor } from "../../domain/quotas/quota-access.ts";
import { quotasBefore } from "../../domain/quotas/quota-past-queries.ts";
import { quotasIn } from "../../domain/quotas/quota-queries.ts";
import { type QuotaWanted, setQuotas } from "../../domain/quotas/set-quotas.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { fiscalYear, fiscalYearOf } from "../../method/fiscal-calendar.ts";
import { notAnAmount, readMoney } from "../../method/read-money.ts";
import { pageAsked, textAsked } from "../../parts/asked.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { count } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { cellName, QuotasPage } from "./quotas-page.tsx";

const pageSize = 25;

/** Quotas by person and month: of one's own people, or of everybody for an admin. */
export function routes(http: Http): void {
  http.get("/quotas", (c) => show(c, c.req.query()));
  http.post("/quotas", save);
}

interface Wanted {
  year?: string;
  q?: string;
  page?: string;
}

async function read(ctx: Ctx, { year: asked, q, page: at }: Wanted) {
  const { orgId, timeZone } = ctx.viewer;
  const [text, page] = [textAsked(q), pageAsked(at)];
  return ctx.tx(async (db) => {
    const calendar = await fiscalCalendarOf(db, orgId);
    const running = fiscalYearOf(calendar, dayNumber(dayAt(ctx.clock.now(), timeZone)));
    const number = /^(19|20)\d{2}$/.test(asked ?? "") ? Number(asked) : running;
    const year = { number, ...fiscalYear(calendar, number) };
    const found = await peopleToSetFor(db, ctx, { text, limit: pageSize + 1, offset: (page - 1) * pageSize });
    const people = found.slice(0, pageSize);
    const of = {
      orgId,
      personIds: people.map(({ id }) => id),
      from: year.year.month,
      until: year.months.at(-1)?.month ?? year.year.month,
    };
    const quotas = await quotasIn(db, of);
    const foundBelow = await peopleToReadFor(db, ctx, { text, limit: pageSize + 1, offset: (page - 1) * pageSize });
    const below = foundBelow.slice(0, pageSize);
    const quotasBelow = await quotasIn(db, { ...of, personIds: below.map(({ id }) => id) });
    const before = await quotasBefore(db, { ...of, limit: 50 });
    const hasMore = found.length > pageSize || foundBelow.length > pageSize;
    return { year, people, quotas, below, quotasBelow, before, text, page, hasMore };
  });
}

async function show(c: Request, asked: Wanted, typed?: { values: Record<string, string>; errors: Errors }): Promise<Response> {
  const ctx = ctxOf(c);
  const data = await read(ctx, asked);
  return render(c, <QuotasPage c={c} ctx={ctx} {...data} typed={typed?.values} errors={typed?.errors ?? {}} />, typed ? 422 : 200);
}

async function save(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value).trim()]));
  const asked: Wanted = { year: form.year ?? "", q: form.q ?? "", page: form.page ?? "" };
  const { year, people, quotas, text, page } = await read(ctx, asked);
  const currencies = new Map(quotas.map(({ personId, month, currency }) => [cellName(personId, month), currency]));
  const errors: Errors = {};
  const wanted = people.flatMap(({ id }) =>
    year.months.flatMap(({ month }): QuotaWanted[] => {
      const name = cellName(id, month);
      const said = form[name];
      // Only what was changed on this page: somebody else may have changed other months meanwhile.
      if (said === undefined || said === form[`was-${name}`]) return [];
      const currency = currencies.get(name) ?? ctx.viewer.currency;
      const amountMinor = said === "" ? null : readMoney(said, currency);
      if (said !== "" && amountMinor === null) errors[name] = notAnAmount(said, currency);
      return [{ personId: id, month, amountMinor, currency }];
    }),
  );
  if (Object.keys(errors).length > 0) return show(c, asked, { values: form, errors });
  await setQuotas(ctx, wanted);
  leaveNotice(c, wanted.length === 0 ? "Nothing was changed." : `${count(wanted.length, "quota")} saved.`);
  return c.redirect(`/quotas?year=${year.number}&q=${encodeURIComponent(text)}&page=${page}`, 303);
}
