import { Logger, parseCronItems, run, type Runner, type TaskList } from "graphile-worker";
import { signalsOf } from "../live/signals.ts";
import type { App } from "../platform/context.ts";
import { keepBackTestJob, keepBackTestsJob } from "./keep-back-tests.ts";
import { keepForecastsJob } from "./keep-forecasts.ts";
import { askFor } from "./ask-for.ts";
import { importJob, resumeImports } from "./run-imports.ts";
import { missMeetingsJob } from "./miss-meetings.ts";
import { askForNumbers, markOutdatedJob, recomputeNumbersJob } from "./recompute-numbers.ts";
import { planMeetingsJob } from "./plan-meetings.ts";
import { sendAgendasJob } from "./send-agendas.ts";
import { sendMailJob } from "./send-mail.ts";

type Job = (app: App, payload: unknown) => Promise<unknown>;

const jobs: Record<string, Job> = {
  import_apply: importJob,
  import_check: importJob,
  keep_back_test: keepBackTestJob,
  keep_back_tests: keepBackTestsJob,
  keep_forecasts: keepForecastsJob,
  mark_outdated_numbers: markOutdatedJob,
  miss_meetings: missMeetingsJob,
  plan_meetings: planMeetingsJob,
  recompute_numbers: recomputeNumbersJob,
  send_agendas: sendAgendasJob,
  send_mail: sendMailJob,
};

/** One at a time of each, however many processes run: the queue has the name of the job, and a waiting one is not doubled. */
const each = (task: string, match: string) => ({
  task,
  match,
  options: { queueName: task, jobKey: `cron ${task}`, maxAttempts: 5 },
});

const crontab = () =>
  parseCronItems([
    each("keep_back_tests", "15 2 * * *"),
    each("keep_forecasts", "*/5 * * * *"),
    each("mark_outdated_numbers", "3 * * * *"),
    each("miss_meetings", "*/5 * * * *"),
    each("plan_meetings", "30 1 * * *"),
    each("recompute_numbers", "*/10 * * * *"),
    each("send_agendas", "*/10 * * * *"),
    each("send_mail", "*/15 * * * *"),
  ]);

/** Runs a job, and says how it went; an error goes back to the queue, which tries again later and later. */
const taskOf =
  (app: App, name: string, job: Job): TaskList[string] =>
  async (payload, { job: { attempts, max_attempts } }) => {
    const started = performance.now();
    try {
      await job(app, payload);
      app.log.debug({ job: name, ms: Math.round(performance.now() - started) }, "job done");
    } catch (error) {
      const { name: kind, message, code } = error as Error & { code?: string };
      const causes =
        error instanceof AggregateError ? error.errors.map((one: Error & { code?: string }) => one.code ?? one.name) : undefined;
      app.log.error({ job: name, attempts, of: max_attempts, kind, code, causes, message: code ? undefined : message }, "job failed");
      throw error;
    }
  };

/** The queue's own words, in our log: only what goes wrong. */
const loggerOf = (app: App): Logger =>
  new Logger(() => (level, message) => {
    if (level === "error") app.log.error({ queue: message }, "queue");
    else if (level === "warning") app.log.warn({ queue: message }, "queue");
  });

/** Works off the queue on this database until it is stopped; what runs then is finished first. Several processes share one queue. */
export async function startJobs(app: App, more: Record<string, Job> = {}): Promise<{ stop(): Promise<void> }> {
  const taskList = Object.fromEntries(Object.entries({ ...jobs, ...more }).map(([name, job]) => [name, taskOf(app, name, job)]));
  const pool = app.database.ownerPool;
  // A connection that breaks reports through the query that uses it; the queue asks that somebody listens all the same.
  if (pool.listenerCount("connect") === 0) pool.on("connect", (client) => client.on("error", () => {}));
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 5_000,
    logger: loggerOf(app),
    taskList,
    parsedCronItems: crontab(),
  });
  runner.promise.catch((error: Error) => app.log.error({ message: error.message }, "queue stopped"));
  await signalsOf(app).onChannel("kept_numbers_due", soon(app));
  await catchUp(app);
  await resumeImports(app);
  return { stop: () => runner.stop().catch(() => {}) };
}

/** What came due while nothing ran is done now, not at the next round. */
async function catchUp(app: App): Promise<void> {
  for (const task of ["plan_meetings", "miss_meetings", "send_agendas", "keep_forecasts", "mark_outdated_numbers"])
    await askFor(app, task, `cron ${task}`);
}

const pauseMs = 200;

/** Numbers have come due, said at a commit: several at once are one errand. */
function soon(app: App): () => void {
  let waiting = false;
  const ask = () => {
    waiting = false;
    askForNumbers(app).catch((error: Error) => app.log.warn({ message: error.message }, "numbers not asked for"));
  };
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(ask, pauseMs).unref();
  };
}
