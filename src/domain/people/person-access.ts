import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { todayOf } from "../../platform/clock.ts";
import { isAdmin, type Role } from "../../platform/viewer.ts";
import { peopleWithManager } from "./people-with-manager-queries.ts";

export type Experience = "new" | "developing" | "experienced";

/** What the viewer is to a person: the same, one of the pair, somewhere above them, or sales operations. */
export type Standing = "self" | "pair" | "above" | "admin";

export interface PersonView {
  id: string;
  userId: string | null;
  name: string;
  email: string | null;
  team: string | null;
  timeZone: string;
  startedOn: string | null;
  leftOn: string | null;
  experience: Experience;
  holidayCalendarId: string | null;
  /** Of their own calendar, or of the default one; null when there is none. */
  holidayCalendar: string | null;
  roles: Role[];
  managerId: string | null;
  managerName: string | null;
  hasLeft: boolean;
  standing: Standing;
  /** The viewer, or somebody who reports to the viewer, directly or further down: pipeline, quota and results are theirs to see. */
  isInTree: boolean;
}

/** The only way to obtain a person's page: oneself, somebody of one's tree or pair, or anybody for an admin. */
export async function personForViewer(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, id: string | undefined): Promise<PersonView> {
  const { orgId, personId: me } = ctx.viewer;
  const today = todayOf(ctx);
  const row = isId(id)
    ? await peopleWithManager(db, orgId, today)
        .selectAll("p")
        .select(["l.manager_id", "m.name as manager_name", rolesOf(today).as("roles")])
        .select(
          sql<string | null>`(select c.name from holiday_calendar c where c.org_id = p.org_id
            and case when p.holiday_calendar_id is null then c.is_default else c.id = p.holiday_calendar_id end)`.as("holiday_calendar"),
        )
        .select([sql<boolean>`p.id in (select viewer_tree())`.as("below"), pairs(orgId, me, today).as("paired")])
        .where("p.id", "=", id)
        .executeTakeFirst()
    : undefined;
  const standing: Standing | undefined = !row
    ? undefined
    : row.id === me
      ? "self"
      : row.manager_id === me || row.paired
        ? "pair"
        : row.below
          ? "above"
          : isAdmin(ctx.viewer)
            ? "admin"
            : undefined;
  if (!row || !standing) throw new NotFound("This person");
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    team: row.team,
    timeZone: row.time_zone,
    startedOn: row.started_on,
    leftOn: row.left_on,
    experience: row.experience,
    holidayCalendarId: row.holiday_calendar_id,
    holidayCalendar: row.holiday_calendar,
    roles: row.roles as Role[],
    managerId: row.manager_id,
    managerName: row.manager_name,
    hasLeft: row.left_on !== null && row.left_on <= today,
    standing,
    isInTree: row.id === me || row.below,
  };
}

/** The roles somebody (`p`) has on a day. */
export const rolesOf = (day: string) =>
  sql<string[]>`array(select r.role from person_role r where r.org_id = p.org_id and r.person_id = p.id
    and r.from_on <= ${day} and (r.until_on is null or r.until_on > ${day}) order by r.role)`;

/** Does the viewer hold a series with this person (`p`), as manager or co-coach? */
const pairs = (orgId: string, me: string, today: string) =>
  sql<boolean>`exists (select 1 from series s where s.org_id = ${orgId} and s.rep_id = p.id and ${me} in (s.manager_id, s.co_coach_id)
    and (s.until_on is null or s.until_on >= ${today}))`;

/** Writes down that somebody outside the pair opened a person's page. The person sees it in their account. */
export async function recordReading(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, person: PersonView, what: string): Promise<void> {
  if (person.standing === "self" || person.standing === "pair") return;
  await db
    .insertInto("reading")
    .values({
      org_id: ctx.viewer.orgId,
      id: newId(),
      reader_id: ctx.viewer.personId,
      person_id: person.id,
      what: what.slice(0, 200),
      at: ctx.clock.now(),
    })
    .execute();
}
