import { agreeToCommitment, preferRather } from "../../domain/commitments/answer-commitment.ts";
import { proposeGoal } from "../../domain/commitments/propose-goal.ts";
import { placeToPromise } from "../../domain/commitments/promise-verifier.ts";
import { calendarOf } from "../../domain/organisations/organisation-calendar.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { addDays, dayAt } from "../../method/days.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { firstName } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { coverageData } from "./coverage-data.ts";
import { goalForm, goalSource, offeredGoal } from "./goal-form.ts";
import { GoalPage, type GoalValues } from "./goal-page.tsx";

/** From a figure to a goal that the rep has said yes to. */
export function goalRoutes(http: Http): void {
  http.get("/people/:id/coverage/goal", (c) => show(c, c.req.query()));
  http.post("/people/:id/coverage/goal", propose);
  http.post("/commitments/:id/agree", agree);
  http.post("/commitments/:id/rather", rather);
}

async function read(c: Request) {
  const ctx = ctxOf(c);
  const data = await coverageData(ctx, c.req.param("id"));
  const { person } = data.head;
  if (person.standing !== "self" && person.standing !== "pair") throw new NotFound("This page");
  return { ctx, data, person, who: { isSelf: person.standing === "self", name: firstName(person.name) } };
}

async function show(c: Request, raw: Record<string, unknown>, typed?: { values: GoalValues; errors: Errors }): Promise<Response> {
  const { ctx, data, person, who } = await read(c);
  const source = goalSource(raw);
  const offered = offeredGoal(source, data, who);
  const place = await ctx.tx((db) => placeToPromise(db, ctx, person.id));
  const today = dayAt(ctx.clock.now(), ctx.viewer.timeZone);
  const usual = source.lever ? await quarterEnd(ctx) : (place?.dueOn ?? addDays(today, 7));
  const dueOn = offered.dueOn && offered.dueOn >= today ? offered.dueOn : usual;
  const values = typed?.values ?? { id: newId(), words: offered.words, due_on: dueOn };
  const page = (
    <GoalPage
      c={c}
      head={data.head}
      place={place}
      source={source}
      values={values}
      hangsWords={offered.hangsWords}
      errors={typed?.errors ?? {}}
    />
  );
  return render(c, page, typed ? 422 : 200);
}

/** Shorter than this, nobody changes how they sell. */
const leastDays = 21;

/** The last day of the fiscal quarter, or of the next one where this one is nearly over. */
async function quarterEnd(ctx: Ctx): Promise<string> {
  const { fiscal, timeZone } = await ctx.tx((db) => calendarOf(db, ctx.viewer.orgId));
  const today = dayNumber(dayAt(ctx.clock.now(), timeZone));
  const { quarter } = fiscalPeriods(fiscal, today);
  const { until } = quarter.until - today > leastDays ? quarter : fiscalPeriods(fiscal, quarter.until).quarter;
  return dayOf(until - 1);
}

async function propose(c: Request): Promise<Response> {
  const body = await c.req.parseBody();
  const typedOf = (name: string) => String(body[name] ?? "").replaceAll("\0", "");
  const values = { id: isId(body.id) ? body.id : newId(), words: typedOf("words"), due_on: typedOf("due_on") };
  const parsed = goalForm.safeParse(values);
  if (!parsed.success) return show(c, body, { values, errors: errorsOf(parsed.error) });
  const { ctx, data, person, who } = await read(c);
  const { hangsOn, hangsWords } = offeredGoal(goalSource(body), data, who);
  const { id, words, due_on: dueOn } = parsed.data;
  try {
    const meeting = await proposeGoal(ctx, { id, repId: person.id, words, dueOn, hangsOn, hangsWords });
    leaveNotice(
      c,
      who.isSelf
        ? `It is your goal. ${meeting.otherName} still has to agree to it.`
        : `${who.name} is asked. It is agreed once ${who.name} says yes.`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return show(c, body, { values, errors: { [error.field]: error.message } });
  }
  return c.redirect(`/people/${person.id}/coverage#goals`, 303);
}

/** Only a path of ours, so that nobody is led away. */
const backOf = (given: unknown): string =>
  typeof given === "string" && /^\/(people\/[\w-]+\/coverage|commitments)$/.test(given) ? given : "/commitments";

async function agree(c: Request): Promise<Response> {
  await agreeToCommitment(ctxOf(c), c.req.param("id") ?? "");
  leaveNotice(c, "Agreed. It comes back at your next one-on-one.");
  return c.redirect(backOf((await c.req.parseBody()).back), 303);
}

async function rather(c: Request): Promise<Response> {
  const body = await c.req.parseBody();
  const words = String(body.words ?? "")
    .replaceAll("\0", "")
    .trim();
  try {
    if (words === "" || words.length > 2000) throw new Refusal("words", "Say what you would rather do, in at most 2,000 characters.");
    await preferRather(ctxOf(c), { commitmentId: c.req.param("id") ?? "", id: isId(body.id) ? body.id : newId(), words });
    leaveNotice(c, "Kept in your words. Your manager still has to agree to it.");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    leaveNotice(c, error.message, "watch");
  }
  return c.redirect(backOf(body.back), 303);
}
