import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import type { App, Ctx } from "../../src/platform/context.ts";
import { connectAsOwner, Database } from "../../src/platform/database.ts";
import { readEnv } from "../../src/platform/env.ts";
import { makeLog } from "../../src/platform/log.ts";
import { readSecret } from "../../src/platform/secret.ts";
import { makeSignIn } from "../../src/platform/sign-in.ts";
import { signalsOf } from "../../src/live/signals.ts";
import { makeServer } from "../../src/server.ts";
import type { Http } from "../../src/platform/http.ts";

export interface TestApp extends App {
  /** Moves the clock of this application. */
  setNow(now: string | Date): void;
  http: Http;
  /** A request as the signed-in person of `ctx`, or as nobody. */
  request(path: string, options?: RequestOptions): Promise<Response>;
}

interface RequestOptions {
  as?: Ctx | { cookie: string };
  method?: string;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
}

const serverOf = (templateUrl: string) => ({
  admin: templateUrl.replace(/\/kept_template_(\d+)/, "/postgres"),
  pid: /kept_template_(\d+)/.exec(templateUrl)?.[1] ?? "",
});

/** A whole application on a database of its own, cloned from the template. Call it once at the top of a test file. */
export async function makeTestApp(env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const templateUrl = inject("templateUrl");
  const { admin, pid } = serverOf(templateUrl);
  const name = `kept_test_${pid}_${randomBytes(5).toString("hex")}`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  for (let tries = 0; ; tries++) {
    try {
      await client.query(`create database ${name} template kept_template_${pid}`);
      break;
    } catch (error) {
      // Another file clones the template at this moment.
      if (tries > 50 || (error as { code?: string }).code !== "55006") throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
    }
  }
  await client.end();
  const url = templateUrl.replace(`kept_template_${pid}`, name);
  let now = new Date("2026-03-02T09:00:00Z");
  const settings = readEnv({ KEPT_LOG: "silent", ...env });
  const database = new Database(url, 6);
  const secret = await connectAsOwner(url, readSecret);
  const app: App = {
    env: settings,
    clock: { now: () => new Date(now) },
    database,
    log: makeLog(settings),
    signIn: makeSignIn(database, settings, secret),
  };
  const http = makeServer(app);
  afterAll(async () => {
    await signalsOf(app).stop();
    await database.close();
  });
  return { ...app, http, setNow: (value) => (now = new Date(value)), request: (path, options) => send(app, http, path, options) };
}

async function send(app: App, http: Http, path: string, options: RequestOptions = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: "text/html", origin: "http://localhost", ...options.headers };
  if (options.as) headers.cookie = await cookieOf(app, options.as);
  const body = options.form ? new URLSearchParams(options.form).toString() : options.body;
  if (options.form) headers["content-type"] = "application/x-www-form-urlencoded";
  return http.request(`http://localhost${path}`, {
    method: options.method ?? (body === undefined ? "GET" : "POST"),
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

const cookies = new WeakMap<object, string>();

async function cookieOf(app: App, who: Ctx | { cookie: string }): Promise<string> {
  if ("cookie" in who) return who.cookie;
  const known = cookies.get(who.viewer);
  if (known) return known;
  const person = await app.database.auth
    .selectFrom("person")
    .select(["org_id", "id", "name", "email", "user_id"])
    .where("id", "=", who.viewer.personId)
    .executeTakeFirstOrThrow();
  const set = await app.signIn.openSession({
    orgId: person.org_id,
    id: person.id,
    name: person.name,
    email: person.email ?? `${person.id}@example.com`,
    userId: person.user_id,
  });
  const cookie = set.split(";")[0] ?? "";
  cookies.set(who.viewer, cookie);
  return cookie;
}
