import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import type { StoryPair } from "./story-queries.ts";

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
 * The only way to a story: the rep's own with a manager of theirs (without one given, whom they report to), or the manager's own
 * with the deal's owner. Undefined when the viewer is neither: a leader and an admin have no part in it.
 */
export async function storyForViewer(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  opportunityId: string | undefined,
  managerId?: string,
): Promise<StoryOwners | undefined> {
  const { orgId, personId: me } = ctx.viewer;
  if (!isId(opportunityId) || (managerId !== undefined && !isId(managerId))) return undefined;
  const { rows } = await sql<{ name: string; ownerId: string; ownerName: string; reportsTo: string | null }>`
    select o.name, o.owner_id as "ownerId", p.name as "ownerName",
      (select l.manager_id from reporting_line l where l.org_id = o.org_id and l.person_id = o.owner_id
        and l.from_on <= viewer_now()::date and (l.until_on is null or l.until_on > viewer_now()::date) order by l.from_on desc limit 1) as "reportsTo"
    from opportunity o join person p on p.org_id = o.org_id and p.id = o.owner_id
    where o.org_id = ${orgId} and o.id = ${opportunityId}`.execute(db);
  const deal = rows[0];
  if (!deal) return undefined;
  const manager = managerId ?? (deal.ownerId === me ? deal.reportsTo : me);
  if (!manager || manager === deal.ownerId || (me !== deal.ownerId && me !== manager)) return undefined;
  const pair = await db.selectFrom("person").select("name").where("org_id", "=", orgId).where("id", "=", manager).executeTakeFirst();
  const now = await sql<{ now: boolean }>`select is_pair_now(${deal.ownerId}, ${manager}) as now`.execute(db);
  const canWrite = now.rows[0]?.now ?? false;
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
