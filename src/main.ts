import { printWelcome } from "./platform/welcome.ts";
import { readEnv } from "./platform/env.ts";
import { PlainError } from "./platform/plain-error.ts";
import { listen, makeServer } from "./server.ts";
import { serveNotes } from "./live/note-socket.ts";
import { tidyMemory, tidyWhenQuiet } from "./platform/tidy-memory.ts";
import { startApp } from "./start-app.ts";
import { startJobs } from "./jobs/start-jobs.ts";

const graceful = 10_000;

/** One clear line for what the reader can mend; everything else with its stack. */
export function explain(error: unknown): never {
  if (error instanceof PlainError) console.error(error.hint ? `${error.message} ${error.hint}` : error.message);
  else console.error(error);
  process.exit(1);
}

async function main(): Promise<void> {
  const env = readEnv();
  const running = await startApp(env);
  const { app } = running;
  let stopping = false;
  const server = await listen(makeServer(app), env).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  const notes = await serveNotes(server, app);
  const jobs = env.role === "web" ? undefined : await startJobs(app);
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), graceful).unref();
    notes.stop();
    server.close();
    server.closeAllConnections();
    await jobs?.stop();
    await running.stop();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
  await printWelcome(app, server, running.notes);
  setTimeout(tidyMemory, 500).unref();
  tidyWhenQuiet();
}

main().catch(explain);
