import { Hono } from "hono";
import type { Http, Request, Vars } from "../platform/http.ts";

type Bindings = Vars["Bindings"] & { outer: Request };

/** The API, put together when somebody first asks for it: its schemas are a tenth of what the program would otherwise keep in memory. */
export function apiWhenAsked(http: Http): void {
  let loaded: Promise<Hono<{ Bindings: Bindings; Variables: Vars["Variables"] }>> | undefined;
  const answer = async (c: Request): Promise<Response> => {
    const part = await (loaded ??= load());
    return part.fetch(c.req.raw, { ...c.env, outer: c });
  };
  http.all("/api/v1/*", answer);
  http.get("/api", answer);
}

async function load() {
  const { makeApiPart } = await import("./routes.ts");
  const part = new Hono<{ Bindings: Bindings; Variables: Vars["Variables"] }>();
  part.use(async (c, next) => {
    const { outer } = c.env;
    for (const key of Object.keys(outer.var) as (keyof typeof outer.var)[]) c.set(key, outer.var[key]);
    await next();
    outer.set("route", c.req.routePath);
  });
  part.route("/", makeApiPart());
  return part;
}
