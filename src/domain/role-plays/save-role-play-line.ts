import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { rolePlayToWrite } from "./role-play-access.ts";

export interface NewRolePlayLine {
  meetingId: string;
  rolePlayId: string;
  part: string;
  words: string;
  /** The version these words were typed over; 0 when there was none. */
  version: number;
}

export interface SavedRolePlayLine {
  saved: boolean;
  version: number;
  /** What the other one saved meanwhile, when this was not saved. */
  theirs: string;
}

export const rolePlayPart = /^(situation|feedback|(answer|reply|try|polished) [1-9][0-9]?)$/;

/** Saves one part of a role-play. Two people at once never write over each other: the second gets the first one's words back. */
export const saveRolePlayLine = (ctx: Ctx, line: NewRolePlayLine): Promise<SavedRolePlayLine> =>
  ctx.tx((db) => writeRolePlayLine(db, ctx, line));

/** The same within a change of several parts. */
export async function writeRolePlayLine(
  db: Db,
  ctx: Ctx,
  { meetingId, rolePlayId, part, words, version }: NewRolePlayLine,
): Promise<SavedRolePlayLine> {
  const { meeting, doneAt } = await rolePlayToWrite(db, ctx, meetingId, rolePlayId);
  if (doneAt && part === "feedback" && words.trim() === "") throw new Refusal("feedback", "It is done: the feedback stays.");
  const key = { org_id: ctx.viewer.orgId, role_play_id: rolePlayId, part };
  const held = () =>
    db
      .selectFrom("role_play_line")
      .select(["words", "version"])
      .where("org_id", "=", key.org_id)
      .where("role_play_id", "=", rolePlayId)
      .where("part", "=", part)
      .executeTakeFirst();
  const before = await held();
  if ((before?.words ?? "") === words) return { saved: true, version: before?.version ?? 0, theirs: "" };
  const signed = { words, by_id: ctx.viewer.personId, at: ctx.clock.now() };
  const made = before
    ? undefined
    : await db
        .insertInto("role_play_line")
        .values({ ...key, ...signed, meeting_id: meeting.id })
        .onConflict((conflict) => conflict.doNothing())
        .returning("version")
        .executeTakeFirst();
  const saved =
    made ??
    (await db
      .updateTable("role_play_line")
      .set((eb) => ({ ...signed, version: eb("version", "+", 1) }))
      .where("org_id", "=", key.org_id)
      .where("role_play_id", "=", rolePlayId)
      .where("part", "=", part)
      .where((eb) => eb.or([eb("version", "=", version), sql<boolean>`position(words in ${words}) > 0`]))
      .returning("version")
      .executeTakeFirst());
  if (saved) {
    await signal(db, `meeting:${meeting.id}`);
    return { saved: true, version: saved.version, theirs: "" };
  }
  const theirs = await held();
  return { saved: false, version: theirs?.version ?? 0, theirs: theirs?.words ?? "" };
}
