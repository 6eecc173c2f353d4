import { addDays, dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type MeetingView, meetingForViewer } from "../meetings/meeting-access.ts";
import { nextPlanned } from "../meetings/room-queries.ts";
import { opportunityForViewer } from "../opportunities/opportunity-access.ts";
import { processAt } from "../processes/process-queries.ts";
import { checkDueDay } from "./due-day.ts";
import { insertCommitment } from "./insert-commitment.ts";

export interface VerifierPromise {
  /** Made by the form, so that sending it twice makes one. */
  id: string;
  opportunityId: string;
  verifierId: string;
  /** The rep unless said otherwise. */
  owner?: "manager" | "rep" | undefined;
  /** The one-on-one after the one it is written into, unless said otherwise. */
  dueOn?: string | undefined;
  words?: string | undefined;
}

/** Where a promise between the viewer and the owner of a deal is written down: the open one-on-one of the two, or else their next. */
export interface PlaceToPromise {
  meeting: MeetingView;
  /** When it is due unless said otherwise. */
  dueOn: string;
}

export async function placeToPromise(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, ownerId: string): Promise<PlaceToPromise | undefined> {
  const { orgId, personId: me } = ctx.viewer;
  const row = await db
    .selectFrom("meeting")
    .select("id")
    .where("org_id", "=", orgId)
    .where("rep_id", "=", ownerId)
    .where("state", "in", ["open", "planned"])
    .where((eb) => (ownerId === me ? eb.lit(true) : eb.or([eb("manager_id", "=", me), eb("co_coach_id", "=", me)])))
    .orderBy((eb) => eb.case().when("state", "=", "open").then(0).else(1).end())
    .orderBy("planned_start")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const meeting = await meetingForViewer(db, ctx, row.id);
  const from = meeting.state === "open" ? ctx.clock.now() : meeting.plannedStart;
  const next = await nextPlanned(db, { orgId, managerId: meeting.managerId, repId: meeting.repId }, from);
  return { meeting, dueOn: next ? dayAt(next.plannedStart, next.timeZone) : addDays(dayAt(from, meeting.timeZone), 7) };
}

/** Why there is no place yet: a rep waits for their manager, who plans. */
export const noneIsPlanned = ({ viewer }: Pick<Ctx, "viewer">, ownerId: string, what: "goal" | "promise"): string =>
  ownerId === viewer.personId
    ? `Your next one-on-one is not planned yet. Your manager plans it: the ${what} can then wait there.`
    : `No one-on-one of you two is planned. Plan one first: the ${what} then waits there.`;

/**
 * Turns a missing verifier into a promise of the pair's open one-on-one, or of their next one: there it waits in the wrap-up until
 * both have confirmed it. Returns the one-on-one.
 */
export async function promiseVerifier(ctx: Ctx, wanted: VerifierPromise): Promise<MeetingView> {
  return ctx.tx(async (db) => {
    const { orgId, timeZone } = ctx.viewer;
    const now = ctx.clock.now();
    const deal = await opportunityForViewer(db, ctx, wanted.opportunityId);
    const place = await placeToPromise(db, ctx, deal.ownerId);
    if (!place) throw new Refusal("meeting", noneIsPlanned(ctx, deal.ownerId, "promise"));
    const process = await processAt(db, orgId, now);
    const toll = process?.stages.flatMap(({ tolls }) => tolls).find(({ verifierId }) => verifierId === wanted.verifierId);
    if (!toll) throw new Refusal("verifierId", "This is not asked for any more.");
    const dueOn = wanted.dueOn ?? place.dueOn;
    checkDueDay("dueOn", dueOn, dayAt(now, timeZone));
    await insertCommitment(db, ctx, place.meeting, {
      id: wanted.id,
      owner: wanted.owner ?? "rep",
      words: wanted.words || `Get from the customer: ${toll.words}`,
      dueOn,
      hangsOn: "opportunity",
      hangsWords: toll.words,
      opportunityId: deal.id,
      verifierId: toll.verifierId,
    });
    return place.meeting;
  });
}
