import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { type Commitment, broughtTo, commitmentsOf } from "../commitments/commitment-queries.ts";
import { type Entry, entriesOfAll } from "../entries/entry-queries.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { productsThen } from "../opportunities/list-prices-then.ts";
import { valueOf } from "../opportunities/opportunities-as-of.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface HeldBefore {
  id: string;
  kindName: string;
  heldAt: Date;
}

/** The latest one-on-ones this pair has held before an instant, newest first. */
export async function heldBefore(
  db: Db,
  pair: { orgId: string; managerId: string; repId: string },
  before: Date,
  limit: number,
): Promise<HeldBefore[]> {
  const rows = await db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .select(["m.id", "k.name as kindName", "m.opened_at as heldAt"])
    .where("m.org_id", "=", pair.orgId)
    .where("m.rep_id", "=", pair.repId)
    .where("m.manager_id", "=", pair.managerId)
    .where("m.state", "=", "closed")
    .where("m.opened_at", "<", before)
    .orderBy("m.opened_at", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap(({ heldAt, ...row }) => (heldAt ? [{ ...row, heldAt }] : []));
}

/** What was promised the last time, however it went, and whatever is still open from before. */
export async function promisesToReview(db: Db, orgId: string, meeting: MeetingView, last: HeldBefore | undefined): Promise<Commitment[]> {
  const open = await broughtTo(db, orgId, meeting);
  const made = last ? await commitmentsOf(db, orgId, last.id) : [];
  const known = new Set(made.map(({ id }) => id));
  return [...made, ...open.filter(({ id }) => !known.has(id))];
}

export interface ThemeEntry extends Entry {
  heldAt: Date;
}

/** What was working and what was not in these one-on-ones, the latest first. */
export async function entriesOfMeetings(db: Db, orgId: string, meetings: readonly HeldBefore[]): Promise<ThemeEntry[]> {
  const all = await entriesOfAll(
    db,
    orgId,
    meetings.map(({ id }) => id),
  );
  return meetings.flatMap(({ id, heldAt }) => all.filter(({ meetingId }) => meetingId === id).map((entry) => ({ ...entry, heldAt })));
}

export interface OpenWorth {
  currency: string;
  count: number;
  /** In minor units; deals without an amount of their own at list price. */
  sum: number;
}

/** How many opportunities an owner has open at an instant and what they are worth, by currency, the most first. */
export async function openWorth(db: Db, { orgId, ownerId, at }: { orgId: string; ownerId: string; at: Date }): Promise<OpenWorth[]> {
  const scope = await unlessLater(db, { orgId, ownerIds: [ownerId], at, outcomes: ["open"] });
  const { rows } = await sql<OpenWorth>`
    select d.currency, count(*)::int as count, coalesce(sum(${valueOf}), 0)::bigint as sum
    from ${stateAt(scope)} d
    left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
    group by d.currency order by 2 desc`.execute(db);
  return rows;
}

/** Does the viewer's tree hold this person, so that their pipeline and results may be read? */
export async function isInTree(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql<{ below: boolean }>`select ${personId}::uuid in (select viewer_tree()) as below`.execute(db);
  return rows[0]?.below ?? false;
}
