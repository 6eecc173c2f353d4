import { HTTPException } from "hono/http-exception";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { giveReason, tellPair } from "./give-reason.ts";
import { meetingForViewer } from "./meeting-access.ts";

export const excuses = ["Time off", "Emergency", "Other"] as const;

/** Lets a planned one-on-one fall out. It is never simply cancelled: there is a reason. */
export async function excuseMeeting(ctx: Ctx, meetingId: string, excuse: { id: string; reason: string }): Promise<void> {
  const now = ctx.clock.now();
  if (excuse.reason.trim() === "") throw new HTTPException(422, { message: "Say why: a one-on-one is not cancelled without a reason." });
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.state === "excused") return;
    const excused = await db
      .updateTable("meeting")
      .set({ state: "excused", excused_at: now, excused_by: ctx.viewer.personId })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", meeting.id)
      .where("state", "=", "planned")
      .executeTakeFirst();
    if (excused.numUpdatedRows === 0n) throw new HTTPException(409, { message: "Only a planned one-on-one can be excused." });
    await giveReason(db, ctx, { id: excuse.id, meetingId: meeting.id, what: "excused", reason: excuse.reason });
    await recordEvent(db, ctx, "excuse", "meeting", meeting.id);
    await tellPair(db, meeting);
    await queueMail(db, ctx, {
      to: meeting.otherId,
      purpose: "agenda",
      subject: `Excused: ${meeting.kindName} with ${ctx.viewer.name}`,
      words: `${ctx.viewer.name} excused your one-on-one this time.\n\n${excuse.reason}`,
      link: { href: "/week", words: "See your week" },
      meetingId: meeting.id,
    });
  });
}
