import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { holderOf } from "../domain/tokens/token-queries.ts";
import { ctxFor } from "../platform/context.ts";
import { clientOf, type Vars } from "../platform/http.ts";
import { problem, problemOf } from "./problem.ts";
import { RateLimit } from "./rate-limit.ts";

export type Api = OpenAPIHono<Vars>;

export const perMinute = 600;
const failuresPerMinute = 60;

/** Headers are read in small letters, and told as people write them. */
const nameOf = (parameter: string): string => (parameter === "idempotency-key" ? "Idempotency-Key" : parameter);

/** The part of /api/v1 everything hangs on: who asks, how often, and what a refusal looks like. */
export function makeApi(): Api {
  const api: Api = new OpenAPIHono<Vars>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const isBody = result.target === "json";
      const errors = result.error.issues.map(({ path, message }) => ({
        at: isBody ? `/${path.map(String).join("/")}` : nameOf(String(path[0] ?? "")),
        detail: message,
      }));
      const first = errors[0];
      return problem(c, isBody ? 422 : 400, first ? `${first.at}: ${first.detail}` : "The request cannot be read.", errors);
    },
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "A personal token (kept_…), made on the page Account → API tokens. It may read and write what its person may.",
  });
  api.onError(problemOf);
  return api;
}

/** Whoever holds the token, for the routes after it. */
export function byToken(): MiddlewareHandler<Vars> {
  const uses = new RateLimit(perMinute);
  const failures = new RateLimit(failuresPerMinute);
  return async (c, next) => {
    const app = c.get("app");
    const now = performance.now();
    const given = /^Bearer +(kept_[\w-]{20,100})$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const holder = given ? await holderOf(app.database, given, app.clock.now()) : null;
    if (!holder) {
      const { allowed, resetsIn } = failures.take(clientOf(c), now);
      c.header("www-authenticate", 'Bearer realm="kept"');
      if (allowed) return problem(c, 401, "Send a token of yours: Authorization: Bearer kept_…");
      c.header("retry-after", String(resetsIn));
      return problem(c, 429, `Too many tries without a good token. Wait ${resetsIn} s.`);
    }
    const { allowed, left, resetsIn } = uses.take(holder.tokenId, now);
    c.header("ratelimit-limit", String(perMinute));
    c.header("ratelimit-remaining", String(left));
    c.header("ratelimit-reset", String(resetsIn));
    if (!allowed) {
      c.header("retry-after", String(resetsIn));
      return problem(c, 429, `A token may ask ${perMinute} times a minute. Wait ${resetsIn} s.`);
    }
    c.set("ctx", ctxFor(app, holder.viewer));
    c.header("cache-control", "no-store");
    return next();
  };
}

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ at: z.string(), detail: z.string() })).optional(),
  })
  .openapi("Problem");

const problemAnswer = (description: string) => ({ description, content: { "application/problem+json": { schema: Problem } } });

/** What every operation may answer besides what was asked for. */
export const refusals = {
  400: problemAnswer("A parameter cannot be read"),
  401: problemAnswer("No token, or one that opens nothing"),
  403: problemAnswer("Not yours to do"),
  404: problemAnswer("Not here, or not yours to see"),
  409: problemAnswer("Not possible any more"),
  422: problemAnswer("Something in the body cannot be used"),
  429: problemAnswer("Too many requests"),
};

export const security = [{ token: [] }];

export { createRoute, z };
