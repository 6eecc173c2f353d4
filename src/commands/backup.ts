import { resolve } from "node:path";
import { writeBackup } from "../platform/backup.ts";
import { readEnv } from "../platform/env.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startApp } from "../start-app.ts";

/** `backup FILE`: beside a running Kept or without one. */
export async function backup(args: string[]): Promise<void> {
  const [file] = args;
  if (!file) throw new PlainError("Say where the backup is to be written: npm run kept -- backup kept.tar.gz");
  const running = await startApp(readEnv(), { share: true });
  try {
    const started = performance.now();
    const { tables, rows } = await writeBackup(running.app.database.url, resolve(process.env.INIT_CWD ?? ".", file), new Date());
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`Backed up ${rows.toLocaleString("en-US")} rows of ${tables} tables to ${file} in ${seconds} s.`);
  } finally {
    await running.stop();
  }
}
