import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface RolePlayLine {
  words: string;
  version: number;
  byName: string;
}

/** One thing practised in a one-on-one. */
export interface RolePlay {
  id: string;
  opportunityId: string | null;
  /** The deal as it was called then, or the skill. */
  about: string;
  byId: string;
  byName: string;
  doneAt: Date | null;
  /** By part: see method/role-play-parts.ts. */
  lines: Map<string, RolePlayLine>;
}

const nameOf = sql<string>`coalesce(p.name, 'somebody')`;

/** What was practised in a meeting, in the order begun. */
export async function rolePlaysOf(db: Db, orgId: string, meetingId: string): Promise<RolePlay[]> {
  const plays = await db
    .selectFrom("role_play as r")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "r.org_id").onRef("p.id", "=", "r.by_id"))
    .select(["r.id", "r.opportunity_id as opportunityId", "r.about", "r.by_id as byId", "r.done_at as doneAt", nameOf.as("byName")])
    .where("r.org_id", "=", orgId)
    .where("r.meeting_id", "=", meetingId)
    .where("r.withdrawn_at", "is", null)
    .orderBy("r.created_at")
    .orderBy("r.id")
    .execute();
  if (plays.length === 0) return [];
  const lines = await db
    .selectFrom("role_play_line as l")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "l.org_id").onRef("p.id", "=", "l.by_id"))
    .select(["l.role_play_id", "l.part", "l.words", "l.version", nameOf.as("byName")])
    .where("l.org_id", "=", orgId)
    .where("l.meeting_id", "=", meetingId)
    .orderBy("l.part")
    .execute();
  const byPlay = Map.groupBy(lines, (line) => line.role_play_id);
  return plays.map((play) => ({
    ...play,
    lines: new Map((byPlay.get(play.id) ?? []).map(({ part, words, version, byName }) => [part, { words, version, byName }])),
  }));
}
