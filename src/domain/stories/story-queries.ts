import { sql } from "kysely";
import type { StoryField } from "../../method/story-gaps.ts";
import type { Db } from "../../platform/database.ts";

export interface StoryLine {
  words: string;
  version: number;
  byId: string;
  byName: string;
  at: Date;
}

/** What a pair says of one deal, by field. */
export interface Story {
  opportunityId: string;
  lines: Map<StoryField, StoryLine>;
  /** When anything of it was last written; null while nothing is. */
  changedAt: Date | null;
}

export interface StoryPair {
  orgId: string;
  repId: string;
  managerId: string;
}

export const noStory = (opportunityId: string): Story => ({ opportunityId, lines: new Map(), changedAt: null });

/** The stories of these deals as this pair has written them; a deal without one has an empty story. */
export async function storiesOf(db: Db, pair: StoryPair, opportunityIds: readonly string[]): Promise<Map<string, Story>> {
  const stories = new Map(opportunityIds.map((id) => [id, noStory(id)]));
  if (opportunityIds.length === 0) return stories;
  const rows = await db
    .selectFrom("story_line as s")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "s.org_id").onRef("p.id", "=", "s.by_id"))
    .select(["s.opportunity_id", "s.field", "s.words", "s.version", "s.by_id as byId", "s.at"])
    .select(sql<string>`coalesce(p.name, 'somebody')`.as("byName"))
    .where("s.org_id", "=", pair.orgId)
    .where("s.rep_id", "=", pair.repId)
    .where("s.manager_id", "=", pair.managerId)
    .where("s.opportunity_id", "in", opportunityIds)
    .execute();
  for (const { opportunity_id: id, field, ...line } of rows) {
    const story = stories.get(id);
    if (!story) continue;
    story.lines.set(field, line);
    if (!story.changedAt || line.at > story.changedAt) story.changedAt = line.at;
  }
  return stories;
}

export interface PastLine {
  field: StoryField;
  words: string;
  byName: string;
  at: Date;
  until: Date;
}

/** What stood in a story before, the latest first. */
export async function storyPast(db: Db, pair: StoryPair, opportunityId: string): Promise<PastLine[]> {
  const rows = await db
    .selectFrom("story_past as s")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "s.org_id").onRef("p.id", "=", "s.by_id"))
    .select(["s.field", "s.words", "s.at", "s.until_at as until"])
    .select(sql<string>`coalesce(p.name, 'somebody')`.as("byName"))
    .where("s.org_id", "=", pair.orgId)
    .where("s.opportunity_id", "=", opportunityId)
    .where("s.rep_id", "=", pair.repId)
    .where("s.manager_id", "=", pair.managerId)
    .orderBy("s.until_at", "desc")
    .orderBy("s.version", "desc")
    .limit(200)
    .execute();
  return rows.map(({ field, ...row }) => ({ ...row, field: field as StoryField }));
}
