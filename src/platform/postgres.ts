import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { PlainError } from "./plain-error.ts";
import { assertRunnable, type Binaries, copyBinaries, findBinaries, isReachableByAll } from "./postgres-binaries.ts";
import { findUnprivilegedUser, type UnprivilegedUser } from "./postgres-user.ts";

export interface Server {
  /** Connection string of the owner of the database. */
  url: string;
  /** Where its data really lies, which root may have had to move. */
  folder: string;
  notes: string[];
  /** It was running before: a Kept is using it, or one was killed. */
  wasRunning: boolean;
  stop(): Promise<void>;
}

interface Place {
  folder: string;
  binaries: Binaries;
  user: UnprivilegedUser | undefined;
  notes: string[];
}

const sharedHome = "/var/lib/kept";
const leastFreeBytes = 150 * 2 ** 20;
const settings = [
  "listen_addresses=",
  "unix_socket_permissions=0700",
  "max_connections=60",
  "shared_buffers=40MB",
  "work_mem=8MB",
  "maintenance_work_mem=64MB",
  "max_wal_size=512MB",
  "wal_compression=on",
  "jit=off",
  "log_min_messages=warning",
  "log_timezone=UTC",
  "timezone=UTC",
];

function existingAncestor(path: string): string {
  return existsSync(path) ? path : existingAncestor(dirname(path));
}

function choosePlace(dataFolder: string): Place {
  const user = findUnprivilegedUser();
  const binaries = findBinaries();
  if (!user) return { folder: dataFolder, binaries, user, notes: [] };
  const notes: string[] = [];
  const place: Place = { folder: dataFolder, binaries, user, notes };
  if (!isReachableByAll(binaries.folder, statSync)) {
    place.binaries = copyBinaries(binaries, sharedHome);
    notes.push(`PostgreSQL runs as ${user.name}, who cannot reach ${binaries.folder}: a copy in ${sharedHome} is used.`);
  }
  if (!isReachableByAll(existingAncestor(dirname(dataFolder)), statSync)) {
    place.folder = join(sharedHome, `data-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`);
    notes.push(`PostgreSQL runs as ${user.name}, who cannot reach ${dataFolder}: the data is in ${place.folder}.`);
  }
  return place;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new PlainError(`The data folder ${folder} cannot be made: ${(error as Error).message}.`);
  }
}

function assertRoom(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = Number(bavail) * Number(bsize);
  if (free < leastFreeBytes)
    throw new PlainError(
      `The disk of ${folder} is full: ${Math.floor(free / 2 ** 20)} MB are free and Kept needs ${leastFreeBytes / 2 ** 20} MB.`,
    );
}

const identity = (user: UnprivilegedUser | undefined) => (user ? { uid: user.uid, gid: user.gid } : {});

/** initdb into a folder beside, then one rename: a half-made cluster is never taken for a whole one. */
function makeCluster(place: Place, cluster: string): void {
  const unfinished = `${cluster}.new-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (place.user) chownSync(unfinished, place.user.uid, place.user.gid);
  const args = [
    "-D",
    unfinished,
    "-U",
    "postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
  const made = spawnSync(place.binaries.initdb, args, { ...identity(place.user), cwd: "/", encoding: "utf8" });
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    const reason = (made.stderr || made.error?.message || "").trim().split("\n").at(-1) ?? "";
    throw new PlainError(`The database could not be made in ${place.folder}: ${reason}`);
  }
  try {
    renameSync(unfinished, cluster);
  } catch {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

interface Running {
  pid: number;
  socketFolder: string;
}

function readPidFile(cluster: string): Running | undefined {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!isAlive(pid) || !isPostgres(pid)) return undefined;
    return { pid, socketFolder: lines[4]?.trim() ?? "" };
  } catch {
    return undefined;
  }
}

/** After a power cut the number in the file may be another program's by now; a killed server nobody has asked after is none either. */
function isPostgres(pid: number): boolean {
  try {
    const [, name, state] = /^\d+ \((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === "postgres" && state !== "Z" && state !== "X";
  } catch {
    return process.platform !== "linux";
  }
}

/** A socket path may have 107 bytes; a longer data folder gets a short one of its own. */
function chooseSocketFolder(cluster: string, user: UnprivilegedUser | undefined): string {
  if (Buffer.byteLength(cluster) < 85) return cluster;
  const short = join(tmpdir(), `kept-${createHash("sha256").update(cluster).digest("hex").slice(0, 12)}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  if (user) chownSync(short, user.uid, user.gid);
  return short;
}

