import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** CPU time of a process so far, all its threads together, in ms. */
export function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // The thread has ended.
    }
  }
  return nanoseconds / 1e6;
}

export const rssOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;

/** The part of it that is files read in, above all Node itself: the same pages serve every Node on the machine. */
export const fileBackedOf = (pid: number): number =>
  Number(/RssFile:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;

/** Memory that is a process's alone, with its share of what it has in common with others. */
function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The database server of a data folder and all its children. */
export function postgresOf(folder: string): number[] {
  const main = Number(readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      parents.set(
        Number(name),
        Number(
          readFileSync(`/proc/${name}/stat`, "utf8")
            .replace(/^.*\) /, "")
            .split(" ")[1],
        ),
      );
    } catch {
      // It ended meanwhile.
    }
  }
  return [main, ...[...parents].filter(([, parent]) => parent === main).map(([pid]) => pid)];
}

export const wholePss = (pid: number, folder: string): number => [pid, ...postgresOf(folder)].reduce((sum, one) => sum + pssOf(one), 0);
