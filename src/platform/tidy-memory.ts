import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Clears away what starting left behind: by itself V8 does so only once it needs the room, and a quiet program never does. */
export function tidyMemory(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  // The hardest kind: it also gives compiled code back that only starting needed.
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}

const lookEveryMs = 20_000;
/** Of processor time in that while: more, and somebody is at work. */
const quietMs = 200;
const worthWhile = 2 * 2 ** 20;

/** Does so again whenever work of the background or of people has left something behind and it has been quiet since. */
export function tidyWhenQuiet(): void {
  let tidied = process.memoryUsage.rss();
  let cpu = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    cpu = process.cpuUsage();
    if ((user + system) / 1000 > quietMs || process.memoryUsage.rss() < tidied + worthWhile) return;
    tidyMemory();
    tidied = process.memoryUsage.rss();
    cpu = process.cpuUsage();
  }, lookEveryMs).unref();
}
