import { sql } from "kysely";
import type { Outcome } from "../../method/follow-through.ts";
import type { Db } from "../../platform/database.ts";

export type HangsOn = "action" | "opportunity" | "pipeline gap" | "activity" | "skill";

export interface Commitment {
  id: string;
  meetingId: string;
  managerId: string;
  repId: string;
  ownerId: string;
  ownerName: string;
  words: string;
  dueOn: string;
  hangsOn: HangsOn;
  hangsWords: string;
  opportunityId: string | null;
  opportunityName: string | null;
  /** The verifier of the opportunity it hangs on, and whether there is evidence for it by now. */
  verifierId: string | null;
  isBacked: boolean;
  createdAt: Date;
  managerConfirmedAt: Date | null;
  repConfirmedAt: Date | null;
  outcome: Outcome | null;
  outcomeWords: string;
  outcomeAt: Date | null;
  settledIn: string | null;
}

export const commitments = (db: Db, orgId: string) =>
  db
    .selectFrom("commitment as c")
    .innerJoin("commitment_words as w", (on) => on.onRef("w.org_id", "=", "c.org_id").onRef("w.commitment_id", "=", "c.id"))
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "c.org_id").onRef("p.id", "=", "c.owner_id"))
    .leftJoin("opportunity as o", (on) => on.onRef("o.org_id", "=", "c.org_id").onRef("o.id", "=", "c.opportunity_id"))
    .select([
      "c.id",
      "c.meeting_id as meetingId",
      "c.manager_id as managerId",
      "c.rep_id as repId",
      "c.owner_id as ownerId",
      "p.name as ownerName",
      "w.words",
      "c.due_on as dueOn",
      "c.hangs_on as hangsOn",
      "w.hangs_words as hangsWords",
      "c.opportunity_id as opportunityId",
      "o.name as opportunityName",
      "c.verifier_id as verifierId",
      sql<boolean>`c.verifier_id is not null and exists (select 1 from evidence e where e.org_id = c.org_id
        and e.opportunity_id = c.opportunity_id and e.verifier_id = c.verifier_id and e.withdrawn_at is null)`.as("isBacked"),
      "c.created_at as createdAt",
      "c.manager_confirmed_at as managerConfirmedAt",
      "c.rep_confirmed_at as repConfirmedAt",
      "c.outcome",
      "w.outcome_words as outcomeWords",
      "c.outcome_at as outcomeAt",
      "c.settled_in as settledIn",
    ])
    .where("c.org_id", "=", orgId)
    .where("c.withdrawn_at", "is", null);

/** What was promised in this meeting, in the order it was said. */
export const commitmentsOf = (db: Db, orgId: string, meetingId: string): Promise<Commitment[]> =>
  commitments(db, orgId).where("c.meeting_id", "=", meetingId).orderBy("c.created_at").orderBy("c.id").execute();

type MeetingState = "planned" | "open" | "closed" | "excused" | "missed";

/** A promise made for a one-on-one that was then excused or missed is a promise all the same. */
const past = ["closed", "excused", "missed"] as const;

/** What this pair brought to a meeting: promises from meetings that are over, open when it began or settled in it. */
export const broughtTo = (db: Db, orgId: string, meeting: { id: string; managerId: string; repId: string }): Promise<Commitment[]> =>
  commitments(db, orgId)
    .innerJoin("meeting as m", (on) => on.onRef("m.org_id", "=", "c.org_id").onRef("m.id", "=", "c.meeting_id"))
    .where("c.rep_id", "=", meeting.repId)
    .where("c.manager_id", "=", meeting.managerId)
    .where("c.meeting_id", "<>", meeting.id)
    .where("m.state", "in", past)
    .where((eb) => eb.or([eb("c.outcome", "is", null), eb("c.settled_in", "=", meeting.id)]))
    .orderBy("c.due_on")
    .orderBy("c.created_at")
    .execute();

interface Filter {
  /** Only commitments of pairs this person is in. */
  personId: string;
  /** Only those of the pairs with this person. */
  withId?: string | undefined;
  settledLimit: number;
}

/** Every commitment of one's pairs: all open ones, those of a one-on-one that is planned or going on, and the newest settled ones. */
export async function commitmentsOfPerson(
  db: Db,
  orgId: string,
  { personId, withId, settledLimit }: Filter,
): Promise<{ open: Commitment[]; waiting: Commitment[]; settled: Commitment[] }> {
  const mine = (states: readonly MeetingState[]) =>
    commitments(db, orgId)
      .innerJoin("meeting as m", (on) => on.onRef("m.org_id", "=", "c.org_id").onRef("m.id", "=", "c.meeting_id"))
      .where((eb) => eb.or([eb("c.manager_id", "=", personId), eb("c.rep_id", "=", personId), eb("c.co_coach_id", "=", personId)]))
      .where("m.state", "in", states)
      .where((eb) => (withId ? eb.or([eb("c.manager_id", "=", withId), eb("c.rep_id", "=", withId)]) : eb.lit(true)));
  const waiting = await mine(["planned", "open"])
    .where("c.outcome", "is", null)
    .orderBy("m.planned_start")
    .orderBy("c.created_at")
    .execute();
  const open = await mine(past).where("c.outcome", "is", null).orderBy("c.due_on").orderBy("c.created_at").execute();
  const settled = await mine(past).where("c.outcome", "is not", null).orderBy("c.outcome_at", "desc").limit(settledLimit).execute();
  return { open, waiting, settled };
}

/** Outcomes by pair and owner since a day, without words: for follow-through. */
export async function outcomesOfPairs(
  db: Db,
  orgId: string,
  personId: string,
  since: Date,
): Promise<{ managerId: string; repId: string; ownerId: string; outcome: Outcome | null }[]> {
  return db
    .selectFrom("commitment")
    .select(["manager_id as managerId", "rep_id as repId", "owner_id as ownerId", "outcome"])
    .where("org_id", "=", orgId)
    .where((eb) => eb.or([eb("manager_id", "=", personId), eb("rep_id", "=", personId)]))
    .where("created_at", ">=", since)
    .where("withdrawn_at", "is", null)
    .execute();
}

/** Promises made in the meetings given whose side has not confirmed them yet. */
export async function unconfirmedIn(db: Db, orgId: string, meetingId: string, side: "manager" | "rep"): Promise<Commitment[]> {
  return commitments(db, orgId)
    .where("c.meeting_id", "=", meetingId)
    .where(side === "rep" ? "c.rep_confirmed_at" : "c.manager_confirmed_at", "is", null)
    .orderBy("c.created_at")
    .execute();
}

/** What hangs on one deal, of the pairs whose words the viewer may read: the open ones first, by their day. */
export const commitmentsOnDeal = (db: Db, orgId: string, opportunityId: string): Promise<Commitment[]> =>
  commitments(db, orgId)
    .where("c.opportunity_id", "=", opportunityId)
    .orderBy("c.outcome", (order) => order.desc().nullsFirst())
    .orderBy("c.due_on")
    .orderBy("c.id")
    .execute();

/** What a rep has in hand to find, do or learn, of the pairs whose words the viewer may read: agreed or still asked. */
export const goalsInHand = (db: Db, orgId: string, repId: string): Promise<Commitment[]> =>
  commitments(db, orgId)
    .where("c.rep_id", "=", repId)
    .where("c.owner_id", "=", repId)
    .where("c.hangs_on", "in", ["pipeline gap", "activity", "skill"])
    .where("c.outcome", "is", null)
    .orderBy("c.created_at", "desc")
    .limit(8)
    .execute();
