import { addressOf } from "../platform/address-of.ts";
import type { Ctx } from "../platform/context.ts";
import { layOutMail } from "./lay-out-mail.ts";
import { queueMail } from "./queue-mail.ts";

/** A mail to oneself, to see that mail arrives. False when one has no address. */
export async function sendTestMail(ctx: Ctx, id: string): Promise<boolean> {
  const plan = {
    title: "Mail from Kept arrives",
    blocks: [{ p: `You asked for this mail at ${ctx.viewer.orgName}. Agendas, summaries and invitations will look like it.` }],
    action: { href: `${addressOf(ctx.env)}/outbox`, words: "Go to the outbox" },
    why: "Sent because you pressed “Send me a test mail”.",
  };
  const to = ctx.viewer.personId;
  return ctx.tx(async (db) => (await queueMail(db, ctx, { id, to, purpose: "test", subject: plan.title, ...layOutMail(plan) })) !== null);
}
