import { z } from "zod";
import { meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { beginRolePlay } from "../../domain/role-plays/begin-role-play.ts";
import { endRolePlay, withdrawRolePlay } from "../../domain/role-plays/end-role-play.ts";
import { rolePlayPart, saveRolePlayLine } from "../../domain/role-plays/save-role-play-line.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import type { StoryWrong } from "../../parts/story-panel.tsx";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type LineAnswer, saveAllLines, saveNamedLine } from "../stories/save-lines.ts";
import { partName } from "./practice-panel.tsx";
import { roomData } from "./room-data.ts";
import { RoomPage } from "./room-page.tsx";

/** Stories and role-plays in the room. */
export function practiceRoutes(http: Http): void {
  http.post("/meetings/:id/room/stories", (c) => (isAutosave(c) ? autosaveStory(c) : saveStories(c)));
  http.post("/meetings/:id/room/role-plays", begin);
  http.post("/meetings/:id/room/role-plays/:play", (c) => (isAutosave(c) ? autosavePart(c) : savePlay(c)));
  http.post("/meetings/:id/room/role-plays/:play/end", (c) => savePlay(c, endRolePlay));
  http.post("/meetings/:id/room/role-plays/:play/withdraw", (c) => savePlay(c, withdrawRolePlay));
}

const isAutosave = (c: Request): boolean => (c.req.header("accept") ?? "").includes("application/json");
const meetingOf = (c: Request): string => c.req.param("id") ?? "";
const playOf = (c: Request): string => c.req.param("play") ?? "";
type Form = Record<string, unknown>;

const saving = z.object({ field: z.string().max(200), value: z.string().max(20_000), version: z.coerce.number().int().min(0).catch(0) });

async function readSaving(c: Request): Promise<z.infer<typeof saving>> {
  return saving.catch({ field: "", value: "", version: 0 }).parse(await c.req.parseBody());
}

const sent = (c: Request, answer: LineAnswer | undefined): Response => {
  const { status, ...rest } = answer ?? { status: 422 as const, error: "This is not a line of this page." };
  return c.json(rest, status);
};

const autosaveStory = async (c: Request): Promise<Response> =>
  sent(c, await saveNamedLine(ctxOf(c), { meetingId: meetingOf(c) }, await readSaving(c)));

/** Refuses whoever is not of the pair: a form with nothing in it asks nothing else of the database. */
const assertOfPair = (c: Request) => ctxOf(c).tx((db) => meetingForViewer(db, ctxOf(c), meetingOf(c)));

async function saveStories(c: Request): Promise<Response> {
  await assertOfPair(c);
  const form = await c.req.parseBody();
  const wrong = await saveAllLines(ctxOf(c), { meetingId: meetingOf(c) }, form);
  return Object.keys(wrong.typed).length > 0 ? showWrong(c, form, wrong) : back(c, form, "Saved.");
}

async function begin(c: Request): Promise<Response> {
  const form = await c.req.parseBody();
  const id = isId(form.id) ? form.id : "";
  if (!id) return showWrong(c, form, { errors: { skill: "Send the form again." }, typed: {} });
  try {
    await beginRolePlay(ctxOf(c), {
      id,
      meetingId: meetingOf(c),
      opportunityId: isId(form.deal) ? form.deal : null,
      skill: String(form.skill ?? "").slice(0, 300),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showWrong(c, form, { errors: { skill: error.message }, typed: {} });
  }
  return back(c, form);
}

const partOf = (c: Request, name: string): string | undefined => {
  const prefix = partName(playOf(c), "");
  const part = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return rolePlayPart.test(part) ? part : undefined;
};

async function savePart(c: Request, name: string, value: string, version: number): Promise<LineAnswer | undefined> {
  const part = partOf(c, name);
  if (!part) return undefined;
  const words = value.replaceAll("\r\n", "\n").replaceAll("\u0000", "");
  if (words.length > 4000) return { status: 422, error: "That is longer than 4,000 characters. Shorten it a little." };
  try {
    const {
      saved,
      version: now,
      theirs,
    } = await saveRolePlayLine(ctxOf(c), { meetingId: meetingOf(c), rolePlayId: playOf(c), part, words, version });
    return saved ? { status: 200, version: now } : { status: 409, version: now, theirs };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 422, error: error.message };
  }
}

async function autosavePart(c: Request): Promise<Response> {
  const { field, value, version } = await readSaving(c);
  return sent(c, await savePart(c, field, value, version));
}

/** The whole form, by one of its buttons: what was typed is saved first, then the button does its part. */
async function savePlay(c: Request, act?: typeof endRolePlay): Promise<Response> {
  await assertOfPair(c);
  const form = await c.req.parseBody();
  const wrong: StoryWrong = { errors: {}, typed: {} };
  for (const [name, value] of Object.entries(form)) {
    if (typeof value !== "string" || !partOf(c, name)) continue;
    const answer = await savePart(c, name, value, Number(form[`version ${name}`]) || 0);
    if (!answer || answer.status === 200) continue;
    wrong.typed[name] = answer.status === 409 && answer.theirs ? `${answer.theirs}\n${value}` : value;
    wrong.errors[name] = answer.error ?? "The other one wrote here meanwhile. Both texts are here: keep what you want, then save again.";
  }
  if (Object.keys(wrong.errors).length > 0) return showWrong(c, form, wrong);
  try {
    await act?.(ctxOf(c), meetingOf(c), playOf(c));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showWrong(c, form, { errors: { [partName(playOf(c), "feedback")]: error.message }, typed: {} });
  }
  return back(c, form, act ? undefined : "Saved.");
}

const sectionOf = (form: Form): string | undefined => (isId(form.section) ? form.section : undefined);

function back(c: Request, form: Form, notice?: string): Response {
  if (notice) leaveNotice(c, notice);
  const section = sectionOf(form);
  return c.redirect(`/meetings/${meetingOf(c)}/room${section ? `?section=${section}` : ""}`, 303);
}

async function showWrong(c: Request, form: Form, wrong: StoryWrong): Promise<Response> {
  const room = await roomData(ctxOf(c), meetingOf(c), sectionOf(form));
  const problem = (
    <div class="notice watch" role="alert">
      {Object.values(wrong.errors)[0] ?? "This was also changed meanwhile. Both texts are here: keep what you want, then save again."}
    </div>
  );
  return render(c, <RoomPage c={c} room={{ ...room, wrong }} problem={problem} />, 422);
}
