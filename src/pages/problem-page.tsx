import { HTTPException } from "hono/http-exception";
import { PlainPage, Shell } from "../parts/shell.tsx";
import { render } from "../parts/render.tsx";
import type { Http, Request } from "../platform/http.ts";

const isPage = (c: Request) => (c.req.header("accept") ?? "").includes("text/html");

function problem(c: Request, title: string, words: string, status: 403 | 404 | 500 | 409): Response {
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
    const { code } = error as { code?: string };
    if (code === "KE001") return problem(c, "The meeting is closed", "Its record is locked. Add a remark beneath it instead.", 409);
    c.get("app").log.error(
      {
        request: c.get("requestId"),
        route: c.req.routePath,
        code,
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
