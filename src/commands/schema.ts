import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsOwner } from "../platform/database.ts";
import { dumpSchema, dumpTypes } from "../platform/dump-schema.ts";
import { migrate } from "../platform/migrate.ts";
import { startPostgres } from "../platform/postgres.ts";
import { projectRoot } from "../platform/project-root.ts";

/** Applies all migrations to a database of its own and writes down what they made. */
export async function schema(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kept-schema-"));
  (await import("node:fs")).chmodSync(folder, 0o711);
  const server = await startPostgres(folder);
  try {
    await connectAsOwner(server.url, async (client) => {
      await migrate(client);
      writeFileSync(join(projectRoot, "db", "schema.sql"), await dumpSchema(client));
      writeFileSync(join(projectRoot, "src", "platform", "schema-types.ts"), await dumpTypes(client));
    });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
