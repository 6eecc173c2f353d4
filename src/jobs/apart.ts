import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";

const words = 2000;

/**
 * Runs a command of Kept in a process of its own that gives way to others, so that pages do not wait for long sums; where there is
 * no built command, as in tests, the same is done here. It ends with this program: what it had finished by then is kept.
 */
export async function apart(args: readonly string[], inside: () => Promise<unknown>): Promise<void> {
  const cli = join(import.meta.dirname, "cli.js");
  if (!existsSync(cli)) return void (await inside());
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  const end = () => void child.kill();
  process.once("SIGTERM", end).once("SIGINT", end);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-words)));
  try {
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", () => giveWay(child.pid));
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        if (code === 0 || signal === "SIGTERM") resolve();
        else reject(Object.assign(new Error(`${args[0]}: ${said.trim() || `ended with ${signal ?? code}`}`), { name: "CommandError" }));
      });
    });
  } finally {
    process.off("SIGTERM", end).off("SIGINT", end);
  }
}

function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, 10);
  } catch {
    // It ended at once, or this system has no such thing: it works all the same.
  }
}
