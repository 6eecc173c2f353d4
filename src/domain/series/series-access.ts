import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { isAdmin } from "../../platform/viewer.ts";

export interface SeriesView {
  id: string;
  kindId: string;
  kindName: string;
  kindSlug: string;
  purpose: string;
  managerId: string;
  managerName: string;
  repId: string;
  repName: string;
  coCoachId: string | null;
  rrule: string;
  startsOn: string;
  untilOn: string | null;
  localTime: string;
  timeZone: string;
  minutes: number;
  place: string;
  followsId: string | null;
  /** The manager of the pair, or an admin. */
  mayChange: boolean;
}

/** The joined rows every view of a series is read from. */
export function seriesRows(db: Db, orgId: string) {
  return db
    .selectFrom("series as s")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "s.org_id").onRef("k.id", "=", "s.kind_id"))
    .innerJoin("person as manager", (on) => on.onRef("manager.org_id", "=", "s.org_id").onRef("manager.id", "=", "s.manager_id"))
    .innerJoin("person as rep", (on) => on.onRef("rep.org_id", "=", "s.org_id").onRef("rep.id", "=", "s.rep_id"))
    .select([
      "s.id",
      "s.kind_id as kindId",
      "k.name as kindName",
      "k.slug as kindSlug",
      "k.purpose",
      "s.manager_id as managerId",
      "manager.name as managerName",
      "s.rep_id as repId",
      "rep.name as repName",
      "s.co_coach_id as coCoachId",
      "s.rrule",
      "s.starts_on as startsOn",
      "s.until_on as untilOn",
      "s.local_time as localTime",
      "s.time_zone as timeZone",
      "s.minutes",
      "s.place",
      "s.follows_id as followsId",
    ])
    .where("s.org_id", "=", orgId);
}

/** One series as somebody who may know of it sees it. */
export async function seriesForViewer(db: Db, ctx: Pick<Ctx, "viewer">, id: string | undefined): Promise<SeriesView> {
  const row = isId(id) ? await seriesRows(db, ctx.viewer.orgId).where("s.id", "=", id).executeTakeFirst() : undefined;
  if (!row) throw new NotFound("This series");
  return { ...row, localTime: row.localTime.slice(0, 5), mayChange: row.managerId === ctx.viewer.personId || isAdmin(ctx.viewer) };
}
