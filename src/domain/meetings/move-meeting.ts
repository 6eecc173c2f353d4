import { sql } from "kysely";
import { HTTPException } from "hono/http-exception";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { giveReason, tellPair } from "./give-reason.ts";
import { meetingForViewer } from "./meeting-access.ts";
import { whenInWords } from "./when-in-words.ts";

/** Gives a planned one-on-one another time. Its first time is kept, however often it is moved. */
export async function moveMeeting(ctx: Ctx, meetingId: string, move: { id: string; start: Date; reason: string }): Promise<void> {
  const now = ctx.clock.now();
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.plannedStart.getTime() === move.start.getTime()) return;
    const moved = await db
      .updateTable("meeting")
      .set({
        planned_start: move.start,
        moved_from: sql`coalesce(moved_from, planned_start)`,
        moved_at: now,
        moved_by: ctx.viewer.personId,
      })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", meeting.id)
      .where("state", "=", "planned")
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) throw new HTTPException(409, { message: "Only a planned one-on-one can be moved." });
    await giveReason(db, ctx, { id: move.id, meetingId: meeting.id, what: "moved", reason: move.reason });
    await recordEvent(db, ctx, "move", "meeting", meeting.id);
    await tellPair(db, meeting);
    const zone = await zoneOf(db, ctx, meeting.otherId);
    await queueMail(db, ctx, {
      to: meeting.otherId,
      purpose: "agenda",
      subject: `Moved: ${meeting.kindName} is now ${whenInWords(move.start, zone)}`,
      words: [
        `${ctx.viewer.name} moved your one-on-one. It was planned for ${whenInWords(meeting.plannedStart, zone)}; it is now ${whenInWords(move.start, zone)}${meeting.place ? `, ${meeting.place}` : ""}.`,
        move.reason,
      ]
        .filter(Boolean)
        .join("\n\n"),
      link: { href: "/week", words: "See your week" },
      meetingId: meeting.id,
    });
  });
}

async function zoneOf(db: Parameters<typeof meetingForViewer>[0], ctx: Ctx, personId: string): Promise<string> {
  const row = await db
    .selectFrom("person")
    .select("time_zone")
    .where("org_id", "=", ctx.viewer.orgId)
    .where("id", "=", personId)
    .executeTakeFirst();
  return row?.time_zone ?? ctx.viewer.timeZone;
}
