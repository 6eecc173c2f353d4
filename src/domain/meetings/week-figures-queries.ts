import { sql } from "kysely";
import { type FollowThrough, followThrough, type Outcome } from "../../method/follow-through.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface Adherence {
  held: number;
  moved: number;
  excused: number;
  missed: number;
  /** Held, excused and missed: everything that came due. */
  due: number;
}

export interface WeekFigures {
  adherence: Adherence;
  own: FollowThrough;
  others: FollowThrough;
  /** Seconds by focus. */
  focus: { past: number; present: number; future: number };
  points: { byReps: number; byManagers: number };
}

interface Asked {
  side: "manager" | "rep";
  since: Date;
  now: Date;
}

const tallies = sql<Adherence>`
  count(*) filter (where m.state = 'closed')::int as held,
  count(*) filter (where m.state = 'closed' and m.moved_at is not null)::int as moved,
  count(*) filter (where m.state = 'excused')::int as excused,
  count(*) filter (where m.state = 'missed')::int as missed,
  count(*) filter (where m.state in ('closed', 'excused', 'missed'))::int as due`;

/** The four figures over the viewer's one-on-ones since a day: counts, never anybody's words. */
export async function weekFigures(db: Db, ctx: Pick<Ctx, "viewer">, { side, since, now }: Asked): Promise<WeekFigures> {
  const { orgId, personId: me } = ctx.viewer;
  const column = side === "manager" ? "manager_id" : "rep_id";
  const { rows: counts } = await sql<Adherence>`
    select ${tallies} from meeting m
    where m.org_id = ${orgId} and ${sql.ref(`m.${column}`)} = ${me} and m.planned_start >= ${since}
      and (m.planned_start < ${now} or (m.state = 'closed' and m.opened_at <= ${now}))`.execute(db);
  const outcomes = await db
    .selectFrom("commitment")
    .select(["owner_id", "outcome"])
    .where("org_id", "=", orgId)
    .where(column, "=", me)
    .where("created_at", ">=", since)
    .where("outcome_at", "<=", now)
    .where("withdrawn_at", "is", null)
    .execute();
  const of = (isMine: boolean) =>
    followThrough(outcomes.filter(({ owner_id }) => (owner_id === me) === isMine).map(({ outcome }) => outcome as Outcome));
  const { rows: spent } = await sql<{ focus: "past" | "present" | "future"; seconds: number }>`
    select focus, seconds from focus_spent(${since}, ${side})`.execute(db);
  const { rows: points } = await sql<{ by_reps: number; by_managers: number }>`
    select by_reps, by_managers from points_raised(${since}, ${side})`.execute(db);
  const seconds = (focus: string) => spent.find((row) => row.focus === focus)?.seconds ?? 0;
  return {
    adherence: counts[0] ?? { held: 0, moved: 0, excused: 0, missed: 0, due: 0 },
    own: of(true),
    others: of(false),
    focus: { past: seconds("past"), present: seconds("present"), future: seconds("future") },
    points: { byReps: points[0]?.by_reps ?? 0, byManagers: points[0]?.by_managers ?? 0 },
  };
}

export interface ManagerAdherence extends Adherence {
  managerId: string;
  managerName: string;
  reps: number;
}

/** For a leader: how each manager below keeps their one-on-ones. Counts alone. */
export async function managersAdherence(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  { since, now }: { since: Date; now: Date },
): Promise<ManagerAdherence[]> {
  const { rows } = await sql<ManagerAdherence>`
    select a.manager_id as "managerId", p.name as "managerName", a.reps, a.held, a.moved, a.excused, a.missed, a.held + a.excused + a.missed as due
    from adherence_below(${since}, ${now}) a join person p on p.org_id = ${ctx.viewer.orgId} and p.id = a.manager_id
    order by p.name limit 200`.execute(db);
  return rows;
}
