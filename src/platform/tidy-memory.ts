import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { type: "major" | "minor"; execution: "sync"; flavor?: "last-resort" }) => void;

function collector(): Collect {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as Collect;
}

/** Clears away what starting left behind: by itself V8 does so only once it needs the room, and a quiet program never does. */
export function tidyMemory(): void {
  // The hardest kind: it also gives compiled code back that only starting needed.
  collector()({ type: "major", execution: "sync", flavor: "last-resort" });
}

const pieceBytes = 8 * 2 ** 20;

/**
 * For work that passes many bytes on and makes little else: V8 does not count buffers that nobody holds any more until there are
 * 64 MB of them. Say of each how long it was; after every 8 MB those are given back, which takes about a millisecond.
 */
export function tidyPassing(): (bytes: number) => void {
  const collect = collector();
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (passed < pieceBytes) return;
    collect({ type: "minor", execution: "sync" });
    passed = 0;
  };
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
