import { sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type FollowThrough, followThrough } from "../../method/follow-through.ts";
import { type ActivityWeek, activityWeeks } from "../activities/activity-queries.ts";
import type { PersonView } from "./person-access.ts";

export interface MeetingAhead {
  id: string;
  kindName: string;
  plannedStart: Date;
  timeZone: string;
  minutes: number;
  place: string;
  state: "planned" | "open";
  managerId: string;
  managerName: string;
  kindId: string;
  /** How its series comes back; null for a single one. */
  rrule: string | null;
  /** The viewer is one of the two: its pages are theirs to open. */
  isMine: boolean;
  side: "manager" | "rep";
}

export interface SlotOfPerson {
  id: string;
  kindName: string;
  rrule: string;
  startsOn: string;
  localTime: string;
  timeZone: string;
  minutes: number;
  place: string;
  managerName: string;
  repName: string;
  held: number;
  missed: number;
  isMine: boolean;
}

export interface PersonOverview {
  series: SlotOfPerson[];
  /** Of the last year; null for somebody who may not count this person's commitments. */
  commitments: FollowThrough | null;
  /** Of the last weeks; none for somebody who may not see this person's activities. */
  activities: ActivityWeek[];
}

/** When and how often somebody's one-on-ones are, and how promises were kept: times and counts, no words. */
export async function personOverview(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, person: PersonView): Promise<PersonOverview> {
  const { orgId, timeZone } = ctx.viewer;
  return {
    series: await seriesOf(db, ctx, person.id),
    commitments: person.standing === "admin" ? null : await keptBy(db, orgId, person.id, ctx.clock.now()),
    activities: person.roles.includes("rep") ? await activityWeeks(db, { orgId, personId: person.id, now: ctx.clock.now(), timeZone }) : [],
  };
}

/** What is open now, or planned next. */
export async function nextMeeting(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personId: string): Promise<MeetingAhead | null> {
  const { orgId, personId: me } = ctx.viewer;
  const row = await db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.manager_id"))
    .select(["m.id", "k.name as kindName", "m.planned_start as plannedStart", "m.time_zone as timeZone", "m.minutes", "m.place", "m.state"])
    .leftJoin("series as s", (on) => on.onRef("s.org_id", "=", "m.org_id").onRef("s.id", "=", "m.series_id"))
    .select(["p.name as managerName", "m.manager_id as managerId", "m.rep_id", "m.co_coach_id", "m.kind_id as kindId", "s.rrule"])
    .where("m.org_id", "=", orgId)
    .where("m.rep_id", "=", personId)
    .where((eb) =>
      eb.or([
        eb("m.state", "=", "open"),
        eb.and([eb("m.state", "=", "planned"), eb("m.planned_start", ">=", new Date(ctx.clock.now().getTime() - 4 * 3_600_000))]),
      ]),
    )
    .orderBy("m.planned_start")
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { rep_id, co_coach_id, state, ...meeting } = row;
  return {
    ...meeting,
    state: state === "open" ? "open" : "planned",
    isMine: [row.managerId, rep_id, co_coach_id].includes(me),
    side: rep_id === me ? "rep" : "manager",
  };
}

/** How many meetings of a series (`s`) are in a state. */
const states = (state: string) =>
  sql<number>`(select count(*) from meeting x where x.org_id = s.org_id and x.series_id = s.id and x.state = ${state})`;

function seriesOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personId: string): Promise<SlotOfPerson[]> {
  const { orgId, personId: me } = ctx.viewer;
  return db
    .selectFrom("series as s")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "s.org_id").onRef("k.id", "=", "s.kind_id"))
    .innerJoin("person as m", (on) => on.onRef("m.org_id", "=", "s.org_id").onRef("m.id", "=", "s.manager_id"))
    .innerJoin("person as r", (on) => on.onRef("r.org_id", "=", "s.org_id").onRef("r.id", "=", "s.rep_id"))
    .select(["s.id", "k.name as kindName", "s.rrule", "s.starts_on as startsOn", "s.local_time as localTime", "s.time_zone as timeZone"])
    .select([
      "s.minutes",
      "s.place",
      "m.name as managerName",
      "r.name as repName",
      states("closed").as("held"),
      states("missed").as("missed"),
    ])
    .select(sql<boolean>`${me} in (s.manager_id, s.rep_id, s.co_coach_id)`.as("isMine"))
    .where("s.org_id", "=", orgId)
    .where((eb) => eb.or([eb("s.rep_id", "=", personId), eb("s.manager_id", "=", personId)]))
    .where((eb) => eb.or([eb("s.until_on", "is", null), eb("s.until_on", ">=", todayOf(ctx))]))
    .orderBy(sql`lower(r.name)`)
    .orderBy("k.position")
    .limit(100)
    .execute();
}

async function keptBy(db: Db, orgId: string, personId: string, now: Date): Promise<FollowThrough> {
  const rows = await db
    .selectFrom("commitment")
    .select("outcome")
    .where("org_id", "=", orgId)
    .where("owner_id", "=", personId)
    .where("withdrawn_at", "is", null)
    .where("created_at", ">=", new Date(now.getTime() - 365 * 86_400_000))
    .execute();
  return followThrough(rows.map(({ outcome }) => outcome));
}
