import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { connectAsOwner } from "../src/platform/database.ts";
import { dumpSchema, dumpTypes } from "../src/platform/dump-schema.ts";
import { projectRoot } from "../src/platform/project-root.ts";
import { makeTestApp } from "./support/test-app.ts";

const src = join(projectRoot, "src");
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

const read = (file: string) => readFileSync(join(src, file), "utf8");

interface Import {
  from: string;
  /** Path within src, or the name of a package. */
  to: string;
}

/** Every import of ours, types too: a type is a dependency like any other. */
function importsOf(file: string): Import[] {
  const found = read(file).matchAll(
    /^\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm,
  );
  return [...found].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    return { from: file, to: name.startsWith(".") ? relative(src, resolve(src, dirname(file), name)) : name };
  });
}

const imports = files.flatMap(importsOf);
const own = imports.filter(({ to }) => files.includes(to));
const room = (path: string) => (path.includes("/") ? (path.split("/")[0] ?? "") : path.replace(/\.tsx?$/, ""));

/** What each room may take from. The top of the house (main, cli, server, start-app) may take from everywhere. */
const mayImport: Record<string, string[]> = {
  method: [],
  platform: [],
  // Below the domain: a mail is laid out and queued within the transaction that causes it.
  mail: ["platform", "method"],
  domain: ["method", "platform", "mail"],
  parts: ["platform", "method"],
  browser: ["method"],
  live: ["platform", "domain", "method"],
  imports: ["platform", "domain", "method"],
  jobs: ["platform", "domain", "method", "mail", "imports", "live"],
  commands: ["platform", "domain", "method", "imports", "mail"],
  pages: ["platform", "domain", "method", "parts", "imports", "mail", "live"],
  api: ["platform", "domain", "method", "imports", "parts"],
};
const top = new Set(["main", "cli", "server", "start-app"]);

describe("the rooms of the house", () => {
  test("there are imports to look at", () => {
    expect(own.length).toBeGreaterThan(100);
  });

  test("every room is known", () => {
    expect([...new Set(files.map(room))].filter((name) => !top.has(name) && !(name in mayImport))).toEqual([]);
  });

  test("a room takes only from the rooms beneath it", () => {
    const wrong = own.filter(({ from, to }) => {
      const [here, there] = [room(from), room(to)];
      // A command may start the program it belongs to.
      if (top.has(here) || here === there || (here === "commands" && top.has(there))) return false;
      return !mayImport[here]?.includes(there);
    });
    expect(wrong.map(({ from, to }) => `${from} takes from ${to}`)).toEqual([]);
  });

  test("the method needs nothing of the server, so that it runs in the browser too", () => {
    const outside = imports.filter(
      ({ from, to }) =>
        from.startsWith("method/") && (/^(node:|pg|kysely|hono|@hono)/.test(to) || (files.includes(to) && room(to) !== "method")),
    );
    expect(outside).toEqual([]);
  });

  test("what only some need is loaded when they ask for it, so that a quiet program stays small", () => {
    const atOnce = files.flatMap((file) =>
      [...read(file).matchAll(/^(?:import|export)\b(?! type\b)[^;'"]*?from\s*["']([^"']+)["']/gm)].map(([, name = ""]) => ({
        from: file,
        to: name.startsWith(".") ? relative(src, resolve(src, dirname(file), name)) : name,
      })),
    );
    const reached = new Set(["main.ts"]);
    for (const file of reached) for (const { from, to } of atOnce) if (from === file) reached.add(to);
    expect(reached.size).toBeGreaterThan(200);
    // Pages and the domain take z from "zod"; the others are imported with import() where they are needed.
    expect([...reached].filter((name) => /^pages\/(agendas|imports|process|quotas|set-up)\//.test(name))).toEqual([]);
    expect([...reached].filter((name) => /^(better-auth|nodemailer|@hono\/zod-openapi|csv-parse|ical.js|yjs)(\/|$)/.test(name))).toEqual(
      [],
    );
  });

  test("SQL is in the domain and the platform, never in a page or a part", () => {
    const asks = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql[<`]|from "(kysely|pg)"/;
    expect(files.filter((file) => /^(pages|parts|api|browser|method)\//.test(file) && asks.test(read(file)))).toEqual([]);
  });

  test("nothing but the clock reads the clock in domain and pages", () => {
    const wrong = files.filter(
      (file) => /^(domain|pages|api|method|imports)\//.test(file) && /new Date\(\)|Date\.now\(\)|Temporal\.Now/.test(read(file)),
    );
    expect(wrong).toEqual([]);
  });

  test("files are named after what is in them and short enough to read", () => {
    const vague = files.filter((file) => /(^|\/)(index|utils?|helpers?|common|service|manager|misc)\.tsx?$/.test(file));
    expect(vague).toEqual([]);
    const wrongCase = files.filter((file) => !/^[a-z0-9./-]+$/.test(file));
    expect(wrongCase).toEqual([]);
    const generated = new Set(["platform/schema-types.ts"]);
    const long = files.filter((file) => !generated.has(file) && read(file).split("\n").length > 301);
    expect(long).toEqual([]);
  });

  test("the types are not silenced", () => {
    expect(files.filter((file) => /:\s*any\b|\bas any\b|<any>|@ts-(ignore|expect-error|nocheck)/.test(read(file)))).toEqual([]);
  });
});

describe("the schema", () => {
  test("db/schema.sql and the row types are what the migrations make", async () => {
    const app = await makeTestApp();
    await connectAsOwner(app.database.url, async (client) => {
      // When these differ: npm run schema.
      expect(await dumpSchema(client)).toBe(readFileSync(join(projectRoot, "db", "schema.sql"), "utf8"));
      expect(await dumpTypes(client)).toBe(readFileSync(join(src, "platform", "schema-types.ts"), "utf8"));
    });
  });

  test("migrations are numbered once each", () => {
    const names = readdirSync(join(projectRoot, "db", "migrations"));
    expect(names.filter((name) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
  });
});
