import { addTimeOff } from "../../domain/people/add-time-off.ts";
import { invitePerson } from "../../domain/people/invite-person.ts";
import { reportingLinesOf, timeOffOf } from "../../domain/people/people-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { day } from "../../domain/people/person-form.ts";
import { personHead } from "../../domain/people/person-head-queries.ts";
import { personOverview } from "../../domain/people/person-overview-queries.ts";
import { removeTimeOff } from "../../domain/people/remove-time-off.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { z } from "zod";
import { adminOf } from "../../platform/admin-of.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { PersonPage } from "./person-page.tsx";

/** One person's page, their days off, and their invitation. */
export function personRoutes(http: Http): void {
  http.get("/people/:id", (c) => show(c));
  http.post("/people/:id/time-off", addDaysOff);
  http.post("/people/:id/time-off/:off/remove", removeDaysOff);
  http.post("/people/:id/invite", invite);
}

/** Opened by somebody outside the pair, it is written down in the same transaction. */
async function show(c: Request, typed?: { values: Record<string, string>; errors: Errors }): Promise<Response> {
  const ctx = ctxOf(c);
  const data = await ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, c.req.param("id"));
    await recordReading(db, ctx, person, "page");
    return {
      head: await personHead(db, ctx, person),
      overview: await personOverview(db, ctx, person),
      lines: await reportingLinesOf(db, ctx, person.id),
      daysOff: await timeOffOf(db, ctx, person.id),
    };
  });
  return render(c, <PersonPage c={c} ctx={ctx} {...data} values={typed?.values ?? {}} errors={typed?.errors ?? {}} />, typed ? 422 : 200);
}

const daysOffForm = z.object({ from_on: day, until_on: day });
/** Where the form stood: on the person's page or in one's account. */
const backTo = (c: Request, back: unknown): string => (back === "/account" ? "/account" : `/people/${c.req.param("id")}`);

async function addDaysOff(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const values = { from_on: String(form.from_on ?? ""), until_on: String(form.until_on ?? "") };
  const parsed = daysOffForm.safeParse(values);
  if (!parsed.success) return show(c, { values, errors: errorsOf(parsed.error) });
  try {
    const { from_on: fromOn, until_on: untilOn } = parsed.data;
    await addTimeOff(ctx, { id: isId(form.id) ? form.id : newId(), personId: c.req.param("id") ?? "", fromOn, untilOn });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(c, { values, errors: { [error.field]: error.message } });
  }
  leaveNotice(c, "Days off are noted. One-on-ones that fall on them show it.");
  return c.redirect(backTo(c, form.back), 303);
}

async function removeDaysOff(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const id = c.req.param("off");
  if (isId(id)) await removeTimeOff(ctx, { id, personId: c.req.param("id") ?? "" });
  leaveNotice(c, "Those days off are taken back.");
  return c.redirect(backTo(c, form.back), 303);
}

async function invite(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  try {
    const mailId = await invitePerson(ctx, c.req.param("id") ?? "");
    leaveNotice(
      c,
      ctx.env.smtpUrl ? "The invitation is on its way." : "The invitation is made. Nothing was sent: hand the link over yourself.",
    );
    return c.redirect(`/outbox/${mailId}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    leaveNotice(c, error.message, "watch");
    return c.redirect(`/people/${c.req.param("id")}`, 303);
  }
}
