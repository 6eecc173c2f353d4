import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import type { Viewer } from "../../platform/viewer.ts";

export type MeetingState = "planned" | "open" | "closed" | "excused" | "missed";

/** One meeting as one of its pair sees it. */
export interface MeetingView {
  id: string;
  state: MeetingState;
  kindId: string;
  kindName: string;
  kindSlug: string;
  seriesId: string | null;
  managerId: string;
  managerName: string;
  repId: string;
  repName: string;
  coCoachId: string | null;
  plannedStart: Date;
  minutes: number;
  timeZone: string;
  place: string;
  agendaId: string | null;
  agendaSentAt: Date | null;
  openedAt: Date | null;
  closedAt: Date | null;
  movedFrom: Date | null;
  /** What the viewer is in this meeting. A co-coach stands on the manager's side. */
  side: "manager" | "rep";
  /** The person on the other side. */
  otherId: string;
  otherName: string;
}

/** The only way to obtain a meeting with its content: somebody who is not one of the pair gets "not here". */
export async function meetingForViewer(
  db: Db,
  ctx: { viewer: Pick<Viewer, "orgId" | "personId"> },
  id: string | undefined,
): Promise<MeetingView> {
  const me = ctx.viewer.personId;
  const row = isId(id)
    ? await db
        .selectFrom("meeting as m")
        .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
        .innerJoin("person as manager", (on) => on.onRef("manager.org_id", "=", "m.org_id").onRef("manager.id", "=", "m.manager_id"))
        .innerJoin("person as rep", (on) => on.onRef("rep.org_id", "=", "m.org_id").onRef("rep.id", "=", "m.rep_id"))
        .selectAll("m")
        .select(["k.name as kind_name", "k.slug as kind_slug", "manager.name as manager_name", "rep.name as rep_name"])
        .where("m.org_id", "=", ctx.viewer.orgId)
        .where("m.id", "=", id)
        .where((eb) => eb.or([eb("m.manager_id", "=", me), eb("m.rep_id", "=", me), eb("m.co_coach_id", "=", me)]))
        .executeTakeFirst()
    : undefined;
  if (!row) throw new NotFound("This one-on-one");
  const side = row.rep_id === me ? "rep" : "manager";
  return {
    id: row.id,
    state: row.state,
    kindId: row.kind_id,
    kindName: row.kind_name,
    kindSlug: row.kind_slug,
    seriesId: row.series_id,
    managerId: row.manager_id,
    managerName: row.manager_name,
    repId: row.rep_id,
    repName: row.rep_name,
    coCoachId: row.co_coach_id,
    plannedStart: row.planned_start,
    minutes: row.minutes,
    timeZone: row.time_zone,
    place: row.place,
    agendaId: row.agenda_id,
    agendaSentAt: row.agenda_sent_at,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    movedFrom: row.moved_from,
    side,
    otherId: side === "rep" ? row.manager_id : row.rep_id,
    otherName: side === "rep" ? row.manager_name : row.rep_name,
  };
}

/** When this pair last sat down together, of any kind, before `before`; null when never. */
export async function lastMetAt(db: Db, pair: { orgId: string; managerId: string; repId: string }, before: Date): Promise<Date | null> {
  const row = await db
    .selectFrom("meeting")
    .select("opened_at")
    .where("org_id", "=", pair.orgId)
    .where("rep_id", "=", pair.repId)
    .where("manager_id", "=", pair.managerId)
    .where("state", "=", "closed")
    .where("opened_at", "<", before)
    .orderBy("opened_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.opened_at ?? null;
}
