import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { connectAsOwner } from "../../src/platform/database.ts";
import { migrate } from "../../src/platform/migrate.ts";
import { startPostgres } from "../../src/platform/postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    templateUrl: string;
  }
}

const withDatabase = (url: string, name: string) => url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);

/** One server for all tests (KEPT_TEST_DATABASE_URL, or the embedded one) with one migrated template, cloned by each test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env.KEPT_TEST_DATABASE_URL;
  const folder = outside ? undefined : mkdtempSync(join(tmpdir(), "kept-test-"));
  if (folder) chmodSync(folder, 0o711);
  const server = folder ? await startPostgres(folder) : undefined;
  const admin = outside ?? withDatabase(server?.url ?? "", "postgres");
  const template = `kept_template_${process.pid}`;
  await onServer(admin, `create database ${template}`);
  const templateUrl = withDatabase(admin, template);
  await connectAsOwner(templateUrl, (client) => migrate(client));
  project.provide("templateUrl", templateUrl);
  return async () => {
    const { rows } = await onServer(admin, `select datname from pg_database where datname like 'kept_test_${process.pid}_%'`);
    for (const { datname } of rows) await onServer(admin, `drop database ${datname} with (force)`);
    await onServer(admin, `drop database ${template} with (force)`);
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
}

async function onServer(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
