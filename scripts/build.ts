// Builds the server and the browser's files into dist/. With --if-changed only when a source is newer than the last build.
import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
process.chdir(root);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of [...filesBelow("src"), "scripts/build.ts", "package-lock.json"]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex");
}

const keptMs = 7 * 86_400_000;

/**
 * A server that runs, and a page that is open, ask for parts of their own build when somebody first needs them: those stay beside
 * the new ones for a week. Their names hold a hash of what is in them.
 */
function keepEarlierParts(): void {
  for (const folder of ["server", "browser/assets"]) {
    if (!existsSync(`dist/${folder}`)) continue;
    for (const name of readdirSync(`dist/${folder}`)) {
      const [from, to] = [`dist/${folder}/${name}`, `${beside}/${folder}/${name}`];
      if (existsSync(to) || !/-[\w-]{8}\./.test(name) || Date.now() - statSync(from).mtimeMs > keptMs) continue;
      cpSync(from, to, { preserveTimestamps: true });
    }
  }
}

const stamp = "dist/stamp";
const now = fingerprint();
if (process.argv.includes("--if-changed") && existsSync(stamp) && readFileSync(stamp, "utf8") === now) process.exit(0);

// Beside, then one rename: a program that starts meanwhile finds a whole build.
const beside = `dist-${process.pid}`;
rmSync(beside, { recursive: true, force: true });
await build({
  configFile: false,
  logLevel: "warn",
  root,
  publicDir: false,
  build: {
    outDir: `${beside}/browser`,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: "src/browser/app.ts", room: "src/browser/room.ts", gains: "src/browser/gains.ts", style: "src/browser/style.css" },
    },
  },
});
await build({
  configFile: false,
  logLevel: "warn",
  root,
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  resolve: { alias: { cosmiconfig: join(root, "src/platform/no-settings-files.ts") } },
  ssr: { noExternal: true, external: ["pg", "pg-copy-streams", "pino", "ws", "nodemailer"] },
  build: {
    ssr: true,
    outDir: `${beside}/server`,
    target: "node26",
    minify: false,
    rolldownOptions: {
      input: { main: "src/main.ts", cli: "src/cli.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        // The running program keeps its source in memory: without white space and long local names it is half as large. Names of
        // functions stay, for stacks.
        minify: { compress: false, mangle: { toplevel: false, keepNames: true }, codegen: true },
      },
    },
  },
});
// A single letter beyond Latin doubles what the source takes in memory: such letters are written as escapes.
for (const file of filesBelow(`${beside}/server`).filter((name) => name.endsWith(".js"))) {
  const text = readFileSync(file, "utf8").replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeFileSync(file, text);
}
for (const file of filesBelow(`${beside}/browser`).filter((name) => /\.(js|css|svg)$/.test(name))) {
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
keepEarlierParts();
writeFileSync(`${beside}/stamp`, now);
rmSync("dist", { recursive: true, force: true });
renameSync(beside, "dist");
