import { layOutMail, type MailBlock } from "../../mail/lay-out-mail.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { hashToken, newToken } from "../../platform/secret.ts";
import { fullDay } from "./record-days.ts";
import type { MeetingRecord } from "./record-queries.ts";

const linkDays = 30;

/** The same summary to both; whoever has not confirmed a promise finds a link that confirms it without signing in. */
export async function sendSummaries(db: Db, ctx: Ctx, record: MeetingRecord, blocks: MailBlock[]): Promise<void> {
  const { meeting } = record;
  const address = ctx.env.publicUrl ?? `http://localhost:${ctx.env.port}`;
  for (const side of ["manager", "rep"] as const) {
    const to = side === "manager" ? meeting.managerId : meeting.repId;
    const other = side === "manager" ? meeting.repName : meeting.managerName;
    const unconfirmed = record.commitments.some((c) => (side === "manager" ? c.managerConfirmedAt : c.repConfirmedAt) === null);
    const action = unconfirmed
      ? { href: `${address}/confirm/${await confirmationToken(db, ctx, meeting.id, to)}`, words: "Confirm what was promised" }
      : { href: `${address}/meetings/${meeting.id}/record`, words: "Open the record" };
    const title = `${meeting.kindName} with ${other}, ${fullDay(meeting.openedAt ?? meeting.plannedStart, meeting.timeZone)}`;
    const { words, html } = layOutMail({
      title,
      blocks,
      action,
      why: `You get this because you two met. Only ${meeting.repName} and ${meeting.managerName} receive it.`,
    });
    await queueMail(db, ctx, {
      to,
      purpose: "summary",
      subject: `${meeting.kindName} with ${other}: what was promised`,
      words,
      html,
      meetingId: meeting.id,
    });
  }
}

async function confirmationToken(db: Db, ctx: Ctx, meetingId: string, personId: string): Promise<string> {
  const token = newToken();
  const now = ctx.clock.now();
  await db
    .insertInto("access_link")
    .values({
      id: newId(),
      purpose: "confirmation",
      token_hash: hashToken(token),
      org_id: ctx.viewer.orgId,
      person_id: personId,
      meeting_id: meetingId,
      created_at: now,
      expires_at: new Date(now.getTime() + linkDays * 86_400_000),
    })
    .execute();
  return token;
}
