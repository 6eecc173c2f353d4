import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { type DatabaseRefusal, databaseRefusal } from "../platform/database-refusal.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Vars } from "../platform/http.ts";

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 500;

export interface FieldProblem {
  /** Where: the name of a parameter, or a JSON pointer into the body. */
  at: string;
  detail: string;
}

const titles: Record<Status, string> = {
  400: "The request cannot be read",
  401: "No token, or one that opens nothing",
  403: "Not yours to do",
  404: "Not here, or not yours to see",
  405: "Not something this can do",
  409: "Not possible any more",
  413: "Too large",
  422: "Something in it cannot be used",
  429: "Too many requests",
  500: "Our fault",
};

/** An answer that says what went wrong, as RFC 9457 has it. */
export function problem(c: Context<Vars>, status: Status, detail: string, errors: FieldProblem[] = []): Response {
  const body = { type: "about:blank", title: titles[status], status, detail, ...(errors.length > 0 ? { errors } : {}) };
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json", "cache-control": "no-store" });
}

const refusals: Record<DatabaseRefusal, [Status, string]> = {
  closed: [409, "The meeting is not open: its record is locked, or it has not begun."],
  "not yours": [403, "This is not yours to do."],
  "not storable": [422, "A value is of a kind or size that cannot be stored."],
  "not known": [422, "Something named here does not exist, or breaks a rule of what may be stored."],
};

/** Whatever a handler throws, as a problem. Nothing of the database's own words gets out. */
export function problemOf(error: Error, c: Context<Vars>): Response {
  if (error instanceof Refusal) return problem(c, 422, error.message, [{ at: `/${error.field}`, detail: error.message }]);
  if (error instanceof HTTPException) {
    const status = error.status in titles ? (error.status as Status) : 400;
    return problem(c, status, error.message || titles[status]);
  }
  const refusal = databaseRefusal(error);
  if (refusal) return problem(c, ...refusals[refusal]);
  const { code } = error as { code?: unknown };
  const { stack } = error;
  c.get("app").log.error(
    {
      request: c.get("requestId"),
      route: c.req.routePath,
      code: String(code ?? ""),
      kind: error.name,
      stack: stack?.split("\n").slice(1, 6).join("\n"),
    },
    "failed",
  );
  return problem(c, 500, `Nothing you saved is lost. Tell your admin this number: ${c.get("requestId")}.`);
}
