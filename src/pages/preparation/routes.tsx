import { z } from "zod";
import { meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { handInPreparation } from "../../domain/preparations/hand-in-preparation.ts";
import type { Measure } from "../../domain/preparations/preparation-queries.ts";
import { saveAnswer } from "../../domain/preparations/save-answer.ts";
import { saveWish } from "../../domain/preparations/save-wish.ts";
import { stateFigures } from "../../domain/preparations/state-figures.ts";
import { chooseProspect } from "../../domain/prospects/review-prospect.ts";
import { notAnAmount, readMoney } from "../../method/read-money.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { dayIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { type Wrong } from "./own-numbers.tsx";
import { preparationData } from "./preparation-data.ts";
import { PreparationPage } from "./preparation-page.tsx";
import { saidNotice, saidWords, sayWords } from "./own-word-fields.ts";
import { isProspectField, saveProspectField, saveProspects } from "./save-prospects.ts";
import { ReadingPage } from "./reading-page.tsx";

export function routes(http: Http): void {
  http.get("/meetings/:id/preparation", (c) => show(c));
  http.post("/meetings/:id/preparation", (c) =>
    (c.req.header("accept") ?? "").includes("application/json") ? autosave(c) : saveAll(c, ""),
  );
  http.post("/meetings/:id/preparation/figures", (c) => saveAll(c, "figures"));
  http.post("/meetings/:id/preparation/prospects", (c) => saveAll(c, "choose"));
  http.post("/meetings/:id/preparation/prospects/:deal/take-away", (c) => saveAll(c, "take away"));
  http.post("/meetings/:id/preparation/hand-in", (c) => saveAll(c, "hand-in"));
}

const meetingOf = (c: Request): string => c.req.param("id") ?? "";

async function show(c: Request, wrong?: { wrong: Wrong; problem: string; status: 409 | 422 }): Promise<Response> {
  const ctx = ctxOf(c);
  const data = await preparationData(ctx, c.req.param("id"));
  const shared = { c, data, me: ctx.viewer.personId, today: dayIn(ctx.clock.now(), data.meeting.timeZone) };
  if (data.meeting.side !== "rep") return render(c, <ReadingPage {...shared} />);
  return render(c, <PreparationPage {...shared} wrong={wrong?.wrong} problem={wrong?.problem} />, wrong?.status);
}

const uuid = "[0-9a-f]{8}-[0-9a-f-]{27}";
const measure = "month_result|month_plan|year_result|year_plan|rank";
const wordField = "word (?:month|quarter) (?:likely|least|most)";
const answers = new RegExp(
  `^(working|not working|promise ${uuid}|section .{1,92}|note (${measure})|typed (${measure}) (stated|wish)|${wordField})$`,
);
const tooLong = "That is longer than 10,000 characters. Shorten it a little.";

const saving = z.object({
  field: z.string().refine((name) => answers.test(name) || isProspectField(name), "This is not a question of this preparation."),
  value: z.string().max(10_000, tooLong),
  version: z.coerce.number().int().min(0).catch(0),
});

/** One field, sent while it is typed (see browser/autosave.ts). */
async function autosave(c: Request): Promise<Response> {
  const parsed = saving.safeParse(await c.req.parseBody());
  if (!parsed.success) return c.json({ error: parsed.error.issues[0]?.message ?? "This could not be saved." }, 422);
  const { field, value, version } = parsed.data;
  const ctx = ctxOf(c);
  if (isProspectField(field)) {
    const { status, ...rest } = await saveProspectField(ctx, meetingOf(c), { field, value, version });
    return c.json(rest, status);
  }
  const answer = await saveAnswer(ctx, { meetingId: meetingOf(c), question: field, words: value, version });
  if (!answer.saved) return c.json({ version: answer.version, theirs: answer.theirs }, 409);
  const error = await saveTyped(ctx, meetingOf(c), field, value);
  return error ? c.json({ version: answer.version, error }, 422) : c.json({ version: answer.version });
}

const noPlace = "Write your place as a whole number, 1 for the first.";

function readFigure(ctx: Ctx, name: string, typed: string): number | null {
  if (name === "rank") return /^[1-9]\d{0,4}$/.test(typed.trim()) ? Number(typed.trim()) : null;
  return readMoney(typed, ctx.viewer.currency);
}

/** A wish counts as soon as it can be read; what is stated counts only once the rep says so. Returns what is wrong. */
async function saveTyped(ctx: Ctx, meetingId: string, field: string, value: string): Promise<string> {
  const [kind, name, what] = field.split(" ");
  if (kind === "word") return value.trim() !== "" && readFigure(ctx, "word", value) === null ? notAnAmount(value, ctx.viewer.currency) : "";
  if (kind !== "typed" || !name) return "";
  const figure = readFigure(ctx, name, value);
  if (value.trim() !== "" && figure === null) return name === "rank" ? noPlace : notAnAmount(value, ctx.viewer.currency);
  if (what === "wish") await saveWish(ctx, meetingId, name as Measure, figure);
  return "";
}

/** Every answer of a form sent whole. Says what was stated as a figure, and how many answers were changed elsewhere meanwhile. */
async function saveAnswers(
  ctx: Ctx,
  meetingId: string,
  form: Record<string, unknown>,
  wrong: Wrong,
): Promise<{ conflicts: number; stated: Map<Measure, number> }> {
  let conflicts = 0;
  const stated = new Map<Measure, number>();
  for (const [field, value] of Object.entries(form)) {
    if (typeof value !== "string" || !answers.test(field)) continue;
    const words = value.replaceAll("\r\n", "\n");
    if (words.length > 10_000) {
      Object.assign(wrong.errors, { [field]: tooLong });
      wrong.typed[field] = words;
      continue;
    }
    const version = Number(form[`version ${field}`]) || 0;
    if (words === "" && version === 0) continue;
    const answer = await saveAnswer(ctx, { meetingId, question: field, words, version });
    if (!answer.saved) {
      conflicts++;
      wrong.typed[field] = field.startsWith("typed") ? words : `${answer.theirs}\n${words}`;
      if (field.startsWith("typed")) wrong.errors[field] = `In another tab you wrote “${answer.theirs}”. Send again to keep this one.`;
    }
    const error = await saveTyped(ctx, meetingId, field, words);
    if (error) {
      wrong.errors[field] = error;
      wrong.typed[field] = words;
    }
    const [, name = "", what] = field.split(" ");
    const figure = what === "stated" ? readFigure(ctx, name, words) : null;
    if (figure !== null && answer.saved) stated.set(name as Measure, figure);
  }
  return { conflicts, stated };
}

/** The whole form, by one of its buttons: what changed is saved, then the button does its part. */
async function saveAll(c: Request, button: "" | "figures" | "hand-in" | "choose" | "take away"): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const meetingId = meetingOf(c);
  await ctx.tx((db) => meetingForViewer(db, ctx, meetingId));
  const wrong: Wrong = { errors: {}, typed: {} };
  const { stated, ...saved } = await saveAnswers(ctx, meetingId, form, wrong);
  const conflicts = saved.conflicts + (await saveProspects(ctx, meetingId, form, wrong));
  const said = saidWords(ctx, form, wrong);
  if (conflicts > 0)
    return show(c, {
      wrong,
      problem: "This was also changed in another tab. Both texts are here: keep what you want, then send again.",
      status: 409,
    });
  const notTaken = () =>
    show(c, { wrong, problem: "Something could not be taken. It is marked below; what you typed is still here.", status: 422 });
  if (Object.keys(wrong.errors).length > 0) return notTaken();
  if (button === "figures") await stateFigures(ctx, meetingId, stated);
  if (button === "figures" || button === "hand-in")
    await sayWords(ctx, meetingId, said, (field, message) => Object.assign(wrong.errors, { [field]: message }));
  if (Object.keys(wrong.errors).length > 0) return notTaken();
  if (button === "choose" && isId(form.choose)) await chooseProspect(ctx, meetingId, form.choose, true);
  if (button === "take away") await chooseProspect(ctx, meetingId, c.req.param("deal") ?? "", false);
  if (button === "hand-in") await handInPreparation(ctx, meetingId);
  leaveNotice(
    c,
    {
      "": "Saved.",
      figures: saidNotice(stated.size, said.size),
      "hand-in": "Handed in.",
      choose: isId(form.choose) ? "Added. Write what you know of it." : "Choose a deal first.",
      "take away": "Taken away. What is written of the deal stays with it.",
    }[button],
  );
  const place = button === "choose" || button === "take away" ? "#prospects" : "";
  return c.redirect(`/meetings/${meetingId}/preparation${place}`, 303);
}
