import { HTTPException } from "hono/http-exception";
import { sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { like } from "../../platform/like.ts";
import { isAdmin, isManager } from "../../platform/viewer.ts";

export interface Asked {
  id: string;
  name: string;
  email: string | null;
}

/** Refuses when somebody among these is not the viewer's to set quotas and rates for. */
export async function assertToSetFor(db: Db, { viewer }: Pick<Ctx, "viewer">, personIds: readonly string[]): Promise<void> {
  if (isAdmin(viewer)) return;
  const { rows } = await sql<{ others: boolean }>`
    select exists (select 1 from unnest(${[...personIds]}::uuid[]) as asked(id) where asked.id not in (select viewer_reports())) as others`.execute(
    db,
  );
  if (rows[0]?.others !== false)
    throw new HTTPException(403, { message: "Managers set quotas and rates of their own people, admins those of everybody." });
}

/**
 * Whose quotas and commission rates the viewer sets, by name: an admin everybody's who sells or manages, a manager those of whoever
 * reports to them. Refuses everybody else.
 */
export async function peopleToSetFor(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  { text = "", limit, offset = 0 }: { text?: string; limit: number; offset?: number },
): Promise<Asked[]> {
  if (!isAdmin(ctx.viewer) && !isManager(ctx.viewer))
    throw new HTTPException(403, { message: "Managers set quotas and rates of their own people, admins those of everybody." });
  const today = todayOf(ctx);
  const whose = isAdmin(ctx.viewer)
    ? sql`exists (select 1 from person_role r where r.org_id = p.org_id and r.person_id = p.id and r.role in ('rep', 'manager')
        and r.from_on <= ${today}::date and (r.until_on is null or r.until_on > ${today}::date))`
    : sql`p.id in (select viewer_reports())`;
  const { rows } = await sql<Asked>`
    select p.id, p.name, p.email from person p
    where p.org_id = ${ctx.viewer.orgId} and (p.left_on is null or p.left_on > ${today}::date) and ${whose}
      and (${text} = '' or p.name ilike ${like(text)} or p.email ilike ${like(text)})
    order by lower(p.name), p.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Whose quotas a leader reads besides, by name: those further down who sell or have one. An admin sets everybody's already. */
export async function peopleToReadFor(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  { text = "", limit, offset = 0 }: { text?: string; limit: number; offset?: number },
): Promise<Asked[]> {
  if (isAdmin(ctx.viewer)) return [];
  const today = todayOf(ctx);
  const { rows } = await sql<Asked>`
    select p.id, p.name, p.email from person p
    where p.org_id = ${ctx.viewer.orgId} and (p.left_on is null or p.left_on > ${today}::date) and p.id <> ${ctx.viewer.personId}
      and p.id in (select viewer_tree()) and p.id not in (select viewer_reports())
      and (exists (select 1 from person_role r where r.org_id = p.org_id and r.person_id = p.id and r.role = 'rep'
          and r.from_on <= ${today}::date and (r.until_on is null or r.until_on > ${today}::date))
        or exists (select 1 from quota q where q.org_id = p.org_id and q.person_id = p.id))
      and (${text} = '' or p.name ilike ${like(text)} or p.email ilike ${like(text)})
    order by lower(p.name), p.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
