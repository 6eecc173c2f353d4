import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Db } from "../../platform/database.ts";
import { like } from "../../platform/like.ts";
import { isAdmin, type Role } from "../../platform/viewer.ts";
import { peopleWithManager } from "./people-with-manager-queries.ts";
import { type Experience, rolesOf } from "./person-access.ts";

export const peopleSorts = ["name", "team", "manager", "experience", "started", "next"] as const;
export type PeopleSort = (typeof peopleSorts)[number];

export const peopleShown = ["here", "no-address", "left", "all"] as const;

export interface PeopleFilter {
  text: string;
  /** `no-address`: here, and neither with an account nor with a mail address to be invited at. */
  show: (typeof peopleShown)[number];
  sort: PeopleSort;
  descending: boolean;
  limit: number;
  offset: number;
}

export interface PersonRow {
  id: string;
  name: string;
  email: string | null;
  team: string | null;
  experience: Experience;
  startedOn: string | null;
  leftOn: string | null;
  timeZone: string;
  roles: Role[];
  managerName: string | null;
  hasAccount: boolean;
  invitedAt: Date | null;
  nextMeeting: Date | null;
}

const order = {
  name: sql`lower(p.name)`,
  team: sql`lower(p.team)`,
  manager: sql`lower(m.name)`,
  experience: sql`case p.experience when 'new' then 0 when 'developing' then 1 else 2 end`,
  started: sql`p.started_on`,
  next: sql`next_meeting`,
};

/** The people of the viewer: everybody for an admin, their tree for a manager. */
export async function peopleOf(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  filter: PeopleFilter,
): Promise<{ rows: PersonRow[]; total: number }> {
  const today = todayOf(ctx);
  const { orgId } = ctx.viewer;
  let query = peopleWithManager(db, orgId, today);
  if (!isAdmin(ctx.viewer)) query = query.where(sql<boolean>`p.id in (select viewer_tree())`);
  if (filter.text)
    query = query.where((eb) =>
      eb.or((["p.name", "p.email", "p.team", "m.name"] as const).map((column) => eb(column, "ilike", like(filter.text)))),
    );
  if (filter.show === "here" || filter.show === "no-address")
    query = query.where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]));
  if (filter.show === "no-address") query = query.where("p.email", "is", null).where("p.user_id", "is", null);
  if (filter.show === "left") query = query.where("p.left_on", "<=", today);
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await query
    .select(["p.id", "p.name", "p.email", "p.team", "p.experience", "p.started_on as startedOn", "p.left_on as leftOn"])
    .select(["p.time_zone as timeZone", "m.name as managerName", rolesOf(today).as("roles")])
    .select(sql<boolean>`p.user_id is not null`.as("hasAccount"))
    .select(
      sql<Date | null>`(select max(k.created_at) from access_link k where k.org_id = p.org_id and k.person_id = p.id
        and k.purpose = 'invitation' and k.used_at is null)`.as("invitedAt"),
    )
    .select(
      sql<Date | null>`(select min(x.planned_start) from meeting x where x.org_id = ${orgId} and x.rep_id = p.id
        and x.state in ('planned', 'open') and x.planned_start >= ${ctx.clock.now()}::timestamptz - interval '4 hours')`.as("next_meeting"),
    )
    .orderBy(order[filter.sort], (o) => (filter.descending ? o.desc().nullsLast() : o.asc().nullsLast()))
    .orderBy(sql`lower(p.name)`)
    .orderBy("p.id")
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return { rows: rows.map(({ next_meeting, roles, ...row }) => ({ ...row, roles: roles as Role[], nextMeeting: next_meeting })), total };
}

/** Who may be chosen as a manager: everybody here who manages or leads, but the person themselves. */
export function possibleManagers(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, but?: string): Promise<{ id: string; name: string }[]> {
  const today = todayOf(ctx);
  let query = db
    .selectFrom("person as p")
    .select(["p.id", "p.name"])
    .where("p.org_id", "=", ctx.viewer.orgId)
    .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]))
    .where(sql<boolean>`${rolesOf(today)} && array['manager', 'leader']`);
  if (but) query = query.where("p.id", "<>", but);
  return query.orderBy(sql`lower(p.name)`).execute();
}

/** Who may see what: nobody is shown here who does not see people at all. */
export interface ReportingLine {
  managerId: string;
  managerName: string;
  fromOn: string;
  untilOn: string | null;
}

/** To whom somebody reported and reports, newest first. */
export function reportingLinesOf(db: Db, ctx: Pick<Ctx, "viewer">, personId: string): Promise<ReportingLine[]> {
  return db
    .selectFrom("reporting_line as l")
    .leftJoin("person as m", (on) => on.onRef("m.org_id", "=", "l.org_id").onRef("m.id", "=", "l.manager_id"))
    .select(["l.manager_id as managerId", "l.from_on as fromOn", "l.until_on as untilOn"])
    .select(sql<string>`coalesce(m.name, 'Somebody else')`.as("managerName"))
    .where("l.org_id", "=", ctx.viewer.orgId)
    .where("l.person_id", "=", personId)
    .orderBy("l.from_on", "desc")
    .execute();
}

export interface TimeOff {
  id: string;
  fromOn: string;
  untilOn: string;
}

/** Days off that have not passed yet. */
export function timeOffOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personId: string): Promise<TimeOff[]> {
  return db
    .selectFrom("time_off")
    .select(["id", "from_on as fromOn", "until_on as untilOn"])
    .where("org_id", "=", ctx.viewer.orgId)
    .where("person_id", "=", personId)
    .where("until_on", ">=", todayOf(ctx))
    .orderBy("from_on")
    .execute();
}
