import { z } from "zod";
import { agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { addPoint } from "../../domain/points/add-point.ts";
import { markPointDone } from "../../domain/points/mark-point-done.ts";
import { pointsOf } from "../../domain/points/point-queries.ts";
import { withdrawPoint } from "../../domain/points/withdraw-point.ts";
import { PointList } from "../../parts/point-list.tsx";
import { render } from "../../parts/render.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay, readersOf, timeIn, weekday } from "../../parts/words.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";

const back = z.enum(["points", "preparation", "briefing"]).catch("points");
const adding = z.object({
  id: z.uuid("Send the form again."),
  words: z.string().trim().min(1, "Write a few words first.").max(2000, "Use at most 2,000 characters."),
  section: z.union([z.uuid(), z.literal("")], "Pick a part of this agenda.").default(""),
  back,
});

export function routes(http: Http): void {
  http.get("/meetings/:id/points", (c) => show(c));
  http.post("/meetings/:id/points", add);
  http.post("/meetings/:id/points/:point/withdraw", (c) => act(c, withdrawPoint));
  http.post("/meetings/:id/points/:point/done", (c) => act(c, (ctx, meeting, point) => markPointDone(ctx, meeting, point, true)));
}

async function add(c: Request): Promise<Response> {
  const form = await c.req.parseBody();
  const parsed = adding.safeParse(form);
  if (!parsed.success) {
    const typed = { words: text(form.words), section: text(form.section) };
    return show(c, { problem: parsed.error.issues[0]?.message ?? "Write a few words first.", typed });
  }
  const { id, words, section } = parsed.data;
  await addPoint(ctxOf(c), { id, meetingId: meetingOf(c), sectionId: section || null, words });
  return c.redirect(`/meetings/${meetingOf(c)}/${parsed.data.back}`, 303);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const meetingOf = (c: Request): string => c.req.param("id") ?? "";

async function act(
  c: Request,
  verb: (ctx: ReturnType<typeof ctxOf>, meetingId: string, point: string) => Promise<void>,
): Promise<Response> {
  const point = c.req.param("point");
  if (!isId(point)) throw new NotFound("This point");
  const form = await c.req.parseBody();
  await verb(ctxOf(c), meetingOf(c), point);
  return c.redirect(`/meetings/${meetingOf(c)}/${back.parse(form.back)}`, 303);
}

async function show(c: Request, wrong?: { problem: string; typed: { words: string; section: string } }): Promise<Response> {
  const ctx = ctxOf(c);
  const { meeting, agenda, points } = await ctx.tx(async (db) => {
    const found = await meetingForViewer(db, ctx, c.req.param("id"));
    return { meeting: found, agenda: await agendaOf(db, ctx.viewer.orgId, found), points: await pointsOf(db, found.id) };
  });
  const day = dayIn(meeting.plannedStart, meeting.timeZone);
  const page = (
    <Shell c={c} title="Points" current="week" live={`meeting:${meeting.id}`}>
      <Head
        title={`Points for ${meeting.kindName}`}
        lead={`With ${meeting.otherName}, ${weekday(day)} ${fullDay(day)}, ${timeIn(meeting.plannedStart, meeting.timeZone)}`}
        readers={readersOf(meeting, ctx.viewer.personId)}
      >
        <a class="btn" href={`/meetings/${meeting.id}/${meeting.side === "rep" ? "preparation" : "briefing"}`}>
          {meeting.side === "rep" ? "Your preparation" : "Briefing"}
        </a>
      </Head>
      <section class="sheet pad">
        <PointList
          meeting={meeting}
          points={points}
          sections={agenda.sections}
          me={ctx.viewer.personId}
          back="points"
          problem={wrong?.problem}
          typed={wrong?.typed}
        />
      </section>
    </Shell>
  );
  return render(c, page, wrong ? 422 : 200);
}
