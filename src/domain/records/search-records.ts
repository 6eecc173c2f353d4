import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface Found {
  meetingId: string;
  heldAt: Date;
  part: string;
  words: string;
  withName: string;
}

export interface RecordLine {
  id: string;
  kindName: string;
  heldAt: Date;
  timeZone: string;
  withId: string;
  withName: string;
  commitments: number;
  settled: number;
}

/** Full-text search over what the viewer's pairs wrote. Words typed are all to be found, the last one as a beginning. */
export async function searchRecords(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  { words, withId, limit }: { words: string; withId?: string | undefined; limit: number },
): Promise<Found[]> {
  const terms =
    words
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 12) ?? [];
  if (terms.length === 0) return [];
  const { orgId, personId } = ctx.viewer;
  const query = terms.map((term, index) => (index === terms.length - 1 ? `${term}:*` : term)).join(" & ");
  let found = db
    .selectFrom("record_text as t")
    .innerJoin("person as other", (on) =>
      on
        .onRef("other.org_id", "=", "t.org_id")
        .on((eb) => eb("other.id", "=", sql<string>`case when t.rep_id = ${personId} then t.manager_id else t.rep_id end`)),
    )
    .select(["t.meeting_id as meetingId", "t.held_at as heldAt", "t.part", "t.words", "other.name as withName"])
    .where("t.org_id", "=", orgId)
    .where((eb) => eb.or([eb("t.manager_id", "=", personId), eb("t.rep_id", "=", personId), eb("t.co_coach_id", "=", personId)]))
    .where(sql<boolean>`t.search @@ to_tsquery('simple', ${query})`);
  if (withId) found = found.where((eb) => eb.or([eb("t.manager_id", "=", withId), eb("t.rep_id", "=", withId)]));
  return found.orderBy("t.held_at", "desc").limit(limit).execute();
}

/** The closed one-on-ones of the viewer, newest first, a page from `before`. */
export async function recordLines(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  { withId, before, limit }: { withId?: string | undefined; before?: Date | undefined; limit: number },
): Promise<RecordLine[]> {
  const { orgId, personId } = ctx.viewer;
  let query = db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .innerJoin("person as other", (on) =>
      on
        .onRef("other.org_id", "=", "m.org_id")
        .on((eb) => eb("other.id", "=", sql<string>`case when m.rep_id = ${personId} then m.manager_id else m.rep_id end`)),
    )
    .select([
      "m.id",
      "k.name as kindName",
      sql<Date>`m.opened_at`.as("heldAt"),
      "m.time_zone as timeZone",
      "other.id as withId",
      "other.name as withName",
    ])
    .select(
      sql<number>`(select count(*) from commitment c where c.org_id = m.org_id and c.meeting_id = m.id and c.withdrawn_at is null)`.as(
        "commitments",
      ),
    )
    .select(
      sql<number>`(select count(*) from commitment c where c.org_id = m.org_id and c.meeting_id = m.id and c.withdrawn_at is null and c.outcome is not null)`.as(
        "settled",
      ),
    )
    .where("m.org_id", "=", orgId)
    .where("m.state", "=", "closed")
    .where((eb) => eb.or([eb("m.manager_id", "=", personId), eb("m.rep_id", "=", personId), eb("m.co_coach_id", "=", personId)]));
  if (withId) query = query.where((eb) => eb.or([eb("m.manager_id", "=", withId), eb("m.rep_id", "=", withId)]));
  if (before) query = query.where("m.opened_at", "<", before);
  return query.orderBy("m.opened_at", "desc").limit(limit).execute();
}

/** Everybody the viewer has closed a one-on-one with. */
export async function peopleOfRecords(db: Db, ctx: Pick<Ctx, "viewer">): Promise<{ id: string; name: string }[]> {
  const { orgId, personId } = ctx.viewer;
  return db
    .selectFrom("person as p")
    .select(["p.id", "p.name"])
    .where("p.org_id", "=", orgId)
    .where("p.id", "<>", personId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("meeting as m")
          .select(sql`1`.as("one"))
          .where("m.org_id", "=", orgId)
          .where("m.state", "=", "closed")
          .where((m) => m.or([m("m.manager_id", "=", personId), m("m.rep_id", "=", personId), m("m.co_coach_id", "=", personId)]))
          .where((m) => m.or([m("m.manager_id", "=", m.ref("p.id")), m("m.rep_id", "=", m.ref("p.id"))])),
      ),
    )
    .orderBy("p.name")
    .execute();
}
