import { sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { isAdmin, type Role } from "../../platform/viewer.ts";
import { type Experience, rolesOf } from "./person-access.ts";

export interface ListedPerson {
  id: string;
  name: string;
  timeZone: string;
  roles: Role[];
  /** What only the person, those above and the admin know; null for others. */
  email: string | null;
  team: string | null;
  experience: Experience | null;
  startedOn: string | null;
  leftOn: string | null;
  managerId: string | null;
}

export interface PeopleRange {
  id?: string | undefined;
  after: string | null;
  limit: number;
}

/** Everybody the viewer may know by name, page by page. */
export async function listPeople(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, { id, after, limit }: PeopleRange): Promise<ListedPerson[]> {
  const { orgId, personId } = ctx.viewer;
  const today = todayOf(ctx);
  const close = isAdmin(ctx.viewer) ? sql<boolean>`true` : sql<boolean>`(p.id = ${personId} or p.id in (select viewer_tree()))`;
  let query = db
    .selectFrom("person as p")
    .select(["p.id", "p.name", "p.time_zone as timeZone", sql<Role[]>`${rolesOf(today)}`.as("roles")])
    .select([
      sql<string | null>`case when ${close} then p.email end`.as("email"),
      sql<string | null>`case when ${close} then p.team end`.as("team"),
      sql<Experience | null>`case when ${close} then p.experience end`.as("experience"),
      sql<string | null>`case when ${close} then p.started_on end`.as("startedOn"),
      sql<string | null>`case when ${close} then p.left_on end`.as("leftOn"),
      sql<string | null>`(select l.manager_id from reporting_line l where l.org_id = p.org_id and l.person_id = p.id
        and l.from_on <= ${today} and (l.until_on is null or l.until_on > ${today}))`.as("managerId"),
    ])
    .where("p.org_id", "=", orgId);
  if (id) query = query.where("p.id", "=", id);
  if (after) query = query.where("p.id", ">", after);
  return query.orderBy("p.id").limit(limit).execute();
}

/** The viewer and everybody below them: whose pipeline they may see. */
export async function ownTree(db: Db, ctx: Pick<Ctx, "viewer">): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select viewer_tree() as id`.execute(db);
  return [ctx.viewer.personId, ...rows.map(({ id }) => id)];
}
