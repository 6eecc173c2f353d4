import { HTTPException } from "hono/http-exception";
import { PlainPage, Shell } from "../parts/shell.tsx";
import { render } from "../parts/render.tsx";
import { type DatabaseRefusal, databaseRefusal } from "../platform/database-refusal.ts";
import type { Http, Request } from "../platform/http.ts";

const isPage = (c: Request) => (c.req.header("accept") ?? "").includes("text/html");

function problem(c: Request, title: string, words: string, status: 403 | 404 | 409 | 422 | 500): Response {
  if (!isPage(c)) return c.json({ error: words }, status);
  const body = (
    <div class="stack">
      <h1>{title}</h1>
      <p>{words}</p>
      <p>
        <a href="/">Go to your week</a>
      </p>
    </div>
  );
  return render(
    c,
    c.get("viewer") ? (
      <Shell c={c} title={title}>
        {body}
      </Shell>
    ) : (
      <PlainPage c={c} title={title}>
        {body}
      </PlainPage>
    ),
    status,
  );
}

const cannotBeKept: [string, string, 422] = [
  "This cannot be kept",
  "Something in it is of a kind or size that cannot be stored, or names what is not here any more. Go back: what you typed is still there.",
  422,
];
const refusals: Record<DatabaseRefusal, [title: string, words: string, status: 403 | 409 | 422]> = {
  closed: ["The meeting is closed", "Its record is locked. Add a remark beneath it instead.", 409],
  "not yours": ["Not for you to see or do", "This is not yours to do.", 403],
  "not storable": cannotBeKept,
  "not known": cannotBeKept,
};

/** What people see when something is not there, not theirs, or broken. Never a stack, never anybody's words. */
export function problems(http: Http): void {
  http.notFound((c) => problem(c, "Nothing here", "This page does not exist. Perhaps the link is old.", 404));
  http.onError((error, c) => {
    if (error instanceof HTTPException) {
      // The answer as it was made: getResponse() would send a redirect with the status of the error, and no browser follows that.
      if (error.res) return error.res;
      if (error.status === 404) return problem(c, "Nothing here", error.message, 404);
      if (error.status === 403) return problem(c, "Not for you to see or do", error.message || "This request was refused.", 403);
      return isPage(c)
        ? c.text(error.message || "This request was refused.", error.status)
        : c.json({ error: error.message }, error.status);
    }
    const refusal = databaseRefusal(error);
    const { code } = error as { code?: string };
    const about = { request: c.get("requestId"), route: c.req.routePath, code };
    if (refusal) {
      // A page checks before it asks: what gets as far as this was made by hand, or is a check that is missing.
      if (refusal !== "closed") c.get("app").log.warn(about, "refused by the database");
      return problem(c, ...refusals[refusal]);
    }
    c.get("app").log.error(
      {
        ...about,
        kind: error.name,
        message: code ? undefined : error.message,
        stack: error.stack?.split("\n").slice(1, 6).join("\n"),
      },
      "failed",
    );
    return problem(
      c,
      "Something broke",
      `It was our fault, and nothing you saved is lost. Try again; if it stays, tell your admin this number: ${c.get("requestId")}.`,
      500,
    );
  });
}