const urlOf = (socketFolder: string, database: string) =>
  `postgres://postgres@/${database}?host=${encodeURIComponent(socketFolder)}&port=5432`;

async function waitUntilReady(url: string, hasDied: () => string | undefined): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      client.end().catch(() => {});
      const reason = hasDied();
      if (reason !== undefined) throw new PlainError(`The database did not start: ${reason}`);
      if (tries > 1200) throw new PlainError(`The database did not answer within a minute: ${(error as Error).message}`);
      await sleep(tries < 40 ? 15 : 50);
    }
  }
}

async function makeDatabase(socketFolder: string): Promise<string> {
  const client = new pg.Client({ connectionString: urlOf(socketFolder, "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'kept'");
    if (!rowCount) await client.query("create database kept");
  } catch (error) {
    if ((error as { code?: string }).code !== "42P04" && (error as { code?: string }).code !== "23505") throw error;
  } finally {
    await client.end();
  }
  return urlOf(socketFolder, "kept");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Asks the server to stop at once but cleanly, and waits until it has. */
async function stopServer(pid: number, cluster: string): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGINT");
  for (let waited = 0; waited < 30_000 && isAlive(pid) && existsSync(join(cluster, "postmaster.pid")); waited += 20) await sleep(20);
}

function lastLine(file: string, from: number): string {
  try {
    const lines = readFileSync(file).subarray(from).toString().trim().split("\n");
    return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? "";
  } catch {
    return "";
  }
}

/**
 * Starts the embedded PostgreSQL in `dataFolder`, or adopts the one that a killed Kept left running there.
 * Only one Kept may use a folder: that is decided by a lock inside the database (see `claim`).
 */
export async function startPostgres(dataFolder: string, patientUntil = performance.now() + 10_000): Promise<Server> {
  const place = choosePlace(dataFolder);
  makeFolder(place.folder);
  assertRunnable(place.binaries);
  const cluster = join(place.folder, "postgres");
  if (!existsSync(cluster)) {
    assertRoom(place.folder);
    makeCluster(place, cluster);
  }
  const left = readPidFile(cluster);
  if (left) {
    try {
      await waitUntilReady(urlOf(left.socketFolder, "postgres"), () => (readPidFile(cluster)?.pid === left.pid ? undefined : "it stopped"));
    } catch (error) {
      // It was going down as we came: now there is room for one of our own.
      if (readPidFile(cluster)?.pid === left.pid) throw error;
      return startPostgres(dataFolder, patientUntil);
    }
    return {
      url: await makeDatabase(left.socketFolder),
      folder: place.folder,
      notes: place.notes,
      wasRunning: true,
      stop: () => stopServer(left.pid, cluster),
    };
  }
  assertRoom(place.folder);
  const socketFolder = chooseSocketFolder(cluster, place.user);
  const logFile = join(place.folder, "postgres.log");
  const logFrom = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, "a", 0o600);
  const args = ["-D", cluster, "-k", socketFolder, ...settings.flatMap((setting) => ["-c", setting])];
  // Detached: Ctrl-C at the terminal reaches Kept alone, which stops its database last.
  const child = spawn(place.binaries.postgres, args, { ...identity(place.user), cwd: "/", detached: true, stdio: ["ignore", log, log] });
  child.unref();
  let died: string | undefined;
  child.once("error", (error) => (died = error.message));
  child.once("exit", () => (died ??= lastLine(logFile, logFrom)));
  try {
    await waitUntilReady(urlOf(socketFolder, "postgres"), () => died);
  } catch (error) {
    const other = readPidFile(cluster);
    if (other && other.pid !== child.pid) return startPostgres(dataFolder, patientUntil);
    // A server killed a moment ago is still being cleared away by the system.
    if (!/postmaster\.pid" already exists|shared memory block/.test(died ?? "") || performance.now() > patientUntil) throw error;
    await sleep(200);
    return startPostgres(dataFolder, patientUntil);
  }
  const pid = child.pid as number;
  return {
    url: await makeDatabase(socketFolder),
    folder: place.folder,
    notes: place.notes,
    wasRunning: false,
    stop: () => stopServer(pid, cluster),
  };
}
