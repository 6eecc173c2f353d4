import { closeMeeting } from "../../domain/records/close-meeting.ts";
import { type MeetingRecord, meetingRecord } from "../../domain/records/record-queries.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { TextArea } from "../../parts/field.tsx";
import { count, firstName, shortDay } from "../../parts/words.ts";
import { ctxOf, type Request } from "../../platform/http.ts";

/** Before the record is locked: what was promised, what is still open, and why nothing was promised when it was not. */
export async function showFinish(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const record = await ctx.tx((db) => meetingRecord(db, ctx, c.req.param("id")));
  if (record.meeting.state === "closed") return c.redirect(`/meetings/${record.meeting.id}/record`, 303);
  if (record.meeting.state !== "open") return c.redirect(`/meetings/${record.meeting.id}/room`, 303);
  return render(c, <FinishPage c={c} record={record} />);
}

export async function finish(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const form = await c.req.parseBody();
  const why = String(form.why ?? "")
    .trim()
    .slice(0, 1000);
  const id = c.req.param("id") ?? "";
  const result = await closeMeeting(ctx, id, why);
  if (!result.closed) {
    const record = await ctx.tx((db) => meetingRecord(db, ctx, id));
    return render(
      c,
      <FinishPage
        c={c}
        record={record}
        error="Say in a few words why nothing was promised, or go back and write a promise down."
        why={why}
      />,
      422,
    );
  }
  leaveNotice(c, "Closed. Both of you get the summary; the record is locked, and remarks can be added beneath it.");
  return c.redirect(`/meetings/${id}/record`, 303);
}

function FinishPage({ c, record, error, why }: { c: Request; record: MeetingRecord; error?: string; why?: string }) {
  const { meeting, commitments, brought } = record;
  const unsettled = brought.filter(({ outcome }) => outcome === null);
  return (
    <Shell c={c} title="Finish" current="week" live={`meeting:${meeting.id}`}>
      <Head
        title="Finish this one-on-one"
        lead={`${meeting.kindName} with ${meeting.otherName}`}
        readers={`Only ${meeting.repName} and ${meeting.managerName} can read it.`}
      >
        <a class="btn" href={`/meetings/${meeting.id}/room`}>
          Back to the room
        </a>
      </Head>
      <div class="stack lobby">
        <section class="sheet pad stack tight">
          <h2>{commitments.length === 0 ? "Nothing was promised" : count(commitments.length, "promise")}</h2>
          {commitments.map((one) => (
            <div>
              <b>{one.words}</b>
              <div class="small muted">
                {firstName(one.ownerName)} · by {shortDay(one.dueOn)}
                {(one.repConfirmedAt === null || one.managerConfirmedAt === null) &&
                  " · not yet confirmed by both: the other gets a link with the summary"}
              </div>
            </div>
          ))}
        </section>
        {unsettled.length > 0 && (
          <div class="notice watch">
            {count(unsettled.length, "promise")} from last time {unsettled.length === 1 ? "is" : "are"} not settled.{" "}
            {unsettled.length === 1 ? "It comes" : "They come"} back next time.
          </div>
        )}
        <form method="post" action={`/meetings/${meeting.id}/finish`} class="stack" data-draft="finish">
          {commitments.length === 0 && (
            <TextArea
              name="why"
              label="Why was nothing promised?"
              value={why}
              error={error}
              rows={2}
              hint="A one-on-one without a promise is soon forgotten. Sometimes there is a good reason."
              required
            />
          )}
          <div>
            <button class="btn primary">Close and send the summary to both</button>
          </div>
        </form>
      </div>
    </Shell>
  );
}
