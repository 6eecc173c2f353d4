import { mailFrom } from "../../mail/send-waiting-mail.ts";
import { mailOfOutbox, outboxPage } from "../../mail/outbox-queries.ts";
import { retryMail } from "../../mail/retry-mail.ts";
import { sendTestMail } from "../../mail/send-test-mail.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { adminOf } from "../../platform/admin-of.ts";
import { type Http, NotFound, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { MailPage, OutboxPage } from "./outbox-page.tsx";

const pageSize = 100;

/** What Kept has to send or has sent: who it is for and what became of it, never what a pair's mail says. */
export function routes(http: Http): void {
  http.get("/outbox", show);
  http.post("/outbox/test", sendTest);
  http.get("/outbox/:id", showInvitation);
  http.post("/outbox/:id/retry", retry);
}

async function show(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const before = new Date(c.req.query("before") ?? "");
  const rows = await ctx.tx((db) =>
    outboxPage(db, ctx.viewer.orgId, { before: Number.isNaN(before.getTime()) ? null : before, limit: pageSize + 1, now: ctx.clock.now() }),
  );
  const more = rows.length > pageSize ? rows[pageSize - 1]?.createdAt : undefined;
  const server = ctx.env.smtpUrl ? { from: mailFrom(ctx.env) } : null;
  return render(c, <OutboxPage c={c} ctx={ctx} rows={rows.slice(0, pageSize)} more={more} server={server} testId={newId()} />);
}

/** An invitation's text and link; of any other mail the admin sees only that it exists. */
async function showInvitation(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const mail = await ctx.tx((db) => mailOfOutbox(db, ctx.viewer.orgId, c.req.param("id")));
  if (!mail) throw new NotFound("This mail");
  return render(c, <MailPage c={c} ctx={ctx} mail={mail} isSent={ctx.env.smtpUrl !== undefined} />);
}

async function retry(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const id = c.req.param("id");
  if (isId(id)) await retryMail(ctx, id);
  leaveNotice(c, "It will be tried again in a moment.");
  return c.redirect("/outbox", 303);
}

async function sendTest(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { id } = await c.req.parseBody();
  const sent = await sendTestMail(ctx, isId(id) ? id : newId());
  leaveNotice(
    c,
    sent ? "A test mail to you is on its way. Look here in a moment." : "You have no mail address yet. Add one on your page.",
    sent ? "" : "watch",
  );
  return c.redirect("/outbox", 303);
}
