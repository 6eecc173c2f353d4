import { unconfirmedIn } from "../../domain/commitments/commitment-queries.ts";
import { followConfirmationLink } from "../../domain/commitments/confirmation-link.ts";
import { confirmCommitments } from "../../domain/commitments/confirm-commitments.ts";
import { meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { render } from "../../parts/render.tsx";
import { PlainPage } from "../../parts/shell.tsx";
import { shortDay } from "../../parts/words.ts";
import { todayOf } from "../../platform/clock.ts";
import { type Ctx, ctxFor } from "../../platform/context.ts";
import type { Http, Request } from "../../platform/http.ts";
import { readViewer } from "../../platform/sign-in.ts";

/** The link in the summary: shows what was promised to the one person it was mailed to, and takes their yes. */
export function routes(http: Http): void {
  http.get("/confirm/:token", show);
  http.post("/confirm/:token", confirm);
}

async function follow(c: Request): Promise<{ ctx: Ctx; meetingId: string } | undefined> {
  const app = c.get("app");
  const link = await followConfirmationLink(app, c.req.param("token") ?? "");
  if (!link) return undefined;
  const { meetingId, ...whose } = link;
  const viewer = await readViewer(app.database, { ...whose, sessionId: null, today: todayOf(app) });
  return viewer ? { ctx: ctxFor(app, viewer), meetingId } : undefined;
}

function expired(c: Request): Response {
  return render(
    c,
    <PlainPage c={c} title="This link has ended">
      <div class="stack">
        <h1>This link has ended</h1>
        <p>Sign in instead: your promises wait for you under Commitments.</p>
        <p>
          <a class="btn primary" href="/sign-in?next=/commitments">
            Sign in
          </a>
        </p>
      </div>
    </PlainPage>,
    404,
  );
}

async function show(c: Request): Promise<Response> {
  const found = await follow(c);
  if (!found) return expired(c);
  const { ctx, meetingId } = found;
  const { meeting, waiting } = await ctx.tx(async (db) => {
    const seen = await meetingForViewer(db, ctx, meetingId);
    return { meeting: seen, waiting: await unconfirmedIn(db, ctx.viewer.orgId, meetingId, seen.side) };
  });
  return render(
    c,
    <PlainPage c={c} title="Confirm">
      <div class="stack">
        <div>
          <h1>{waiting.length > 0 ? "Is this what you two promised?" : "All confirmed"}</h1>
          <p class="muted">
            {meeting.kindName} with {meeting.otherName}. This link is yours alone, {ctx.viewer.name}.
          </p>
        </div>
        {waiting.map((one) => (
          <div>
            <b>{one.words}</b>
            <div class="small muted">
              {one.ownerName} · by {shortDay(one.dueOn)}
            </div>
          </div>
        ))}
        {waiting.length > 0 ? (
          <form method="post" action={`/confirm/${c.req.param("token")}`} class="stack">
            <div>
              <button class="btn primary">Yes, I confirm</button>
            </div>
            <p class="small muted">
              Something is wrong here? Do not confirm. Sign in and add a remark to the record, or say so at your next one-on-one.
            </p>
          </form>
        ) : (
          <p>It comes back at your next one-on-one, where you both say how it went.</p>
        )}
      </div>
    </PlainPage>,
  );
}

async function confirm(c: Request): Promise<Response> {
  const found = await follow(c);
  if (!found) return expired(c);
  await confirmCommitments(found.ctx, found.meetingId);
  return c.redirect(`/confirm/${c.req.param("token")}`, 303);
}
