import type { MailOfOutbox, OutboxRow } from "../../mail/outbox-queries.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay, shortDay, timeIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  ctx: Ctx;
  rows: OutboxRow[];
  more: Date | undefined;
  server: { from: string } | null;
  testId: string;
}

const purposes: Record<OutboxRow["purpose"], string> = {
  invitation: "Invitation",
  agenda: "Agenda",
  summary: "Summary",
  nudge: "Reminder",
  confirmation: "Confirmation",
  test: "Test",
  address: "Address changed",
};

export function OutboxPage({ c, ctx, rows, more, server, testId }: Props) {
  const { isSample, timeZone } = ctx.viewer;
  return (
    <Shell c={c} title="Outbox" current="set-up">
      <Head
        title="Outbox"
        lead="Every mail Kept has to send or has sent."
        readers="You see whom a mail is for and what became of it. What it says is read by that person alone; only invitations can be opened here."
      >
        {server && !isSample && (
          <form method="post" action="/outbox/test">
            <input type="hidden" name="id" value={testId} />
            <button class="btn">Send me a test mail</button>
          </form>
        )}
      </Head>
      {isSample ? (
        <div class="notice watch">
          Nothing here was sent. The people of the sample company are made up, so their mail stays in this list.
        </div>
      ) : server ? (
        <p class="muted">Mail goes out as {server.from}.</p>
      ) : (
        <div class="notice watch">
          <strong>Nothing here was sent: no mail server is set.</strong> Start Kept with <code>SMTP_URL</code> and <code>MAIL_FROM</code>{" "}
          and it sends what is not too old. Until then open an invitation here and hand its link over yourself.
        </div>
      )}
      {rows.length === 0 ? (
        <section class="sheet empty">
          <h2>No mail yet</h2>
          <p>{isSample ? "Agendas and summaries appear here as they are made." : "Invite somebody, and the invitation appears here."}</p>
          {!isSample && (
            <a class="btn" href="/people">
              Go to people
            </a>
          )}
        </section>
      ) : (
        <section class="sheet scroll" tabindex={0} role="region" aria-label="Mail">
          <table>
            <thead>
              <tr>
                <th scope="col">To</th>
                <th scope="col">What</th>
                <th scope="col">Made</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row row={row} zone={timeZone} isSent={server !== null && !isSample} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {more && (
        <p>
          <a class="btn" href={`/outbox?before=${encodeURIComponent(more.toISOString())}`}>
            Older
          </a>
        </p>
      )}
    </Shell>
  );
}

const when = (at: Date, zone: string) => `${shortDay(dayIn(at, zone))}, ${timeIn(at, zone)}`;

function Row({ row, zone, isSent }: { row: OutboxRow; zone: string; isSent: boolean }) {
  return (
    <tr>
      <td>
        {row.toName}
        <div class="muted small">{row.address}</div>
      </td>
      <td>
        {row.purpose === "invitation" ? <a href={`/outbox/${row.id}`}>{row.subject}</a> : row.subject}
        <div class="muted small">{purposes[row.purpose]}</div>
      </td>
      <td>{when(row.createdAt, zone)}</td>
      <td>
        <State row={row} zone={zone} isSent={isSent} />
      </td>
    </tr>
  );
}

function State({ row, zone, isSent }: { row: OutboxRow; zone: string; isSent: boolean }) {
  if (row.sentAt) return <span class="tag kept">Sent {when(row.sentAt, zone)}</span>;
  if (row.state === "used") return <span class="tag kept">Link used</span>;
  if (!isSent) return <span class="tag watch">Not sent</span>;
  if (row.state === "too old") return <span class="tag">Too old, not sent</span>;
  const again = (
    <form method="post" action={`/outbox/${row.id}/retry`}>
      <button class="link">Try again now</button>
    </form>
  );
  if (row.state === "given up")
    return (
      <>
        <span class="tag missed">Could not be sent</span>
        <div class="muted small">{row.problem}</div>
        {again}
      </>
    );
  return (
    <>
      <span class="tag">Waiting</span>
      {row.problem && (
        <>
          <div class="muted small">
            Try {row.attempts} of 5 failed: {row.problem} {row.nextTryAt && `Next try ${when(row.nextTryAt, zone)}.`}
          </div>
          {again}
        </>
      )}
    </>
  );
}

export function MailPage({ c, ctx, mail, isSent }: { c: Request; ctx: Ctx; mail: MailOfOutbox; isSent: boolean }) {
  const state = {
    works: `It works once${mail.expiresAt ? `, until ${fullDay(dayIn(mail.expiresAt, ctx.viewer.timeZone))}` : ""}.`,
    used: "It has been used. A new invitation makes a new link.",
    ended: "It does not work any more. A new invitation makes a new link.",
  }[mail.linkState];
  return (
    <Shell c={c} title="Invitation" current="set-up">
      <Head title={`Invitation for ${mail.toName}`} lead={mail.address ?? ""} readers="Admins and the invited person can read this." />
      {mail.link && mail.linkState === "works" && (
        <section class="sheet pad stack">
          <div>
            <h2>Their link</h2>
            <p class="muted">
              {isSent ? "It goes out by mail." : "No mail server is set, so nothing was sent: hand this link over yourself."} {state}{" "}
              Whoever has it can sign in as {mail.toName}: give it to nobody else.
            </p>
          </div>
          <code class="token">{mail.link}</code>
          <div>
            <copy-button value={mail.link}>
              <button class="btn" type="button">
                Copy the link
              </button>
            </copy-button>
          </div>
        </section>
      )}
      {mail.linkState !== "works" && <div class="notice">{state}</div>}
      <section class="sheet pad stack">
        <h2>{mail.subject}</h2>
        <pre class="letter">{mail.linkState === "works" ? mail.words : mail.words.replace(mail.link ?? "", "(the link)")}</pre>
      </section>
      <p>
        <a href="/outbox">All mail</a>
      </p>
    </Shell>
  );
}
