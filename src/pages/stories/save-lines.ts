import { saveStoryLine } from "../../domain/stories/save-story-line.ts";
import { storyDays, storyProblem } from "../../method/story-gaps.ts";
import { readStoryName, type StoryWrong } from "../../parts/story-panel.tsx";
import { dayIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";

/** Whose story the lines of a form are: see `saveStoryLine`. */
export interface OfPair {
  managerId?: string;
  meetingId?: string;
}

export interface LineAnswer {
  status: 200 | 409 | 422;
  version?: number;
  theirs?: string;
  error?: string;
}

/** One line of a story by its name in a form, as browser/autosave.ts sends it. Undefined when it is no line of a story. */
export async function saveNamedLine(
  ctx: Ctx,
  pair: OfPair,
  { field: name, value, version }: { field: string; value: string; version: number },
): Promise<LineAnswer | undefined> {
  const named = readStoryName(name);
  if (!named) return undefined;
  const words = value.replaceAll("\r\n", "\n").replaceAll("\u0000", "");
  const error = storyProblem(named.field, words, dayIn(ctx.clock.now(), ctx.viewer.timeZone));
  if (error) return { status: 422, error };
  const { saved, version: now, theirs } = await saveStoryLine(ctx, { ...named, ...pair, words, version });
  return saved ? { status: 200, version: now } : { status: 409, version: now, theirs };
}

/** All lines of a form sent whole. What could not be taken, and what is in the way, is handed back with what was typed. */
export async function saveAllLines(ctx: Ctx, pair: OfPair, form: Record<string, unknown>): Promise<StoryWrong & { conflicts: number }> {
  const wrong: StoryWrong & { conflicts: number } = { errors: {}, typed: {}, conflicts: 0 };
  for (const [name, value] of Object.entries(form)) {
    if (typeof value !== "string" || !readStoryName(name)) continue;
    const answer = await saveNamedLine(ctx, pair, { field: name, value, version: Number(form[`version ${name}`]) || 0 });
    if (!answer || answer.status === 200) continue;
    wrong.typed[name] = value;
    if (answer.status === 422) wrong.errors[name] = answer.error ?? "This could not be saved.";
    else {
      addConflict(wrong, name, value, answer.theirs ?? "");
      wrong.conflicts++;
    }
  }
  return wrong;
}

/** Words are put one below the other; a day or a choice cannot be both: what stands there is said beside it. */
export function addConflict(wrong: StoryWrong, name: string, value: string, theirs: string): void {
  const field = readStoryName(name)?.field ?? "situation";
  if (storyDays.has(field) || field === "agreed")
    wrong.errors[name] = `Meanwhile “${theirs || "nothing"}” was written here. Send again to keep this one.`;
  else wrong.typed[name] = theirs ? `${theirs}\n${value}` : value;
}
