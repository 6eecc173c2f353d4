import { sql } from "kysely";
import type { StoryField } from "../../method/story-gaps.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { storyToWrite } from "./story-access.ts";
import type { StoryPair } from "./story-queries.ts";

export interface NewStoryLine {
  opportunityId: string;
  /** Whose story it is, where it is not plain: the manager of the pair, or a one-on-one of theirs. */
  managerId?: string | undefined;
  meetingId?: string | undefined;
  field: StoryField;
  words: string;
  /** The version these words were typed over; 0 when there was none. */
  version: number;
}

export interface SavedStoryLine {
  saved: boolean;
  version: number;
  /** What somebody else, or another tab, saved meanwhile, when this was not saved. */
  theirs: string;
}

/** Saves one line of a story. Words saved meanwhile elsewhere are handed back, never written over; what stood before is kept. */
export async function saveStoryLine(ctx: Ctx, line: NewStoryLine): Promise<SavedStoryLine> {
  return ctx.tx(async (db) => {
    const pair = line.meetingId
      ? { ...(await meetingForViewer(db, ctx, line.meetingId)), orgId: ctx.viewer.orgId }
      : await storyToWrite(db, ctx, line.opportunityId, line.managerId);
    return writeStoryLine(db, ctx, pair, line);
  });
}

/** The same within a transaction that has found the pair already. */
export async function writeStoryLine(
  db: Db,
  ctx: Ctx,
  pair: StoryPair,
  { opportunityId, field, words, version }: Pick<NewStoryLine, "opportunityId" | "field" | "words" | "version">,
): Promise<SavedStoryLine> {
  const key = { org_id: pair.orgId, opportunity_id: opportunityId, rep_id: pair.repId, manager_id: pair.managerId, field };
  const signed = { words, by_id: ctx.viewer.personId, at: ctx.clock.now() };
  const held = () => ofKey(db.selectFrom("story_line").select(["words", "version"]), key).executeTakeFirst();
  const before = await held();
  if ((before?.words ?? "") === words) return { saved: true, version: before?.version ?? 0, theirs: "" };
  if (!before) {
    const made = await db
      .insertInto("story_line")
      .values({ ...key, ...signed })
      .onConflict((conflict) => conflict.doNothing())
      .returning("version")
      .executeTakeFirst();
    if (made) return afterSaving(db, pair, made.version);
  }
  // Nothing is lost where the other words are still within these; a request sent twice finds its own.
  const saved = await ofKey(
    db
      .updateTable("story_line")
      .set((eb) => ({ ...signed, version: eb("version", "+", 1) }))
      .where((eb) => eb.or([eb("version", "=", version), sql<boolean>`position(words in ${words}) > 0`])),
    key,
  )
    .returning("version")
    .executeTakeFirst();
  if (saved) return afterSaving(db, pair, saved.version);
  const theirs = await held();
  return { saved: false, version: theirs?.version ?? 0, theirs: theirs?.words ?? "" };
}

interface Key {
  org_id: string;
  opportunity_id: string;
  rep_id: string;
  manager_id: string;
  field: StoryField;
}

function ofKey<Query extends { where(column: keyof Key, operator: "=", value: string): Query }>(query: Query, key: Key): Query {
  return (Object.entries(key) as [keyof Key, string][]).reduce((asked, [column, value]) => asked.where(column, "=", value), query);
}

/** The room of these two, if they sit in it, shows it. */
async function afterSaving(db: Db, pair: StoryPair, version: number): Promise<SavedStoryLine> {
  const open = await db
    .selectFrom("meeting")
    .select("id")
    .where("org_id", "=", pair.orgId)
    .where("rep_id", "=", pair.repId)
    .where("manager_id", "=", pair.managerId)
    .where("state", "=", "open")
    .execute();
  for (const { id } of open) await signal(db, `meeting:${id}`);
  return { saved: true, version, theirs: "" };
}
