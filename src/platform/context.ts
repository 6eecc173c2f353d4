import type { Clock } from "./clock.ts";
import type { Database, Db, Identity } from "./database.ts";
import type { Env } from "./env.ts";
import type { Log } from "./log.ts";
import type { SignIn } from "./sign-in.ts";
import type { Viewer } from "./viewer.ts";

/** What the whole program shares. */
export interface App {
  env: Env;
  clock: Clock;
  database: Database;
  log: Log;
  signIn: SignIn;
}

/** What one request, job or command works with: passed on, never global. */
export interface Ctx extends App {
  viewer: Viewer;
  /** One transaction as the viewer. */
  tx<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

export function ctxFor(app: App, viewer: Viewer): Ctx {
  const identity = (): Identity => ({ orgId: viewer.orgId, personId: viewer.personId, actor: "person", now: app.clock.now() });
  return { ...app, viewer, tx: (work) => app.database.as(identity(), work) };
}

/** A transaction for a job, an import or the making of an organisation: no person acts. */
export function asActor<T>(
  app: App,
  actor: "job" | "numbers" | "import" | "set-up",
  orgId: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  return app.database.as({ orgId, personId: null, actor, now: app.clock.now() }, work);
}
