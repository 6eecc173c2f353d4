import { z } from "zod";
import { addRemark } from "../../domain/records/add-remark.ts";
import { repShown } from "../../domain/people/person-head-queries.ts";
import { keepPrivateNotes } from "../../domain/records/keep-private-notes.ts";
import { meetingRecord } from "../../domain/records/record-queries.ts";
import { peopleOfRecords, recordLines, searchRecords } from "../../domain/records/search-records.ts";
import { rolePlayWords } from "../../domain/records/write-record-text.ts";
import { csv } from "../../parts/csv.ts";
import { stageWords } from "../../parts/stage-cell.tsx";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { storyLabel } from "../../parts/story-panel.tsx";
import { dayIn } from "../../parts/words.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { RecordPage } from "./record-page.tsx";
import { RecordsPage } from "./records-page.tsx";

const pageSize = 40;

export function routes(http: Http): void {
  http.get("/meetings/:id/record", showRecord);
  http.post("/meetings/:id/remarks", remark);
  http.get("/records", showRecords);
  http.get("/records.csv", exportRecords);
}

async function showRecord(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const read = () => ctx.tx((db) => meetingRecord(db, ctx, c.req.param("id")));
  let record = await read();
  if (record.meeting.state !== "closed") return c.redirect(`/meetings/${record.meeting.id}/room`, 303);
  if (record.privateNotes.length > 0) {
    // What a crash right after the close left undone.
    await keepPrivateNotes(ctx, ctx.viewer.orgId, ctx.viewer.personId, record.meeting.id);
    record = await read();
  }
  return render(c, <RecordPage c={c} record={record} zone={ctx.viewer.timeZone} />);
}

const remarkForm = z.object({
  id: z.uuid(),
  words: z.string().trim().min(1, "Write the remark first.").max(20000, "That is longer than 20,000 characters."),
});

async function remark(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const parsed = remarkForm.safeParse(form);
  const id = c.req.param("id") ?? "";
  if (!parsed.success) {
    const record = await ctx.tx((db) => meetingRecord(db, ctx, id));
    return render(
      c,
      <RecordPage
        c={c}
        record={record}
        zone={ctx.viewer.timeZone}
        error={parsed.error.issues[0]?.message}
        typed={String(form.words ?? "")}
      />,
      422,
    );
  }
  await addRemark(ctx, { ...parsed.data, meetingId: id });
  leaveNotice(c, "Your remark stands beneath the record.");
  return c.redirect(`/meetings/${id}/record#remarks`, 303);
}

async function showRecords(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const words = (c.req.query("q") ?? "").slice(0, 200);
  const withId = isId(c.req.query("with")) ? c.req.query("with") : undefined;
  const beforeText = c.req.query("before");
  const before = beforeText && !Number.isNaN(Date.parse(beforeText)) ? new Date(beforeText) : undefined;
  const data = await ctx.tx(async (db) => ({
    people: await peopleOfRecords(db, ctx),
    rep: await repShown(db, ctx, withId),
    found: words ? await searchRecords(db, ctx, { words, withId, limit: 100 }) : [],
    lines: words ? [] : await recordLines(db, ctx, { withId, before, limit: pageSize + 1 }),
  }));
  return render(c, <RecordsPage c={c} {...data} words={words} withId={withId} zone={ctx.viewer.timeZone} pageSize={pageSize} />);
}

/** Every closed one-on-one of the viewer with everything said in it: one row a piece. */
async function exportRecords(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const withId = isId(c.req.query("with")) ? c.req.query("with") : undefined;
  const rows = await ctx.tx(async (db) => {
    const out: string[][] = [];
    for (const line of await recordLines(db, ctx, { withId, limit: 2000 })) {
      const record = await meetingRecord(db, ctx, line.id);
      const day = dayIn(line.heldAt, line.timeZone);
      const row = (what: string, who: string, words: string, state = "") =>
        out.push([day, line.kindName, record.meeting.repName, record.meeting.managerName, what, who, words, state]);
      row("one-on-one", "", "", "held");
      for (const one of record.commitments)
        row(
          "commitment",
          one.ownerName,
          one.words,
          one.outcome ? `${one.outcome}${one.outcomeWords ? `: ${one.outcomeWords}` : ""}` : `open, due ${one.dueOn}`,
        );
      for (const one of record.nextSteps) row("next step", one.byName, one.words);
      for (const one of record.entries) row(one.side, one.byName, one.words, [one.about, one.theme].filter(Boolean).join(", "));
      for (const one of record.points) row("point", one.byName, one.words, one.done ? "talked about" : "");
      for (const one of record.listed)
        if (one.words) row("opportunity", one.name, one.words, stageWords(one.stage, record.verified.get(one.opportunityId)));
      for (const one of record.prospects)
        for (const [field, words] of one.atClose.size > 0 ? one.atClose : one.handedIn)
          row(`prospect: ${storyLabel(field)}`, one.name, words);
      for (const one of record.rolePlays) row("role-play", one.byName, rolePlayWords(one), one.doneAt ? "done" : "not finished");
      for (const one of record.notes) row("notes", one.title, one.words);
      for (const one of record.privateNotes) row("my private notes", one.title, one.words);
      for (const one of record.remarks) row("remark", one.byName, one.words, dayIn(one.at, line.timeZone));
    }
    return out;
  });
  return csv(c, "kept-record.csv", ["day", "kind", "rep", "manager", "what", "who or where", "words", "state"], rows);
}
