import { z } from "zod";
import { promiseVerifier } from "../../domain/commitments/promise-verifier.ts";
import { gradeProspect } from "../../domain/evidence/grade-prospect.ts";
import { recordEvidence } from "../../domain/evidence/record-evidence.ts";
import { withdrawEvidence } from "../../domain/evidence/withdraw-evidence.ts";
import { opportunityForViewer } from "../../domain/opportunities/opportunity-access.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { dayIn, shortDay } from "../../parts/words.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { evidenceData } from "./evidence-data.ts";
import { type EvidenceForm, EvidencePage, WithdrawPage } from "./evidence-page.tsx";

export function routes(http: Http): void {
  http.get("/opportunities/:id/evidence", (c) => showForm(c));
  http.post("/opportunities/:id/evidence", record);
  http.get("/opportunities/:id/evidence/:evidence", (c) => showWithdraw(c));
  http.post("/opportunities/:id/evidence/:evidence", withdraw);
  http.post("/opportunities/:id/promise", promise);
  http.post("/opportunities/:id/grade", grade);
}

const dealId = (c: Request): string => c.req.param("id") ?? "";

/** Only a path of ours, so that nobody is led away. */
const backOf = (given: unknown, otherwise: string): string =>
  typeof given === "string" && /^\/(meetings|opportunities|commitments|pipeline)(\/[\w-]*)*(\?[\w=&%-]*)?(#[\w-]*)?$/.test(given)
    ? given
    : otherwise;

const read = (c: Request) => {
  const ctx = ctxOf(c);
  return ctx.tx(async (db) => evidenceData(db, ctx, await opportunityForViewer(db, ctx, dealId(c))));
};

async function showForm(c: Request, typed?: { form: EvidenceForm; errors: Errors }): Promise<Response> {
  const data = await read(c);
  const zone = ctxOf(c).viewer.timeZone;
  const first = data.verified?.missing[0] ?? data.verified?.next[0];
  const form = typed?.form ?? {
    id: newId(),
    verifierId: c.req.query("verifier") ?? first?.verifierId ?? "",
    givenOn: dayIn(data.now, zone),
    customerPerson: "",
    words: "",
    link: "",
    back: backOf(c.req.query("back"), ""),
  };
  return render(c, <EvidencePage c={c} data={data} form={form} errors={typed?.errors ?? {}} />, typed ? 422 : 200);
}

const given = z
  .object({
    id: z.uuid(),
    verifierId: z.uuid("Pick what the customer gave."),
    givenOn: z.iso.date("That day does not exist. Pick one from the calendar."),
    customerPerson: z.string().trim().min(1, "Say who at the customer it was.").max(200, "Use at most 200 characters."),
    words: z.string().trim().max(2000, "Use at most 2,000 characters."),
    link: z.union([z.literal(""), z.url({ protocol: /^https?$/, error: "Give a whole address, such as https://example.com/plan." })]),
  })
  .refine(({ words, link }) => words !== "" || link !== "", { path: ["words"], message: "Write what they said or did, or give a link." });

/** What a form holds, as typed. A NUL cannot be stored and nobody types one. */
const typedOf = (body: Record<string, unknown>, name: string): string => String(body[name] ?? "").replaceAll("\0", "");

async function record(c: Request): Promise<Response> {
  const body = await c.req.parseBody();
  const back = backOf(body.back, "");
  const typed = (name: keyof EvidenceForm) => typedOf(body, name);
  const form: EvidenceForm = {
    id: typed("id"),
    verifierId: typed("verifierId"),
    givenOn: typed("givenOn"),
    customerPerson: typed("customerPerson"),
    words: typed("words"),
    link: typed("link").trim(),
    back,
  };
  const parsed = given.safeParse(form);
  if (!parsed.success) return showForm(c, { form, errors: errorsOf(parsed.error) });
  try {
    await recordEvidence(ctxOf(c), { ...parsed.data, opportunityId: dealId(c) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showForm(c, { form, errors: { [error.field]: error.message } });
  }
  leaveNotice(c, "Recorded. It counts towards the verified stage from now on.");
  return c.redirect(back || `/opportunities/${dealId(c)}#evidence`, 303);
}

async function showWithdraw(c: Request, error?: string): Promise<Response> {
  const data = await read(c);
  const one = data.evidence.find(({ id }) => id === c.req.param("evidence"));
  if (!one) throw new NotFound("This evidence");
  return render(c, <WithdrawPage c={c} data={data} one={one} error={error} />, error ? 422 : 200);
}

const why = z.string().trim().min(1, "Say in a word why.").max(500, "Use at most 500 characters.");

async function withdraw(c: Request): Promise<Response> {
  const parsed = why.safeParse(typedOf(await c.req.parseBody(), "why"));
  if (!parsed.success) return showWithdraw(c, parsed.error.issues[0]?.message);
  await withdrawEvidence(ctxOf(c), { opportunityId: dealId(c), id: c.req.param("evidence") ?? "", why: parsed.data });
  leaveNotice(c, "Withdrawn. It stays to be read.");
  return c.redirect(`/opportunities/${dealId(c)}#evidence`, 303);
}

const promised = z.object({
  id: z.uuid(),
  verifierId: z.uuid(),
  owner: z.enum(["manager", "rep"]).optional(),
  dueOn: z.iso.date("That day does not exist. Pick one from the calendar.").optional(),
});

/** From a missing verifier to a promise, and back to where one was. */
async function promise(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const { back: givenBack, ...body } = await c.req.parseBody();
  const back = backOf(givenBack, `/opportunities/${dealId(c)}#evidence`);
  const parsed = promised.safeParse(body);
  const refused = (words: string) => {
    leaveNotice(c, words, "watch");
    return c.redirect(back, 303);
  };
  if (!parsed.success) return refused(parsed.error.issues[0]?.message ?? "Something is missing.");
  try {
    const meeting = await promiseVerifier(ctx, { ...parsed.data, opportunityId: dealId(c) });
    const day = shortDay(dayIn(meeting.plannedStart, ctx.viewer.timeZone));
    leaveNotice(
      c,
      meeting.state === "open"
        ? `It is a promise now. ${meeting.otherName} still has to confirm it in the wrap-up.`
        : `It is a promise now, waiting in the wrap-up of your one-on-one on ${day}.`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(error.message);
  }
  return c.redirect(back, 303);
}

const grading = z.object({ id: z.uuid(), grade: z.enum(["A", "B", "C", ""]) });

async function grade(c: Request): Promise<Response> {
  const { back: givenBack, ...body } = await c.req.parseBody();
  const parsed = grading.safeParse(body);
  if (parsed.success) {
    await gradeProspect(ctxOf(c), { id: parsed.data.id, opportunityId: dealId(c), grade: parsed.data.grade || null });
    leaveNotice(c, parsed.data.grade ? `It is a prospect ${parsed.data.grade} now, by your hand.` : "The rules grade it again.");
  } else leaveNotice(c, "Choose A, B or C, or leave it to the rules.", "watch");
  return c.redirect(backOf(givenBack, `/opportunities/${dealId(c)}`), 303);
}
