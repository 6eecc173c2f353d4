import type { Child } from "hono/jsx";
import { hasFivePs } from "../../domain/agendas/ready-made-kinds.ts";
import { fivePsFacts } from "../../domain/prospects/five-ps-facts.ts";
import type { MeetingRecord } from "../../domain/records/record-queries.ts";
import { fivePs } from "../../method/five-ps.ts";
import { focusShares, wholePercents } from "../../method/focus.ts";
import { TextArea } from "../../parts/field.tsx";
import { FivePs } from "../../parts/five-ps.tsx";
import { HangsOn } from "../../parts/hangs-on.tsx";
import { KeptProspects } from "../../parts/kept-prospects.tsx";
import { RolePlayText } from "../../parts/role-play-text.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { StageCell } from "../../parts/stage-cell.tsx";
import { dayIn, firstName, fullDay, money, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";

interface Props {
  c: Request;
  record: MeetingRecord;
  zone: string;
  error?: string | undefined;
  typed?: string;
}

/** The summary of a closed one-on-one: commitments first. Locked; remarks stand beneath. */
export function RecordPage({ c, record, zone, error, typed }: Props) {
  const { meeting } = record;
  const held = meeting.openedAt ?? meeting.plannedStart;
  const day = dayIn(held, zone);
  return (
    <Shell c={c} title={`${meeting.kindName}, ${shortDay(day)}`} current="records" live={`meeting:${meeting.id}`}>
      <Head
        title={`${meeting.kindName} with ${meeting.otherName}`}
        lead={`${weekday(day)} ${fullDay(day)}, ${timeIn(held, zone)}. ${spent(record)}`}
        readers={`Only ${meeting.repName} and ${meeting.managerName} can read this. It is locked; remarks can be added beneath.`}
      >
        <a class="btn" href={`/records?with=${meeting.otherId}`}>
          All with {firstName(meeting.otherName)}
        </a>
      </Head>
      <div class="stack record">
        <LateNotes c={c} record={record} />
        <Promises c={c} record={record} />
        <Settled record={record} />
        <Pieces title="The next step" items={record.nextSteps.map(({ words }) => words)} />
        <KeptProspects prospects={record.prospects} verified={record.verified} />
        <Practised record={record} />
        <Deals record={record} />
        <Pieces
          title="Working"
          items={record.entries
            .filter(({ side }) => side === "working")
            .map((entry) => `${entry.words} (${[entry.about, entry.theme].filter(Boolean).join(", ")})`)}
        />
        <Pieces
          title="Not working"
          items={record.entries
            .filter(({ side }) => side === "not working")
            .map((entry) => `${entry.words} (${[entry.about, entry.theme].filter(Boolean).join(", ")})`)}
        />
        <Notes title="Notes" notes={record.notes} />
        <Pieces
          title="Points"
          items={record.points.map((point) => `${point.words} (${firstName(point.byName)}${point.done ? ", talked about" : ""})`)}
        />
        {record.privateNotes.length > 0 && <Notes title="Your private notes: nobody else can read these" notes={record.privateNotes} />}
        {hasFivePs(record.sections) && (
          <FivePs marks={fivePs(fivePsFacts({ meeting, rolePlays: record.rolePlays, kept: record.prospects }))} />
        )}
        <Remarks record={record} zone={zone} error={error} typed={typed} />
      </div>
    </Shell>
  );
}

function spent({ sections, timings, meeting }: MeetingRecord): string {
  const focus = new Map(sections.map((section) => [section.id, section.focus]));
  const now = (meeting.closedAt ?? meeting.plannedStart).getTime();
  const shares = focusShares(
    timings.map((t) => ({ focus: focus.get(t.sectionId) ?? "present", from: t.startedAt.getTime(), until: t.endedAt?.getTime() ?? null })),
    now,
  );
  if (shares.total === 0) return "";
  const { past, present, future } = wholePercents(shares);
  return `${Math.max(1, Math.round(shares.total / 60_000))} of ${meeting.minutes} minutes: past ${past} %, present ${present} %, future ${future} %.`;
}

function Promises({ c, record }: { c: Request; record: MeetingRecord }) {
  const { commitments, meeting } = record;
  const why = record.reasons.find(({ what }) => what === "closed without commitment");
  const mine = meeting.side === "rep" ? "repConfirmedAt" : "managerConfirmedAt";
  const mayConfirm =
    c.get("viewer")?.personId === (meeting.side === "rep" ? meeting.repId : meeting.managerId) &&
    commitments.some((one) => one[mine] === null);
  return (
    <section class="sheet pad stack tight">
      <h2>Promised</h2>
      {commitments.length === 0 && <p>Nothing. {why?.reason}</p>}
      {commitments.map((one) => (
        <div>
          <b>{one.words}</b>
          <div class="small muted">
            {one.ownerName} · by {shortDay(one.dueOn)}
            <HangsOn commitment={one} standings={record.standings} />
          </div>
          <div class="row">
            {one.outcome ? (
              <span class={`tag ${one.outcome === "kept" ? "kept" : one.outcome === "missed" ? "missed" : "watch"}`}>{one.outcome}</span>
            ) : (
              <span class="tag">open</span>
            )}
            {(one.repConfirmedAt === null || one.managerConfirmedAt === null) && (
              <span class="tag watch">
                Not yet confirmed by {firstName(one.repConfirmedAt === null ? meeting.repName : meeting.managerName)}
              </span>
            )}
          </div>
        </div>
      ))}
      {mayConfirm && (
        <form method="post" action={`/meetings/${meeting.id}/confirm`}>
          <button class="btn primary">Yes, I confirm what was promised</button>
        </form>
      )}
    </section>
  );
}

function Settled({ record }: { record: MeetingRecord }) {
  const settled = record.brought.filter(({ settledIn }) => settledIn === record.meeting.id);
  return (
    <Pieces
      title="From last time"
      items={settled.map(
        (one) => `${firstName(one.ownerName)}: ${one.words} – ${one.outcome}${one.outcomeWords ? `. ${one.outcomeWords}` : ""}`,
      )}
    />
  );
}

function Deals({ record }: { record: MeetingRecord }) {
  if (record.listed.length === 0) return null;
  return (
    <section class="sheet pad">
      <h2>Opportunities as listed</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Opportunities as listed">
        <table>
          <thead>
            <tr>
              <th>Opportunity</th>
              <th>Stage then</th>
              <th class="num">Amount then</th>
              <th>Close then</th>
              <th>Said</th>
            </tr>
          </thead>
          <tbody>
            {record.listed.map((one) => (
              <tr>
                <td>
                  <b>{one.name}</b> {one.list === "new" && <span class="tag">new</span>}
                </td>
                <td>
                  <StageCell claimed={one.stage} verified={record.verified.get(one.opportunityId)} full />
                </td>
                <td class="num">{one.amountMinor === null ? "–" : money(one.amountMinor, one.currency)}</td>
                <td>{one.closeOn ? shortDay(one.closeOn) : "–"}</td>
                <td>{one.words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Practised({ record: { rolePlays } }: { record: MeetingRecord }) {
  if (rolePlays.length === 0) return null;
  return (
    <section class="sheet pad stack">
      <h2>Practised</h2>
      {rolePlays.map((play) => (
        <RolePlayText play={play} />
      ))}
      <p class="small muted no-print">Practised again since? Add it as a remark beneath.</p>
    </section>
  );
}

function Pieces({ title, items }: { title: string; items: Child[] }) {
  if (items.length === 0) return null;
  return (
    <section class="sheet pad">
      <h2>{title}</h2>
      <ul class="stack tight">
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Notes({ title, notes }: { title: string; notes: MeetingRecord["notes"] }) {
  if (notes.length === 0) return null;
  return (
    <section class="sheet pad stack tight">
      <h2>{title}</h2>
      {notes.map((note) => (
        <div>
          <h3>{note.title}</h3>
          <p class="written">{note.words}</p>
        </div>
      ))}
    </section>
  );
}

const wordsOf = (notes: MeetingRecord["notes"], id: string): string => notes.find(({ sectionId }) => sectionId === id)?.words ?? "";

/** Words typed on this device that never reached the server before the record was locked. Filled in by the browser. */
function LateNotes({ c, record }: { c: Request; record: MeetingRecord }) {
  const sections = record.sections.map(({ id, title }) => ({
    id,
    title,
    shared: wordsOf(record.notes, id),
    private: wordsOf(record.privateNotes, id),
  }));
  return (
    <kept-late-notes
      hidden
      data-meeting={record.meeting.id}
      data-owner={c.get("viewer")?.personId ?? ""}
      data-sections={JSON.stringify(sections)}
    >
      <form method="post" action={`/meetings/${record.meeting.id}/remarks`} class="notice watch stack tight">
        <input type="hidden" name="id" value={newId()} />
        <label for="late-words">
          <b>You typed this while there was no connection, and the record was locked meanwhile.</b> Add it as a remark, which both of you
          can read, or leave it.
        </label>
        <textarea id="late-words" name="words" rows={5}></textarea>
        <div class="row">
          <button class="btn primary">Add it as a remark</button>
          <button class="btn" type="button" data-drop>
            Leave it
          </button>
        </div>
      </form>
    </kept-late-notes>
  );
}

function Remarks({
  record,
  zone,
  error,
  typed,
}: {
  record: MeetingRecord;
  zone: string;
  error: string | undefined;
  typed: string | undefined;
}) {
  return (
    <section class="sheet pad stack tight" id="remarks">
      <h2>Remarks</h2>
      {record.remarks.map((one) => (
        <div>
          <p class="written">{one.words}</p>
          <div class="small muted">
            {one.byName}, {shortDay(dayIn(one.at, zone))} {timeIn(one.at, zone)}
          </div>
        </div>
      ))}
      <form method="post" action={`/meetings/${record.meeting.id}/remarks`} class="stack tight no-print" data-draft="remark">
        <input type="hidden" name="id" value={newId()} />
        <TextArea
          name="words"
          label="Add a remark"
          value={typed}
          error={error}
          rows={2}
          hint="Both of you can read it. It cannot be changed afterwards."
          required
        />
        <div>
          <button class="btn">Add it</button>
        </div>
      </form>
    </section>
  );
}
