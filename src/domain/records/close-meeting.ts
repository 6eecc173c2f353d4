import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { listForNextTime } from "../meetings/listed-opportunities.ts";
import { lastMetAt, type MeetingView } from "../meetings/meeting-access.ts";
import { endRunningSection } from "../meetings/start-section.ts";
import { opportunityNews } from "../opportunities/opportunity-news.ts";
import { hasProspects } from "../agendas/ready-made-kinds.ts";
import { keepAtClose } from "../prospects/keep-prospects.ts";
import { keepPrivateNotes } from "./keep-private-notes.ts";
import { meetingRecord } from "./record-queries.ts";
import { numbersBlocks } from "./numbers-blocks.ts";
import { sendSummaries } from "./send-summaries.ts";
import { summaryBlocks } from "./summary-blocks.ts";
import { layOutMail } from "../../mail/lay-out-mail.ts";
import { takeDownNotes } from "./take-down-notes.ts";
import { piecesOf, writeRecordText } from "./write-record-text.ts";

export type Closing = { closed: true } | { closed: false; because: "no commitment" };

/**
 * Closes a one-on-one: the record is written, locked and sent to both, all or none. Without a commitment it asks why first.
 * Closing twice, or both at once, closes once.
 */
export async function closeMeeting(ctx: Ctx, meetingId: string, whyNone: string): Promise<Closing> {
  const numbers = await numbersBlocks(ctx, meetingId);
  const result = await ctx.tx(async (db): Promise<Closing> => {
    const { orgId } = ctx.viewer;
    await db.selectFrom("meeting").select("id").where("org_id", "=", orgId).where("id", "=", meetingId).forUpdate().execute();
    const before = await meetingRecord(db, ctx, meetingId);
    if (before.meeting.state === "closed") return { closed: true };
    if (before.meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    if (before.commitments.length === 0 && whyNone === "") return { closed: false, because: "no commitment" };
    if (before.commitments.length === 0) await keepWhyNone(db, ctx, meetingId, whyNone);
    await endRunningSection(db, ctx, meetingId);
    await listAll(db, ctx, before.meeting);
    if (hasProspects(before.sections)) await keepAtClose(db, ctx, before.meeting);
    await takeDownNotes(db, { orgId, meetingId, ownerId: null, sections: before.sections });
    const record = await meetingRecord(db, ctx, meetingId);
    const blocks = [...summaryBlocks(record), ...numbers];
    const { words } = layOutMail({ title: record.meeting.kindName, blocks, why: "" });
    await db.insertInto("summary").values({ org_id: orgId, meeting_id: meetingId, words, made_at: ctx.clock.now() }).execute();
    await writeRecordText(db, orgId, record.meeting, piecesOf(record));
    await sendSummaries(db, ctx, record, blocks);
    await db
      .updateTable("meeting")
      .set({ state: "closed", closed_at: ctx.clock.now(), closed_by: ctx.viewer.personId })
      .where("org_id", "=", orgId)
      .where("id", "=", meetingId)
      .execute();
    await recordEvent(db, ctx, "close", "meeting", meetingId);
    await signal(db, `meeting:${meetingId}`);
    for (const person of [record.meeting.managerId, record.meeting.repId]) await signal(db, `week:${person}`);
    return { closed: true };
  });
  if (result.closed) await keepEverybodysPrivateNotes(ctx, meetingId);
  return result;
}

async function keepWhyNone(db: Db, ctx: Ctx, meetingId: string, reason: string): Promise<void> {
  await db
    .insertInto("meeting_reason")
    .values({
      org_id: ctx.viewer.orgId,
      id: newId(),
      meeting_id: meetingId,
      what: "closed without commitment",
      reason,
      by_id: ctx.viewer.personId,
      at: ctx.clock.now(),
    })
    .execute();
}

async function listAll(db: Db, ctx: Ctx, meeting: MeetingView): Promise<void> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  const since = await lastMetAt(db, { orgId, managerId: meeting.managerId, repId: meeting.repId }, meeting.openedAt ?? now);
  const news = since
    ? (await opportunityNews(db, { orgId, ownerIds: [meeting.repId], after: since, until: now })).get(meeting.repId)
    : undefined;
  await listForNextTime(db, orgId, meeting, new Set(news?.created.map(({ id }) => id)), now);
}

/** Each under their own identity. What a crash leaves undone here, the next look at the record does. */
async function keepEverybodysPrivateNotes(ctx: Ctx, meetingId: string): Promise<void> {
  const { orgId } = ctx.viewer;
  const people = await ctx.tx((db) =>
    db
      .selectFrom("meeting")
      .select(["manager_id", "rep_id", "co_coach_id"])
      .where("org_id", "=", orgId)
      .where("id", "=", meetingId)
      .executeTakeFirstOrThrow(),
  );
  for (const person of [people.manager_id, people.rep_id, people.co_coach_id])
    if (person) await keepPrivateNotes(ctx, orgId, person, meetingId);
}
