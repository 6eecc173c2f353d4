import type { App } from "../platform/context.ts";

/** Puts a job into the queue, unless one of that key waits there already. */
export async function askFor(app: App, task: string, key: string): Promise<void> {
  await app.database.ownerPool.query("select graphile_worker.add_job($1, '{}'::json, queue_name => $1, job_key => $2, max_attempts => 5)", [
    task,
    key,
  ]);
}
