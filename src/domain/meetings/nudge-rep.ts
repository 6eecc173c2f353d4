import { startOfDay, dayAt } from "../../method/days.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "./meeting-access.ts";
import { whenInWords } from "./when-in-words.ts";

/** Reminds the rep to prepare, by mail, once a day at most. Says whether it did. */
export async function nudgeRep(ctx: Ctx, meetingId: string): Promise<boolean> {
  const { orgId, timeZone } = ctx.viewer;
  const now = ctx.clock.now();
  return ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.side !== "manager") return false;
    const today = startOfDay(dayAt(now, timeZone), timeZone);
    const nudged = await db
      .updateTable("meeting")
      .set({ nudged_at: now })
      .where("org_id", "=", orgId)
      .where("id", "=", meeting.id)
      .where("state", "=", "planned")
      .where((eb) => eb.or([eb("nudged_at", "is", null), eb("nudged_at", "<", today)]))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("preparation as p")
              .select("p.meeting_id")
              .where("p.org_id", "=", orgId)
              .where("p.meeting_id", "=", meeting.id)
              .where("p.submitted_at", "is not", null),
          ),
        ),
      )
      .executeTakeFirst();
    if (nudged.numUpdatedRows === 0n) return false;
    const rep = await db
      .selectFrom("person")
      .select("time_zone")
      .where("org_id", "=", orgId)
      .where("id", "=", meeting.repId)
      .executeTakeFirst();
    await queueMail(db, ctx, {
      to: meeting.repId,
      purpose: "nudge",
      subject: `Ten minutes to prepare ${meeting.kindName}`,
      words: `Your one-on-one with ${meeting.managerName} is on ${whenInWords(meeting.plannedStart, rep?.time_zone ?? timeZone)}${meeting.place ? `, ${meeting.place}` : ""}. It is worth more when you have stated your own numbers and written down what you want to talk about.`,
      link: { href: `/meetings/${meeting.id}/preparation`, words: "Prepare" },
      meetingId: meeting.id,
    });
    await recordEvent(db, ctx, "nudge", "meeting", meeting.id);
    await signal(db, `meeting:${meeting.id}`);
    return true;
  });
}
