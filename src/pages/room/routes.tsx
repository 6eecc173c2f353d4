import { z } from "zod";
import { confirmCommitments } from "../../domain/commitments/confirm-commitments.ts";
import { makeCommitment } from "../../domain/commitments/make-commitment.ts";
import { settleCommitment } from "../../domain/commitments/settle-commitment.ts";
import { withdrawCommitment } from "../../domain/commitments/withdraw-commitment.ts";
import { addEntry } from "../../domain/entries/add-entry.ts";
import { withdrawEntry } from "../../domain/entries/withdraw-entry.ts";
import { goToSection } from "../../domain/meetings/go-to-section.ts";
import { noteOpportunity } from "../../domain/meetings/listed-opportunities.ts";
import { openMeeting } from "../../domain/meetings/open-meeting.ts";
import { setPivot } from "../../domain/meetings/set-pivot.ts";
import { addPoint } from "../../domain/points/add-point.ts";
import { markPointDone } from "../../domain/points/mark-point-done.ts";
import { keepNextStep } from "../../domain/results/next-steps.ts";
import { render } from "../../parts/render.tsx";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { showFinish, finish } from "./finish.tsx";
import { LobbyPage } from "./lobby-page.tsx";
import { practiceRoutes } from "./practice-routes.tsx";
import { roomData } from "./room-data.ts";
import { RoomPage } from "./room-page.tsx";

const id = z.uuid();
const words = z.string().trim().min(1, "Write a few words first.").max(2000, "That is longer than 2,000 characters. Shorten it a little.");
const day = z.iso.date("That day does not exist. Pick one from the calendar.");

export function routes(http: Http): void {
  http.get("/meetings/:id/room", showRoom);
  http.post("/meetings/:id/open", async (c) => {
    await openMeeting(ctxOf(c), c.req.param("id"));
    return c.redirect(`/meetings/${c.req.param("id")}/room`, 303);
  });
  http.get("/meetings/:id/finish", showFinish);
  http.post("/meetings/:id/finish", finish);
  inRoom(
    http,
    "section",
    z.object({ to: id, from: id.optional().or(z.literal("")) }),
    (c, { to, from }) => goToSection(ctxOf(c), meetingOf(c), to, from || undefined),
    { follow: true },
  );
  inRoom(http, "pivot", z.object({ section: id, choice: z.enum(["inform", "praise"]) }), (c, { section, choice }) =>
    setPivot(ctxOf(c), meetingOf(c), section, choice),
  );
  inRoom(http, "points", z.object({ id, section: id, words }), (c, point) =>
    addPoint(ctxOf(c), { id: point.id, meetingId: meetingOf(c), sectionId: null, words: point.words }),
  );
  inRoom(http, "points/:point/done", z.object({ done: z.string().optional() }), (c, { done }) =>
    markPointDone(ctxOf(c), meetingOf(c), c.req.param("point") ?? "", Boolean(done)),
  );
  inRoom(
    http,
    "entries",
    z.object({
      id,
      side: z.enum(["working", "not working"]),
      about: z.enum(["process", "people"]),
      theme: z.string().trim().max(100),
      words,
    }),
    (c, entry) => addEntry(ctxOf(c), { ...entry, meetingId: meetingOf(c) }),
  );
  inRoom(http, "entries/:entry/withdraw", z.object({}), (c) => withdrawEntry(ctxOf(c), meetingOf(c), c.req.param("entry") ?? ""));
  inRoom(http, "next-step", z.object({ id, words, missed: z.coerce.number().int().min(1).max(120) }), (c, step) =>
    keepNextStep(ctxOf(c), { id: step.id, meetingId: meetingOf(c), words: step.words, monthsMissed: step.missed }),
  );
  commitmentRoutes(http);
  practiceRoutes(http);
  http.post("/meetings/:id/room/opportunities/:list{new|existing}", saveOpportunityNote);
}

