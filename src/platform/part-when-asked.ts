import { Hono } from "hono";
import type { Http, Vars } from "./http.ts";

/**
 * Routes that are put together when somebody first asks for one of these paths: what few people open seldom is not kept in memory
 * by everybody's program. Who asks, what has gone wrong and what is not there is settled where all others are.
 */
export function partWhenAsked(http: Http, paths: readonly string[], load: () => Promise<(part: Http) => void>): void {
  let loaded: Promise<Http> | undefined;
  for (const path of paths)
    http.all(path, async (c) => {
      const part = await (loaded ??= load().then(makePart));
      return part.fetch(c.req.raw, { ...c.env, outer: c });
    });
}

function makePart(fill: (part: Http) => void): Http {
  const part = new Hono<Vars>();
  part.use(async (c, next) => {
    const { outer } = c.env;
    if (!outer) return next();
    for (const key of Object.keys(outer.var) as (keyof typeof outer.var)[]) c.set(key, outer.var[key]);
    try {
      await next();
    } finally {
      outer.set("route", c.req.routePath);
    }
  });
  part.onError((error) => {
    throw error;
  });
  part.notFound((c) => c.env.outer?.notFound() ?? c.text("Not found", 404));
  fill(part);
  return part;
}
