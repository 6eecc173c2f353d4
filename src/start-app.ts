import { signalsOf } from "./live/signals.ts";
import { makeClock } from "./platform/clock.ts";
import type { App } from "./platform/context.ts";
import { claim, connectAsOwner, Database, useBeside } from "./platform/database.ts";
import type { Env } from "./platform/env.ts";
import { makeLog } from "./platform/log.ts";
import { migrate } from "./platform/migrate.ts";
import { startPostgres } from "./platform/postgres.ts";
import { readSecret } from "./platform/secret.ts";
import { makeSignIn } from "./platform/sign-in.ts";

export interface Running {
  app: App;
  notes: string[];
  stop(): Promise<void>;
}

interface Base {
  url: string;
  notes: string[];
  release(): Promise<void>;
}

/** The database's address: a server of the user's own, or the embedded one, which then is ours alone. */
async function openBase(env: Env, share: boolean): Promise<Base> {
  if (env.databaseUrl) return { url: env.databaseUrl, notes: [], release: async () => {} };
  const server = await startPostgres(env.dataFolder);
  if (share) {
    const use = await useBeside(server.url);
    const release = async () => {
      const { wasLast } = await use.leave();
      if (wasLast && !server.wasRunning) await server.stop();
    };
    return { url: server.url, notes: server.notes, release };
  }
  const claimed = await claim(server.url, env.dataFolder);
  const release = async () => {
    await claimed.end();
    await server.stop();
  };
  return { url: server.url, notes: server.notes, release };
}

/** Database, migrations, sign-in: all that pages, jobs and commands stand on. */
export async function startApp(env: Env, { share = false } = {}): Promise<Running> {
  const base = await openBase(env, share);
  try {
    const secret = await connectAsOwner(base.url, async (client) => {
      await migrate(client);
      return readSecret(client);
    });
    const database = new Database(base.url);
    const app: App = { env, clock: makeClock(env.frozenAt), database, log: makeLog(env), signIn: makeSignIn(database, env, secret) };
    const signals = signalsOf(app);
    await signals.start();
    const stop = async () => {
      await signals.stop();
      await database.close();
      await base.release();
    };
    return { app, notes: base.notes, stop };
  } catch (error) {
    await base.release();
    throw error;
  }
}
