import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../src/platform/project-root.ts";

/** The built program in a process of its own, on a free port, with a data folder of its own. */
export interface Instance {
  url: string;
  /** Where nobody has set it up yet. */
  setUpUrl: string | undefined;
  folder: string;
  /** How long the start waited for its last line, in ms: no part of the start itself. */
  waited: number;
  pid: number;
  child: ChildProcess;
  /** All it has said so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it and throws its data away. */
  discard(): Promise<void>;
}

interface Options {
  env?: NodeJS.ProcessEnv;
  folder?: string;
  uid?: number;
  gid?: number;
}

/** A folder that PostgreSQL's own user can reach too. */
export function makeDataFolder(name = "kept-instance-"): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, 0o711);
  return folder;
}

export interface Ended {
  code: number | null;
  output: string;
}

/** What `npm start` sets, and what it gives to Node. */
const [, settings = "", given = ""] =
  /((?:[A-Z_]+=\S+ )*)exec node ((?:--\S+ )*)dist\/server\/main\.js/.exec(readFileSync(join(projectRoot, "package.json"), "utf8")) ?? [];
const words = (text: string): string[] => text.split(" ").filter(Boolean);
const startSettings = Object.fromEntries(words(settings).map((setting) => setting.split("=")));

function spawnProgram(program: "main" | "cli", args: string[], { env = {}, folder, uid, gid }: Options) {
  const child = spawn(
    process.execPath,
    [...(program === "main" ? words(given) : []), join(projectRoot, "dist", "server", `${program}.js`), ...args],
    {
      cwd: projectRoot,
      env: {
        ...process.env,
        ...(program === "main" ? startSettings : {}),
        PORT: "0",
        KEPT_LOG: "warn",
        DATABASE_URL: "",
        KEPT_NOW: "",
        ...(folder ? { KEPT_DATA: folder } : {}),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      ...(uid === undefined ? {} : { uid, gid }),
    },
  );
  let output = "";
  const take = (bytes: Buffer) => void (output += bytes.toString());
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, output })));
  return { child, ended, output: () => output };
}

/** A command line of `npm run kept --`, to its end. */
export const runKept = (args: string[], options: Options = {}): Promise<Ended> => spawnProgram("cli", args, options).ended;

/** A start that is expected to fail. */
export const runMain = (options: Options = {}): Promise<Ended> => spawnProgram("main", [], options).ended;

export async function startInstance(options: Options = {}): Promise<Instance> {
  const folder = options.folder ?? makeDataFolder();
  const { child, ended, output } = spawnProgram("main", [], { ...options, folder });
  const ready = new Promise<void>((resolve) => {
    const look = () => {
      if (/Kept is ready: \S+\n/.test(output())) resolve();
    };
    child.stdout.on("data", look);
  });
  await Promise.race([
    ready,
    ended.then(({ code, output: said }) => {
      throw new Error(`Kept ended with ${code} before it was ready: ${said}`);
    }),
  ]);
  // The set-up link comes right after the address.
  const waited = 60;
  await new Promise((resolve) => setTimeout(resolve, waited));
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url: (/Kept is ready: (\S+)/.exec(output())?.[1] ?? "").replace("localhost", "127.0.0.1"),
    setUpUrl: /works once: (\S+)/.exec(output())?.[1]?.replace("localhost", "127.0.0.1"),
    folder,
    waited,
    pid: child.pid ?? 0,
    child,
    output,
    stop,
    discard: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
