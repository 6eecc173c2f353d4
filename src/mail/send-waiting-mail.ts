import type { App } from "../platform/context.ts";
import type { Env } from "../platform/env.ts";
import { bodyFor, claimMail, type ClaimedMail, markFailed, markSent, organisationsWithMail } from "./mail-queries.ts";

/** With these the next mail would fare no better: the round ends here. */
const noServer = new Set(["ECONNECTION", "ECONNREFUSED", "ETIMEDOUT", "ESOCKET", "EDNS", "ETLS", "EAUTH", "EPROXY", "ENOAUTH"]);

type Transport = Awaited<ReturnType<typeof makeTransport>>;

export const mailFrom = (env: Pick<Env, "mailFrom">): string => env.mailFrom ?? "Kept <kept@localhost>";

async function makeTransport(url: string) {
  // Only who sends mail needs the library in memory.
  const { createTransport } = await import("nodemailer");
  return createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 });
}

/** Sends what is due, if a mail server is set. Any number of processes may do so at once. Returns how many were sent. */
export async function sendWaitingMail(app: App): Promise<number> {
  if (!app.env.smtpUrl) return 0;
  const transport = await makeTransport(app.env.smtpUrl);
  let sent = 0;
  try {
    for (const orgId of await organisationsWithMail(app)) {
      for (let mail = await claimMail(app, orgId); mail; mail = await claimMail(app, orgId)) {
        const outcome = await sendOne(app, transport, mail);
        if (outcome === "sent") sent++;
        if (outcome === "no server") return sent;
      }
    }
  } finally {
    transport.close();
  }
  return sent;
}

async function sendOne(app: App, transport: Transport, mail: ClaimedMail): Promise<"sent" | "failed" | "no server"> {
  try {
    const body = await bodyFor(app, mail);
    if (!body) throw new Error("This mail has no text.");
    const from = mailFrom(app.env);
    await transport.sendMail({
      from,
      to: { name: mail.toName, address: mail.address },
      subject: mail.subject,
      text: body.words,
      html: body.html,
      // Made from the mail's own id: a second try after a broken connection is the same mail, not another.
      messageId: `<${mail.id}@${/@([\w.-]+)/.exec(from)?.[1] ?? "localhost"}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } catch (error) {
    const { message, responseCode, code } = error as Error & { responseCode?: number; code?: string };
    await markFailed(app, mail, message, code === "EENVELOPE" && (responseCode ?? 599) >= 500);
    app.log.warn({ mail: mail.id, code, responseCode }, "mail not sent");
    return noServer.has(code ?? "") ? "no server" : "failed";
  }
  await markSent(app, mail);
  return "sent";
}
