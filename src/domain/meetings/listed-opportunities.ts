import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { opportunitiesAsOf, type OpportunityAt } from "../opportunities/opportunities-as-of.ts";
import { meetingForViewer, type MeetingView } from "./meeting-access.ts";

export interface Listed {
  opportunityId: string;
  list: "new" | "existing";
  name: string;
  stage: string;
  amountMinor: number | null;
  currency: string;
  closeOn: string | null;
  words: string;
  version: number;
}

/** The opportunities written down in a meeting, as they stood then. */
export const listedIn = (db: Db, orgId: string, meetingId: string): Promise<Listed[]> =>
  db
    .selectFrom("listed_opportunity")
    .select([
      "opportunity_id as opportunityId",
      "list",
      "name",
      "stage",
      "amount_minor as amountMinor",
      "currency",
      "close_on as closeOn",
      "words",
      "version",
    ])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .orderBy("list", "desc")
    .orderBy("name")
    .execute();

/** What was listed the last time this pair closed a meeting that lists opportunities. */
export async function listedLastTime(
  db: Db,
  orgId: string,
  meeting: Pick<MeetingView, "id" | "managerId" | "repId">,
): Promise<{ heldAt: Date; listed: Listed[] } | undefined> {
  const last = await db
    .selectFrom("meeting as m")
    .select(["m.id", "m.opened_at"])
    .where("m.org_id", "=", orgId)
    .where("m.rep_id", "=", meeting.repId)
    .where("m.manager_id", "=", meeting.managerId)
    .where("m.id", "<>", meeting.id)
    .where("m.state", "=", "closed")
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("listed_opportunity as l")
          .select(sql`1`.as("one"))
          .whereRef("l.org_id", "=", "m.org_id")
          .whereRef("l.meeting_id", "=", "m.id"),
      ),
    )
    .orderBy("m.opened_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.opened_at ? { heldAt: last.opened_at, listed: await listedIn(db, orgId, last.id) } : undefined;
}

const rowOf = (orgId: string, meetingId: string, list: "new" | "existing", deal: OpportunityAt) => ({
  org_id: orgId,
  meeting_id: meetingId,
  opportunity_id: deal.id,
  list,
  name: deal.name,
  stage: deal.stage,
  amount_minor: deal.amountMinor,
  currency: deal.currency,
  close_on: deal.closeOn,
});

export interface OpportunityNote {
  meetingId: string;
  opportunityId: string;
  list: "new" | "existing";
  words: string;
  version: number;
}

/** Saves what the pair said of one opportunity. Somebody else's words of meanwhile are handed back, never written over. */
export async function noteOpportunity(ctx: Ctx, note: OpportunityNote): Promise<{ saved: boolean; version: number; theirs: string }> {
  return ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, note.meetingId);
    if (meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    const [deal] = (await opportunitiesAsOf(db, { orgId: ctx.viewer.orgId, ownerIds: [meeting.repId], at: ctx.clock.now() })).filter(
      ({ id }) => id === note.opportunityId,
    );
    if (!deal) throw new NotFound("This opportunity");
    const { orgId } = ctx.viewer;
    await db
      .insertInto("listed_opportunity")
      .values({ ...rowOf(orgId, meeting.id, note.list, deal), version: 0 })
      .onConflict((c) => c.doNothing())
      .execute();
    const saved = await db
      .updateTable("listed_opportunity")
      .set((eb) => ({ words: note.words, version: eb("version", "+", 1) }))
      .where("org_id", "=", orgId)
      .where("meeting_id", "=", meeting.id)
      .where("opportunity_id", "=", deal.id)
      .where("version", "=", note.version)
      .returning("version")
      .executeTakeFirst();
    if (saved) return { saved: true, version: saved.version, theirs: "" };
    const now = await db
      .selectFrom("listed_opportunity")
      .select(["words", "version"])
      .where("org_id", "=", orgId)
      .where("meeting_id", "=", meeting.id)
      .where("opportunity_id", "=", deal.id)
      .executeTakeFirstOrThrow();
    return { saved: now.words === note.words, version: now.version, theirs: now.words };
  });
}

/** At the close: the new ones, those of last time that are still open, and all that were talked about, as they stand now. */
export async function listForNextTime(
  db: Db,
  orgId: string,
  meeting: MeetingView,
  createdSince: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  const open = (await opportunitiesAsOf(db, { orgId, ownerIds: [meeting.repId], at })).filter(({ outcome }) => outcome === "open");
  const last = new Set((await listedLastTime(db, orgId, meeting))?.listed.map(({ opportunityId }) => opportunityId));
  const rows = open
    .filter(({ id }) => createdSince.has(id) || last.has(id))
    .map((deal) => rowOf(orgId, meeting.id, createdSince.has(deal.id) ? "new" : "existing", deal));
  if (rows.length > 0)
    await db
      .insertInto("listed_opportunity")
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute();
}
