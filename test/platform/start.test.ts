import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { findUnprivilegedUser } from "../../src/platform/postgres-user.ts";
import { type Instance, makeDataFolder, runKept, runMain, startInstance } from "../support/instance.ts";

// The built program itself, as a person starts it: `npm run build` comes first.
const folders: string[] = [];
const running: Instance[] = [];
const folderOf = (name?: string) => {
  const folder = makeDataFolder(name);
  folders.push(folder);
  return folder;
};
async function start(options: Parameters<typeof startInstance>[0] = {}): Promise<Instance> {
  const instance = await startInstance({ folder: folderOf(), ...options });
  running.push(instance);
  return instance;
}

afterAll(async () => {
  for (const instance of running) await instance.stop();
  for (const folder of folders) {
    await stopLeftover(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

const pidFile = (folder: string) => join(folder, "postgres", "postmaster.pid");
const postgresOf = (folder: string) => (existsSync(pidFile(folder)) ? Number(readFileSync(pidFile(folder), "utf8").split("\n")[0]) : null);
/** A process that has ended and that nobody has asked after yet counts as gone. */
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

async function stopLeftover(folder: string): Promise<void> {
  const pid = postgresOf(folder);
  if (!pid || !isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
}

const databaseIn = (folder: string) => `postgres://postgres@/kept?host=${encodeURIComponent(join(folder, "postgres"))}&port=5432`;
const isHealthy = async (url: string) => (await fetch(`${url}/healthz`)).status === 200;
const lines = (output: string) => output.trim().split("\n").filter(Boolean);

describe("starting", () => {
  test("prints the address and, while there is no company, a set-up link; answers /healthz", async () => {
    const kept = await start();
    expect(kept.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(kept.setUpUrl).toMatch(/\/welcome\/[\w-]{20,}$/);
    expect(await (await fetch(`${kept.url}/healthz`)).json()).toEqual({ status: "ok" });
    expect((await fetch(kept.setUpUrl ?? "")).status).toBe(200);
    await kept.stop();
  });

  test("twice in one folder: the second says one clear line, ends with an error, and the first goes on", async () => {
    const kept = await start();
    const second = await runMain({ folder: kept.folder });
    expect(second.code).toBe(1);
    expect(lines(second.output)).toEqual([expect.stringMatching(/data folder .* is in use by another Kept/)]);
    expect(await isHealthy(kept.url)).toBe(true);
    await kept.stop();
  });

  test("on a port that is taken says so in one line and leaves no database running", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const folder = folderOf();
    const { code, output } = await runMain({ folder, env: { PORT: String(port) } });
    server.close();
    expect(code).toBe(1);
    expect(lines(output)).toEqual([expect.stringMatching(new RegExp(`Port ${port} .* is taken`))]);
    expect(existsSync(pidFile(folder))).toBe(false);
  });

  test("on a database of a newer Kept says so in one line", async () => {
    const kept = await start();
    await kept.stop();
    const again = await start({ folder: kept.folder });
    const client = new pg.Client({ connectionString: databaseIn(kept.folder) });
    await client.connect();
    await client.query("insert into kept_internal.migration (number, name, checksum) values (9999, 'from-the-future', 'x')");
    await client.end();
    await again.stop();
    const { code, output } = await runMain({ folder: kept.folder });
    expect(code).toBe(1);
    expect(lines(output)).toEqual([expect.stringMatching(/made by a newer Kept \(schema 9999/)]);
    expect(existsSync(pidFile(kept.folder))).toBe(false);
  });

  test("with a setting that cannot be used names it in one line", async () => {
    for (const [env, words] of [
      [{ PORT: "many" }, /PORT/],
      [{ KEPT_NOW: "yesterday" }, /KEPT_NOW=yesterday is not an instant/],
      [{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, /database cannot be reached/],
    ] as const) {
      const { code, output } = await runMain({ folder: folderOf(), env });
      expect(code).toBe(1);
      expect(lines(output)).toEqual([expect.stringMatching(words)]);
    }
  });

  test("in a folder with a long path works: its socket lies elsewhere", async () => {
    const base = folderOf();
    const deep = join(base, "a".repeat(60), "b".repeat(60));
    mkdirSync(deep, { recursive: true, mode: 0o711 });
    expect(Buffer.byteLength(deep)).toBeGreaterThan(107);
    const kept = await start({ folder: deep });
    expect(await isHealthy(kept.url)).toBe(true);
    await kept.stop();
    expect(existsSync(pidFile(deep))).toBe(false);
  });
});

describe("stopping", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("%s ends it with 0 and leaves no database running", async (signal) => {
    const kept = await start();
    const pid = postgresOf(kept.folder) ?? 0;
    expect(isAlive(pid)).toBe(true);
    await kept.stop(signal);
    expect(kept.child.exitCode).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(pidFile(kept.folder))).toBe(false);
  });

  test("kill -9, then a start again, takes the database over as it was left", async () => {
    const kept = await start();
    const client = new pg.Client({ connectionString: databaseIn(kept.folder) });
    await client.connect();
    await client.query("insert into kept_internal.setting values ('left behind', 'yes')");
    await client.end();
    const before = postgresOf(kept.folder);
    await kept.stop("SIGKILL");
    expect(isAlive(before ?? 0)).toBe(true);
    const again = await start({ folder: kept.folder });
    expect(postgresOf(kept.folder)).toBe(before);
    const reader = new pg.Client({ connectionString: databaseIn(kept.folder) });
    await reader.connect();
    expect((await reader.query("select value from kept_internal.setting where key = 'left behind'")).rows).toEqual([{ value: "yes" }]);
    await reader.end();
    expect(await isHealthy(again.url)).toBe(true);
    await again.stop();
    expect(isAlive(before ?? 0)).toBe(false);
  });

  test("kill -9 of both, then a start again, recovers what was committed", async () => {
    const kept = await start();
    const pid = postgresOf(kept.folder) ?? 0;
    await kept.stop("SIGKILL");
    process.kill(pid, "SIGKILL");
    for (let tries = 0; tries < 200 && isAlive(pid); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    const again = await start({ folder: kept.folder });
    expect(await isHealthy(again.url)).toBe(true);
    expect(again.setUpUrl).toBeDefined();
    await again.stop();
  });
});

describe("backup and restore at the command line", () => {
  test("beside a running Kept into a new folder, which then starts", async () => {
    const kept = await start();
    const file = join(kept.folder, "kept.tar.gz");
    const saved = await runKept(["backup", file], { folder: kept.folder });
    expect(saved).toMatchObject({ code: 0, output: expect.stringMatching(/^Backed up [\d,]+ rows of \d+ tables/) });
    expect(await isHealthy(kept.url)).toBe(true);
    const refused = await runKept(["restore", file], { folder: kept.folder });
    expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/in use by another Kept/) });
    const empty = folderOf();
    const restored = await runKept(["restore", file], { folder: empty });
    expect(restored).toMatchObject({ code: 0, output: expect.stringMatching(/^Restored [\d,]+ rows/) });
    expect(existsSync(pidFile(empty))).toBe(false);
    await kept.stop();
    const again = await start({ folder: empty });
    expect(await isHealthy(again.url)).toBe(true);
    await again.stop();
  });
});

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)("as root", () => {
  test("the database runs as somebody else, and its files are theirs alone", async () => {
    const kept = await start();
    const status = readFileSync(`/proc/${postgresOf(kept.folder)}/status`, "utf8");
    expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).toBe(String(findUnprivilegedUser()?.uid));
    await kept.stop();
  });

  test("an ordinary user can start it too", async () => {
    const user = findUnprivilegedUser();
    const folder = folderOf();
    chownSync(folder, user?.uid ?? 0, user?.gid ?? 0);
    chmodSync(folder, 0o700);
    const kept = await start({ folder, uid: user?.uid, gid: user?.gid });
    expect(await isHealthy(kept.url)).toBe(true);
    await kept.stop();
  });

  test("a full disk is said in one line", async () => {
    const folder = folderOf();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m,mode=711", "tmpfs", folder]);
    // A container may not mount: then the room is measured on a folder that says it has none.
    if (mounted.status !== 0) {
      console.log("A full disk was not tried: this machine does not let tests mount one.");
      return;
    }
    try {
      const { code, output } = await runMain({ folder });
      expect(code).toBe(1);
      expect(lines(output)).toEqual([expect.stringMatching(/disk of .* is full: \d+ MB are free/)]);
    } finally {
      spawnSync("umount", [folder]);
    }
  });
});