function commitmentRoutes(http: Http): void {
  const hangs = z.string().regex(/^(action|pipeline gap|activity|skill|opportunity [0-9a-f-]{36})$/, "Pick what it hangs on.");
  const wanted = z.object({
    id,
    words,
    owner: z.enum(["rep", "manager"]),
    due_on: day,
    hangs_on: hangs,
    hangs_words: z.string().trim().max(500).default(""),
  });
  inRoom(http, "commitments", wanted, (c, { id: made, words: said, owner, due_on, hangs_on, hangs_words: hangsWords }) => {
    const opportunityId = hangs_on.startsWith("opportunity ") ? hangs_on.slice(12) : null;
    const hangsOn = opportunityId ? "opportunity" : (hangs_on as "action");
    return makeCommitment(ctxOf(c), {
      id: made,
      meetingId: meetingOf(c),
      owner,
      words: said,
      dueOn: due_on,
      hangsOn,
      hangsWords,
      opportunityId,
    });
  });
  inRoom(http, "commitments/confirm", z.object({ ids: z.union([id.transform((one) => [one]), z.array(id)]).optional() }), (c, { ids }) =>
    confirmCommitments(ctxOf(c), meetingOf(c), ids ?? []),
  );
  inRoom(http, "commitments/:commitment/withdraw", z.object({}), (c) =>
    withdrawCommitment(ctxOf(c), meetingOf(c), idParam(c, "commitment")),
  );
  const settling = z.object({
    outcome: z.enum(["kept", "partly", "missed", "dropped"], "Say how it went: kept, partly, missed or dropped."),
    words: z.string().trim().max(2000),
  });
  inRoom(http, "commitments/:commitment/settle", settling, (c, { outcome, words: why }) =>
    settleCommitment(ctxOf(c), { commitmentId: idParam(c, "commitment"), outcome, words: why, meetingId: meetingOf(c) }),
  );
}

const meetingOf = (c: Request): string => c.req.param("id") ?? "";
const idParam = (c: Request, name: string): string => c.req.param(name) ?? "";

/** A small form of the room: check it, do it, back to the same section. What is wrong is said above the talk. */
function inRoom<Schema extends z.ZodType>(
  http: Http,
  path: string,
  schema: Schema,
  act: (c: Request, values: z.output<Schema>) => Promise<unknown>,
  { follow = false } = {},
): void {
  http.post(`/meetings/:id/room/${path}`, async (c) => {
    const form = await c.req.parseBody({ all: true });
    const parsed = schema.safeParse(form);
    const section = typeof form.section === "string" ? form.section : undefined;
    if (!parsed.success) {
      const room = await roomData(ctxOf(c), meetingOf(c), section);
      const problem = (
        <div class="notice missed" role="alert">
          {parsed.error.issues[0]?.message ?? "Something is missing."}
        </div>
      );
      return render(c, <RoomPage c={c} room={room} problem={problem} />, 422);
    }
    await act(c, parsed.data);
    const query = !follow && section ? `?section=${section}` : "";
    return c.redirect(`/meetings/${meetingOf(c)}/room${query}`, 303);
  });
}

async function showRoom(c: Request): Promise<Response> {
  const room = await roomData(ctxOf(c), c.req.param("id"), c.req.query("section"));
  const { state } = room.meeting;
  if (state === "closed") return c.redirect(`/meetings/${room.meeting.id}/record`, 303);
  if (state !== "open") return render(c, <LobbyPage c={c} room={room} />);
  return render(c, <RoomPage c={c} room={room} />);
}

const noted = z.object({
  field: id,
  value: z.string().max(2000, "That is longer than 2,000 characters."),
  version: z.coerce.number().int().min(0),
});

/** Autosaved words about one opportunity (see browser/autosave.ts). */
async function saveOpportunityNote(c: Request): Promise<Response> {
  const parsed = noted.safeParse(await c.req.parseBody());
  if (!parsed.success) return c.json({ error: parsed.error.issues[0]?.message ?? "This could not be saved." }, 422);
  const { field, value, version } = parsed.data;
  const list = c.req.param("list") === "new" ? "new" : "existing";
  const {
    saved,
    version: now,
    theirs,
  } = await noteOpportunity(ctxOf(c), { meetingId: meetingOf(c), opportunityId: field, list, words: value, version });
  return saved ? c.json({ version: now }) : c.json({ version: now, theirs }, 409);
}
