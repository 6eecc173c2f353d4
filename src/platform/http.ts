import { Hono } from "hono";
import type { Context as HonoContext } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { App, Ctx } from "./context.ts";
import { ctxFor } from "./context.ts";
import { type NavigationCounts, navigationCounts } from "./navigation-counts.ts";
import { newId } from "./new-id.ts";
import type { Viewer } from "./viewer.ts";

export interface Vars {
  Variables: {
    app: App;
    ctx: Ctx;
    viewer: Viewer | null;
    secureHeadersNonce?: string;
    requestId: string;
    arrivedAt: number;
    counts?: NavigationCounts;
    /** The route as a part loaded later names it. */
    route?: string;
  };
  Bindings: {
    incoming?: { socket?: { remoteAddress?: string } };
    /** The same request before a part loaded later. */
    outer?: Request;
  };
}
export type Http = Hono<Vars>;
export type Request = HonoContext<Vars>;

const formLimit = 2 * 2 ** 20;

/** The application every page and API route is hung on: who asks, what may be sent back, what is written down. */
export function makeHttp(app: App): Http {
  const http = new Hono<Vars>();
  http.use(async (c, next) => {
    const started = performance.now();
    c.set("app", app);
    c.set("requestId", newId());
    c.set("arrivedAt", Date.now());
    await next();
    if (c.req.path.startsWith("/assets/")) return;
    app.log.info(
      {
        request: c.get("requestId"),
        method: c.req.method,
        route: routeOf(c),
        status: c.res.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      "request",
    );
  });
  http.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", NONCE],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
      referrerPolicy: "same-origin",
      xFrameOptions: "DENY",
      strictTransportSecurity: app.env.publicUrl?.startsWith("https:") ? "max-age=31536000" : false,
      permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [] },
    }),
  );
  http.use(async (c, next) => {
    // Nothing is called so: the database could not look it up, and no answer could lead there.
    if (c.req.path.includes("%00") && !c.req.path.startsWith("/api/")) throw new NotFound();
    await next();
  });
  http.use(async (c, next) => (c.req.path.startsWith("/api/") ? next() : sameOrigin(app)(c, next)));
  http.use(async (c, next) => (hasOwnLimit.test(c.req.path) ? next() : limit(c, next)));
  return http;
}

export const routeOf = (c: Request): string => c.get("route") ?? c.req.routePath;

const hasOwnLimit = /^\/import|^\/api\/v1\/(import|(opportunities|activities|quotas|forecasts)$)/;
const limit = bodyLimit({ maxSize: formLimit, onError: (c) => c.text("That is more than one form can hold (2 MB).", 413) });

const sameOrigin = (app: App) =>
  csrf({
    origin: (origin, c) => origin === new URL(c.req.url).origin || (app.env.publicUrl !== undefined && origin === app.env.publicUrl),
  });

/** Sets `viewer`, and `ctx` when somebody is signed in. */
export function findViewer(http: Http): void {
  http.use(async (c, next) => {
    if (c.req.path.startsWith("/assets/") || c.req.path.startsWith("/api/")) return next();
    const app = c.get("app");
    const viewer = await app.signIn.viewerOf(c.req.raw.headers, app.clock.now().toISOString().slice(0, 10));
    c.set("viewer", viewer);
    if (viewer) c.set("ctx", ctxFor(app, viewer));
    // Also after a post: a form with something to mend is shown as a page.
    if (viewer && (c.req.header("accept") ?? "").includes("text/html")) c.set("counts", await navigationCounts(app, viewer));
    await next();
  });
}

/** The signed-in request's context; somebody who is not signed in is sent to the sign-in page and comes back afterwards. */
export function ctxOf(c: Request): Ctx {
  const ctx = c.get("ctx");
  if (ctx) return ctx;
  const wantsPage = c.req.method === "GET" && (c.req.header("accept") ?? "").includes("text/html");
  if (!wantsPage) throw new HTTPException(401, { message: "You are not signed in any more. Sign in again: what you typed is still here." });
  const { pathname, search } = new URL(c.req.url);
  throw new HTTPException(401, { res: c.redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`, 303) });
}

export function clientOf(c: Request): string {
  const forwarded = c.get("app").env.publicUrl ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return forwarded || c.env?.incoming?.socket?.remoteAddress || "127.0.0.1";
}

export const deviceOf = (c: Request): { client: string; userAgent: string } => ({
  client: clientOf(c),
  userAgent: c.req.header("user-agent") ?? "",
});

export class NotFound extends HTTPException {
  constructor(what = "This page") {
    super(404, { message: `${what} is not here, or it is not yours to see.` });
  }
}
