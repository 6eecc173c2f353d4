import { sql } from "kysely";
import { type PastMeeting, streakOf } from "../../method/streak.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { type PersonView, personForViewer } from "./person-access.ts";
import { type MeetingAhead, nextMeeting } from "./person-overview-queries.ts";

/** What stands at the head of every page of a person. */
export interface PersonHead {
  person: PersonView;
  next: MeetingAhead | null;
  /** One-on-ones like the next one, with the same manager, held in a row up to now. */
  heldInARow: number;
}

export async function personHead(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, person: PersonView): Promise<PersonHead> {
  const next = await nextMeeting(db, ctx, person.id);
  if (!next) return { person, next, heldInARow: 0 };
  return { person, next, heldInARow: streakOf(await pastLike(db, ctx, person.id, next), ctx.clock.now()).held };
}

/**
 * The rep whose page it is: the one asked for, or the viewer where they only sell. Null where it is nobody's page, or of somebody
 * who has none to show the viewer, such as the viewer's own manager.
 */
export async function repShown(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, asked: string | undefined): Promise<PersonView | null> {
  const onlySells = [...ctx.viewer.roles].every((role) => role === "rep");
  if (!asked && !onlySells) return null;
  try {
    return await personForViewer(db, ctx, asked ?? ctx.viewer.personId);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

const yearBack = 365 * 86_400_000;

/** States and times alone of the last year. */
async function pastLike(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  repId: string,
  { managerId, kindId }: MeetingAhead,
): Promise<PastMeeting[]> {
  const now = ctx.clock.now();
  const rows = await db
    .selectFrom("meeting")
    .select(["state", sql<Date>`coalesce(opened_at, planned_start)`.as("at")])
    .where("org_id", "=", ctx.viewer.orgId)
    .where("manager_id", "=", managerId)
    .where("rep_id", "=", repId)
    .where("kind_id", "=", kindId)
    .where("state", "in", ["closed", "excused", "missed"])
    .where("planned_start", ">=", new Date(now.getTime() - yearBack))
    .where("planned_start", "<=", now)
    .execute();
  return rows.map(({ state, at }) => ({ state: state as PastMeeting["state"], at }));
}
