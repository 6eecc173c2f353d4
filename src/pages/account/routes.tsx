import { z } from "zod";
import { readingsOf } from "../../domain/organisations/audit-queries.ts";
import { password } from "../../domain/organisations/organisation-form.ts";
import { changeOwnAddress } from "../../domain/people/change-own-address.ts";
import { changeSelf } from "../../domain/people/change-self.ts";
import { timeOffOf } from "../../domain/people/people-queries.ts";
import { personForViewer } from "../../domain/people/person-access.ts";
import { mailAddress, personName, timeZone } from "../../domain/people/person-form.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { todayOf } from "../../platform/clock.ts";
import { clientOf, ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { AccountPage } from "./account-page.tsx";

/** One's own: name, password, sessions, organisations, days off, and who has looked. */
export function routes(http: Http): void {
  http.get("/account", (c) => show(c));
  http.post("/account", change);
  http.post("/account/address", changeAddress);
  http.post("/account/password", changePassword);
  http.post("/account/sessions/:id/end", endSession);
  http.post("/account/sessions/end-others", endOthers);
  http.post("/account/organisation", switchOrganisation);
}

async function show(c: Request, typed: { values?: Record<string, string>; errors?: Errors } = {}): Promise<Response> {
  const ctx = ctxOf(c);
  const { orgId, personId } = ctx.viewer;
  const { me, daysOff, readings } = await ctx.tx(async (db) => ({
    me: await personForViewer(db, ctx, personId),
    daysOff: await timeOffOf(db, ctx, personId),
    readings: await readingsOf(db, orgId, personId),
  }));
  const userId = me.userId ?? "";
  const [account, sessions, places] = await Promise.all([
    ctx.signIn.accountOf({ userId }),
    ctx.signIn.sessionsOf(userId),
    ctx.signIn.placesOf(userId, todayOf(ctx)),
  ]);
  const page = (
    <AccountPage
      c={c}
      ctx={ctx}
      me={me}
      account={account}
      sessions={sessions}
      places={places}
      daysOff={daysOff}
      readings={readings}
      values={typed.values ?? {}}
      errors={typed.errors ?? {}}
    />
  );
  return render(c, page, typed.errors ? 422 : 200);
}

const ownForm = z.object({ name: personName, time_zone: timeZone });

async function change(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const parsed = ownForm.safeParse(form);
  if (!parsed.success)
    return show(c, { values: { name: String(form.name ?? ""), time_zone: String(form.time_zone ?? "") }, errors: errorsOf(parsed.error) });
  await changeSelf(ctx, parsed.data);
  leaveNotice(c, "Saved.");
  return c.redirect("/account", 303);
}

const addressForm = z.object({
  email: mailAddress,
  present: z.string().min(1, "Write your present password.").max(1000, "At most 1,000 characters."),
});

async function changeAddress(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const values = { email: String(form.email ?? "") };
  const parsed = addressForm.safeParse(form);
  if (!parsed.success) return show(c, { values, errors: errorsOf(parsed.error) });
  const { email, present } = parsed.data;
  try {
    await changeOwnAddress(ctx, { email, password: present, client: clientOf(c) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.field === "account") {
      leaveNotice(c, error.message, "watch");
      return c.redirect("/account", 303);
    }
    return show(c, { values, errors: { [error.field]: error.message } });
  }
  leaveNotice(c, `You sign in with ${email.toLowerCase()} from now on. Everywhere else you are signed out.`);
  return c.redirect("/account", 303);
}

const passwordForm = z
  .object({
    current: z.string().min(1, "Write your present password.").max(1000, "At most 1,000 characters."),
    password,
    again: z.string(),
  })
  .refine((form) => form.password === form.again, { path: ["again"], message: "The two are not the same. Write it once more." });

/** Whoever knows the present password may replace it; every other session ends. */
async function changePassword(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const parsed = passwordForm.safeParse(await c.req.parseBody());
  if (!parsed.success) return show(c, { errors: errorsOf(parsed.error) });
  const answer = await ctx.signIn.changePassword(c.req.raw.headers, clientOf(c), parsed.data.current, parsed.data.password);
  if (answer.status === 429) return show(c, { errors: { current: "Too many tries. Wait a minute, then try again." } });
  if (!answer.ok) return show(c, { errors: { current: "That is not your present password." } });
  await ctx.signIn.revokeAll(await ownUserId(c), ctx.viewer.sessionId);
  leaveNotice(c, "Your password is changed. Everywhere else you are signed out.");
  return c.redirect("/account", 303);
}

async function ownUserId(c: Request): Promise<string> {
  const ctx = ctxOf(c);
  const { userId } = await ctx.tx((db) => personForViewer(db, ctx, ctx.viewer.personId));
  if (!userId) throw new NotFound("This account");
  return userId;
}

async function endSession(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const id = c.req.param("id") ?? "";
  await ctx.signIn.revokeSession(await ownUserId(c), id);
  if (id === ctx.viewer.sessionId) return c.redirect("/sign-in", 303);
  leaveNotice(c, "That session has ended.");
  return c.redirect("/account", 303);
}

async function endOthers(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  await ctx.signIn.revokeAll(await ownUserId(c), ctx.viewer.sessionId);
  leaveNotice(c, "Everywhere else you are signed out.");
  return c.redirect("/account", 303);
}

/** From now on this session acts in another organisation of the same account. */
async function switchOrganisation(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const userId = await ownUserId(c);
  const { organisation } = await c.req.parseBody();
  const place = (await ctx.signIn.placesOf(userId, todayOf(ctx))).find(({ orgId }) => orgId === organisation);
  if (!place || !ctx.viewer.sessionId) throw new NotFound("This organisation");
  await ctx.signIn.switchTo(ctx.viewer.sessionId, { userId, orgId: place.orgId, id: place.id });
  leaveNotice(c, `You are in ${place.orgName} now.`);
  return c.redirect("/", 303);
}
