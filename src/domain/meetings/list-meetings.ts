import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { MeetingState } from "./meeting-access.ts";

/** That a one-on-one is, was or was not held: what everybody who may count it sees. No content. */
export interface ListedMeeting {
  id: string;
  seriesId: string | null;
  kindId: string;
  kindName: string;
  managerId: string;
  managerName: string;
  repId: string;
  repName: string;
  coCoachId: string | null;
  state: MeetingState;
  plannedStart: Date;
  movedFrom: Date | null;
  minutes: number;
  timeZone: string;
  place: string;
  agendaSentAt: Date | null;
  preparationStartedAt: Date | null;
  preparedAt: Date | null;
  openedAt: Date | null;
  closedAt: Date | null;
}

export interface MeetingRange {
  id?: string | undefined;
  personId?: string | undefined;
  state?: MeetingState | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  after: { plannedStart: Date; id: string } | null;
  limit: number;
}

/** Every one-on-one the viewer may count, by time, page by page. */
export async function listMeetings(db: Db, ctx: Pick<Ctx, "viewer">, range: MeetingRange): Promise<ListedMeeting[]> {
  let query = db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .leftJoin("person as manager", (on) => on.onRef("manager.org_id", "=", "m.org_id").onRef("manager.id", "=", "m.manager_id"))
    .leftJoin("person as rep", (on) => on.onRef("rep.org_id", "=", "m.org_id").onRef("rep.id", "=", "m.rep_id"))
    .leftJoin("preparation as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.meeting_id", "=", "m.id"))
    .select(["m.id", "m.series_id as seriesId", "m.kind_id as kindId", "k.name as kindName"])
    .select(["m.manager_id as managerId", "m.rep_id as repId", "m.co_coach_id as coCoachId", "m.state", "m.planned_start as plannedStart"])
    .select([
      sql<string>`coalesce(manager.name, 'Somebody else')`.as("managerName"),
      sql<string>`coalesce(rep.name, 'Somebody else')`.as("repName"),
    ])
    .select(["m.moved_from as movedFrom", "m.minutes", "m.time_zone as timeZone", "m.place", "m.agenda_sent_at as agendaSentAt"])
    .select(["p.started_at as preparationStartedAt", "p.submitted_at as preparedAt", "m.opened_at as openedAt", "m.closed_at as closedAt"])
    .where("m.org_id", "=", ctx.viewer.orgId);
  const { id, personId, state, from, to, after } = range;
  if (id) query = query.where("m.id", "=", id);
  if (personId)
    query = query.where((eb) =>
      eb.or([eb("m.manager_id", "=", personId), eb("m.rep_id", "=", personId), eb("m.co_coach_id", "=", personId)]),
    );
  if (state) query = query.where("m.state", "=", state);
  if (from) query = query.where("m.planned_start", ">=", from);
  if (to) query = query.where("m.planned_start", "<", to);
  if (after) query = query.where(sql<boolean>`(m.planned_start, m.id) > (${after.plannedStart}::timestamptz, ${after.id}::uuid)`);
  return query.orderBy("m.planned_start").orderBy("m.id").limit(range.limit).execute();
}
