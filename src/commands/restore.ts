import { resolve } from "node:path";
import { claim } from "../platform/database.ts";
import { readEnv } from "../platform/env.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startPostgres } from "../platform/postgres.ts";
import { restoreBackup } from "../platform/restore.ts";

/** `restore FILE`: into an empty data folder, or the empty database of DATABASE_URL. */
export async function restore(args: string[]): Promise<void> {
  const [name] = args;
  if (!name) throw new PlainError("Say which backup is to be restored: npm run kept -- restore kept.tar.gz");
  const env = readEnv();
  const file = resolve(process.env.INIT_CWD ?? ".", name);
  if (env.databaseUrl) return report(await restoreBackup(env.databaseUrl, file), "the database of DATABASE_URL");
  const server = await startPostgres(env.dataFolder);
  const claimed = await claim(server.url, env.dataFolder);
  try {
    report(await restoreBackup(server.url, file), server.folder);
  } finally {
    await claimed.end();
    await server.stop();
  }
}

const report = ({ rows, tables }: { rows: number; tables: number }, where: string): void =>
  console.log(`Restored ${rows.toLocaleString("en-US")} rows of ${tables} tables into ${where}. Start Kept as usual.`);
