import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Http } from "./http.ts";
import { projectRoot } from "./project-root.ts";

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

const folder = join(projectRoot, "dist", "browser");
const manifest: Record<string, Chunk> = existsSync(join(folder, "manifest.json"))
  ? (JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, Chunk>)
  : {};

/** Address of a built file, by its source. */
export const assetUrl = (source: string): string => `/${manifest[source]?.file ?? source}`;

/** Addresses of the scripts a script imports, to be fetched at the same time. */
export const importsOf = (source: string): string[] => (manifest[source]?.imports ?? []).map((name) => assetUrl(name));

const contentTypes: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  png: "image/png",
};

/** Built files carry a hash in their name: they may be kept for ever. */
export function serveAssets(http: Http): void {
  const cache = new Map<string, Uint8Array<ArrayBuffer>>();
  const read = (name: string): Uint8Array<ArrayBuffer> | undefined => {
    const known = cache.get(name);
    if (known) return known;
    const path = join(folder, "assets", name);
    if (!existsSync(path)) return undefined;
    const bytes = new Uint8Array(readFileSync(path));
    cache.set(name, bytes);
    return bytes;
  };
  http.get("/assets/:name{[\\w.-]+}", (c) => {
    const name = c.req.param("name");
    const accepted = c.req.header("accept-encoding") ?? "";
    const encoding = accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined;
    const packed = encoding ? read(`${name}.${encoding === "br" ? "br" : "gz"}`) : undefined;
    const bytes = packed ?? read(name);
    if (!bytes) return c.text("This file is not here.", 404);
    c.header("content-type", contentTypes[name.split(".").at(-1) ?? ""] ?? "application/octet-stream");
    c.header("cache-control", "public, max-age=31536000, immutable");
    c.header("vary", "accept-encoding");
    if (packed && encoding) c.header("content-encoding", encoding);
    return c.body(bytes);
  });
}
