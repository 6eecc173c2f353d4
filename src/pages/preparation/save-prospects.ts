import { reviewProspect, saveProspectLine } from "../../domain/prospects/review-prospect.ts";
import { storyProblem } from "../../method/story-gaps.ts";
import { readStoryName } from "../../parts/story-panel.tsx";
import { dayIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { addConflict, type LineAnswer } from "../stories/save-lines.ts";
import type { Wrong } from "./own-numbers.tsx";
import { preparationData } from "./preparation-data.ts";

const reviewed = /^reviewed ([0-9a-f]{8}-[0-9a-f-]{27})$/;

export const isProspectField = (name: string): boolean => reviewed.test(name) || readStoryName(name) !== undefined;

/** One field about a prospect: a line of its story, or that it has been gone through. */
export async function saveProspectField(
  ctx: Ctx,
  meetingId: string,
  { field: name, value, version }: { field: string; value: string; version: number },
): Promise<LineAnswer> {
  const deal = reviewed.exec(name)?.[1];
  if (deal) {
    await reviewProspect(ctx, meetingId, deal, value === "yes");
    return { status: 200, version: 0 };
  }
  const line = readStoryName(name);
  if (!line) return { status: 422, error: "This is not a question of this preparation." };
  const words = value.replaceAll("\r\n", "\n").replaceAll("\u0000", "");
  const error = storyProblem(line.field, words, dayIn(ctx.clock.now(), ctx.viewer.timeZone));
  if (error) return { status: 422, error };
  const { saved, version: now, theirs } = await saveProspectLine(ctx, meetingId, { ...line, words, version });
  return saved ? { status: 200, version: now } : { status: 409, version: now, theirs };
}

/** All of them, out of a form sent whole: only what differs is written. How many were changed elsewhere meanwhile. */
export async function saveProspects(ctx: Ctx, meetingId: string, form: Record<string, unknown>, wrong: Wrong): Promise<number> {
  const names = Object.keys(form).filter((name) => readStoryName(name) || name.startsWith("was reviewed "));
  if (names.length === 0) return 0;
  const { prospects } = await preparationData(ctx, meetingId);
  const held = new Map(prospects?.list.map(({ opportunityId, story }) => [opportunityId, story.lines]));
  let conflicts = 0;
  for (const name of names) {
    const value = String(form[name]).replaceAll("\r\n", "\n");
    const line = readStoryName(name);
    if (!line) {
      await saveReview(ctx, meetingId, name.slice("was reviewed ".length), {
        was: value === "yes",
        is: form[`reviewed ${name.slice(13)}`] === "yes",
      });
      continue;
    }
    if ((held.get(line.opportunityId)?.get(line.field)?.words ?? "") === value) continue;
    const answer = await saveProspectField(ctx, meetingId, { field: name, value, version: Number(form[`version ${name}`]) || 0 });
    if (answer.status === 200) continue;
    wrong.typed[name] = value;
    if (answer.status === 422) wrong.errors[name] = answer.error ?? "This could not be saved.";
    else {
      addConflict(wrong, name, value, answer.theirs ?? "");
      conflicts++;
    }
  }
  return conflicts;
}

/** A box that was not ticked when the page came says nothing: what was written since counts as gone through. */
async function saveReview(ctx: Ctx, meetingId: string, opportunityId: string, { was, is }: { was: boolean; is: boolean }): Promise<void> {
  if (was !== is && reviewed.test(`reviewed ${opportunityId}`)) await reviewProspect(ctx, meetingId, opportunityId, is);
}
