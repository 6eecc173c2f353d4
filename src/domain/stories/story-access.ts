import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import type { StoryPair } from "./story-queries.ts";
import { isPairNow } from "../people/is-pair-now.ts";

/** Whose story of a deal it is. */
export interface StoryOwners extends StoryPair {
  opportunityId: string;
  opportunityName: string;
  repName: string;
  managerName: string;
  /** Neither the deal nor the rep has gone to somebody else. */
  canWrite: boolean;
}

/**
 * The only way to a story: the rep's own with a manager of theirs (without one given, whom they report to), the manager's own with
 * the deal's owner, or that of a pair whose one-on-one ahead the viewer co-coaches. With another rep than the owner it is the story
 * of a pair that had the deal before, to be read. Undefined for everybody else: a leader and an admin have no part in it.
 */
export async function storyForViewer(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  opportunityId: string | undefined,
  managerId?: string,
  formerRepId?: string,
): Promise<StoryOwners | undefined> {
  const { orgId, personId: me } = ctx.viewer;
  if (!isId(opportunityId) || [managerId, formerRepId].some((id) => id !== undefined && !isId(id))) return undefined;
  const { rows } = await sql<{ name: string; ownerId: string; ownerName: string; reportsTo: string | null }>`
    select o.name, o.owner_id as "ownerId", p.name as "ownerName",
      (select l.manager_id from reporting_line l where l.org_id = o.org_id and l.person_id = o.owner_id
        and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date) order by l.from_on desc limit 1) as "reportsTo"
    from opportunity o join person p on p.org_id = o.org_id and p.id = o.owner_id
    where o.org_id = ${orgId} and o.id = ${opportunityId}`.execute(db);
  const deal = rows[0];
  if (!deal) return undefined;
  if (formerRepId && formerRepId !== deal.ownerId) {
    const before = (await storiesBefore(db, orgId, opportunityId)).find((one) => one.repId === formerRepId && one.managerId === managerId);
    return before && { orgId, opportunityId, opportunityName: deal.name, ...before, canWrite: false };
  }
  const coached = managerId ?? (me === deal.ownerId ? undefined : await coachedWith(db, orgId, deal.ownerId, me));
  const manager = coached ?? (deal.ownerId === me ? deal.reportsTo : me);
  if (!manager || manager === deal.ownerId) return undefined;
  if (me !== deal.ownerId && me !== manager && !(await isCoCoach(db, deal.ownerId, manager))) return undefined;
  const pair = await db.selectFrom("person").select("name").where("org_id", "=", orgId).where("id", "=", manager).executeTakeFirst();
  const canWrite = await isPairNow(db, deal.ownerId, manager);
  // A leader who never sits down with this rep is no part of a pair; nor is somebody the rep never wrote anything with.
  const isTheirs = canWrite || (await hasStory(db, { orgId, repId: deal.ownerId, managerId: manager }, opportunityId));
  if (!isTheirs) return undefined;
  return {
    orgId,
    opportunityId,
    opportunityName: deal.name,
    repId: deal.ownerId,
    repName: deal.ownerName,
    managerId: manager,
    managerName: pair?.name ?? "a former manager",
    canWrite,
  };
}

/** Of the pairs whose one-on-one with this rep the viewer co-coaches next: its manager. */
async function coachedWith(db: Db, orgId: string, repId: string, me: string): Promise<string | undefined> {
  const meeting = await db
    .selectFrom("meeting")
    .select("manager_id as managerId")
    .where("org_id", "=", orgId)
    .where("rep_id", "=", repId)
    .where("co_coach_id", "=", me)
    .where("state", "in", ["planned", "open", "missed"])
    .orderBy("planned_start", "desc")
    .limit(1)
    .executeTakeFirst();
  return meeting && (await isCoCoach(db, repId, meeting.managerId)) ? meeting.managerId : undefined;
}

async function isCoCoach(db: Db, repId: string, managerId: string): Promise<boolean> {
  const { rows } = await sql<{ so: boolean }>`select co_coaches_now(${repId}, ${managerId}) as so`.execute(db);
  return rows[0]?.so ?? false;
}

export interface StoryBefore {
  repId: string;
  repName: string;
  managerId: string;
  managerName: string;
}

/** The pairs that have told a story of this deal which the viewer may read: row-level security says whose that is. */
export async function storiesBefore(db: Db, orgId: string, opportunityId: string): Promise<StoryBefore[]> {
  const { rows } = await sql<StoryBefore>`
    select s.rep_id as "repId", coalesce(r.name, 'a former rep') as "repName", s.manager_id as "managerId", coalesce(m.name, 'a former manager') as "managerName"
    from (select rep_id, manager_id, max(at) as at from story_line where org_id = ${orgId} and opportunity_id = ${opportunityId} and words <> '' group by 1, 2) s
      left join person r on r.org_id = ${orgId} and r.id = s.rep_id
      left join person m on m.org_id = ${orgId} and m.id = s.manager_id
    order by s.at desc`.execute(db);
  return rows;
}

/** The same, for somebody who has to have it. */
export async function storyToWrite(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  opportunityId: string,
  managerId?: string,
): Promise<StoryOwners> {
  const story = await storyForViewer(db, ctx, opportunityId, managerId);
  if (!story?.canWrite) throw new NotFound("This story");
  return story;
}

async function hasStory(db: Db, pair: StoryPair, opportunityId: string): Promise<boolean> {
  const line = await db
    .selectFrom("story_line")
    .select("field")
    .where("org_id", "=", pair.orgId)
    .where("opportunity_id", "=", opportunityId)
    .where("rep_id", "=", pair.repId)
    .where("manager_id", "=", pair.managerId)
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}
