// The figures of docs/benchmarks.md, each beside a bound measured in the same run. Ends by itself: about half an hour, of which most are a million rows and five million changes.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type Figure, megabytes, pause, quantile, seconds } from "./figures.ts";
import { measureAsOf } from "./measure-as-of.ts";
import { measureBackTest } from "./measure-back-test.ts";
import { measurePhone, measureScripts, measureSlider } from "./measure-browser.ts";
import { measureImport, measureMillion } from "./measure-import.ts";
import { measureNumbers } from "./measure-numbers.ts";
import { measureGrowth, measurePages } from "./measure-pages.ts";
import { measurePush } from "./measure-push.ts";
import { measureLoss, measureRoom } from "./measure-room.ts";
import { fileBackedOf, rssOf, wholePss } from "./processes.ts";
import { makeSetting, type Setting, settle, timeStarts } from "./setting.ts";

// Whatever hangs, this run does not.
const longest = 100 * 60_000;
setTimeout(() => {
  console.error("The benchmark took longer than a hundred minutes and was stopped.");
  process.exit(1);
}, longest).unref();

const started = performance.now();
const missing = "What does not reach its aim";
const pages = "Pages at 1,000 reps, 200,000 opportunities, 1 million changes";
/** What was written before: with words given (`npm run bench -- memory push`) only sections with one of them are measured anew. */
const file = join(import.meta.dirname, "..", "docs", "benchmarks.md");
const asked = process.argv.slice(2).map((word) => word.toLowerCase());
const isAsked = (title: string): boolean => asked.length === 0 || asked.some((word) => title.toLowerCase().includes(word));
const before = new Map(
  readFileSync(file, "utf8")
    .split("\n## ")
    .slice(1)
    .map((block) => [block.slice(0, block.indexOf("\n")), block.trimEnd()]),
);
const blocks: string[] = [];
let isMixed = false;

const block = (title: string, figures: readonly Figure[]): string =>
  [
    title,
    "",
    "| figure | measured | aim | reached | bound |",
    "|---|---|---|---|---|",
    ...figures.map(
      ({ what, measured, aim, reached, bound }) =>
        `| ${what} | ${measured} | ${aim} | ${reached === undefined ? "–" : reached ? "yes" : "**no**"} | ${bound ?? "–"} |`,
    ),
  ].join("\n");

async function section(title: string, work: () => Promise<Figure[]> | Figure[], { isRare = false } = {}): Promise<void> {
  const then = before.get(title);
  if (then !== undefined && (isRare ? !asked.includes(title.toLowerCase()) : !isAsked(title))) {
    blocks.push(then);
    isMixed = true;
    return;
  }
  const begun = performance.now();
  const figures = await work();
  blocks.push(block(title, figures));
  console.log(`\n${title} (${seconds(performance.now() - begun)})`);
  for (const { what, measured, aim, bound, reached } of figures)
    console.log(`  ${reached === false ? "✗" : reached ? "✓" : "·"} ${what}: ${measured} (aim ${aim}${bound ? `; ${bound}` : ""})`);
}

const { folder, times } = await timeStarts();
await section("Start", () => [
  { what: "Start to first page, new folder", measured: seconds(times.fresh), aim: "≤ 5 s", reached: times.fresh <= 5000 },
  {
    what: "Start to first page, existing folder",
    measured: seconds(quantile(times.existing, 0.5)),
    aim: "≤ 1.5 s",
    reached: quantile(times.existing, 0.5) <= 1500,
  },
]);
await section("Scripts", measureScripts);

const setting = await makeSetting(folder);
try {
  const forecasting = isAsked(pages) || isAsked("Memory") ? await settle(setting) : 0;
  const idle = { rss: rssOf(setting.kept.pid), whole: wholePss(setting.kept.pid, folder) };
  await section(pages, () => measurePages(setting, forecasting));
  const loaded = { rss: rssOf(setting.kept.pid), whole: wholePss(setting.kept.pid, folder) };
  // Twice as long as it takes the program to see that nobody is at work.
  if (isAsked("Memory")) await pause(45_000);
  await section("Memory", () => memory(setting, idle, loaded));
  await section("Growth", () => measureGrowth(setting));
  await section("Slow phone", () => measurePhone(setting));
  await section("Small gains", () => measureSlider(setting));
  await section("The room", () => measureRoom());
  await section("Nothing lost", () => measureLoss());
  await section("Import", () => measureImport());
  await section("Push", () => measurePush());
  await section("A past day, and five thousand deals of one viewer", () => measureAsOf());
  await section("Everybody's numbers as the company grows", () => measureNumbers());
  await section("Back-test", () => measureBackTest());
  // An hour by itself, most of it the making of that company: only when it is asked for by its whole name.
  await section("Ten thousand reps with five million opportunities", () => measureNumbers(undefined, 10_000), { isRare: true });
  await section("Import of a million rows", () => measureMillion());
} finally {
  await setting.end();
}

interface Held {
  rss: number;
  whole: number;
}

function memory({ kept }: Setting, idle: Held, loaded: Held): Figure[] {
  const node = `${megabytes(fileBackedOf(kept.pid))} of it are pages of Node's own files`;
  return [
    {
      what: "Memory of the app, idle after a start",
      measured: megabytes(idle.rss),
      bound: node,
      aim: "≤ 90 MB",
      reached: idle.rss <= 90 * 2 ** 20,
    },
    { what: "Memory of the app, under that load", measured: megabytes(loaded.rss), aim: "≤ 160 MB", reached: loaded.rss <= 160 * 2 ** 20 },
    { what: "Memory of the app, forty-five seconds after that load", measured: megabytes(rssOf(kept.pid)), aim: "falls again" },
    {
      what: "Memory of the whole with its database (PSS), idle / under that load",
      measured: `${megabytes(idle.whole)} / ${megabytes(loaded.whole)}`,
      aim: "≤ 200 MB",
      reached: loaded.whole <= 200 * 2 ** 20,
    },
  ];
}

const rows = blocks.flatMap((text) => text.split("\n")).map((line) => line.split(" | "));
const good = rows.filter(([, , , reached]) => reached === "yes").length;
const missed = rows.filter(([, , , reached]) => reached === "**no**");
const total = good + missed.length;
const [processor] = cpus();
const page = [
  "# Benchmarks",
  "",
  `Written by \`npm run bench\` on ${cpus().length} × ${processor?.model.trim()}, ${megabytes(totalmem())} of memory, Node ${process.versions.node}.`,
  `${good} of ${total} aims reached. A bound is the least that the same machine can do, measured in the same run: compare with that.`,
  ...(isMixed ? ["Not all sections were measured in one run."] : []),
  ...blocks.flatMap((text) => ["", `## ${text}`]),
  ...(missed.length > 0
    ? ["", `## ${missing}`, "", ...missed.map(([what, measured, aim]) => `- ${what?.replace(/^\| /, "")}: ${measured}, aim ${aim}.`)]
    : []),
  "",
].join("\n");
writeFileSync(file, page);
console.log(`\n${good} of ${total} aims reached, in ${seconds(performance.now() - started)}; written to docs/benchmarks.md.`);
process.exit(0);
