import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { uploadFolder } from "../domain/imports/upload-folder.ts";
import type { Lookups, Named, StageRow } from "../domain/imports/import-lookups.ts";
import type { App } from "../platform/context.ts";

/** Below this a file is read again faster than anything about it is written down. */
const leastRows = 20_000;
const everyRows = 20_000;

export interface Made {
  stages: StageRow[];
  products: Named[];
}

interface Mark {
  key: string;
  rows: number;
  bytes: number;
  isDone: boolean;
  made: Made;
}

/**
 * Rows of a large file as they were converted, kept beside the upload: an import that was killed, or one taken in after it was
 * looked over, goes on from there. The mark is written after the rows it speaks of.
 */
export class KeptRows {
  readonly #path: string;
  readonly #key: string;
  #mark: Mark | null = null;
  #out: WriteStream | null = null;
  #bytes = 0;
  #marked = 0;

  private constructor(path: string, key: string) {
    this.#path = path;
    this.#key = key;
  }

  /** Null for a file too small to be worth it. `about` is everything that the converted rows depend on. */
  static async open(app: App, runId: string, rows: number, about: unknown): Promise<KeptRows | null> {
    if (rows < leastRows) return null;
    const key = createHash("sha256").update(inOneOrder(about)).digest("hex");
    const kept = new KeptRows(keptPath(app, runId), key);
    await kept.#findMark();
    return kept;
  }

  async #findMark(): Promise<void> {
    try {
      const mark = JSON.parse(await readFile(`${this.#path}.json`, "utf8")) as Mark;
      const { size } = await stat(this.#path);
      if (mark.key === this.#key && size >= mark.bytes) this.#mark = mark;
    } catch {
      // Nothing is kept yet.
    }
  }

  /** Stages and products that were made on the way to the rows kept. */
  get made(): Made | null {
    return this.#mark?.made ?? null;
  }
  get rows(): number {
    return this.#mark?.rows ?? 0;
  }
  get isDone(): boolean {
    return this.#mark?.isDone ?? false;
  }

  /** The rows kept so far, as COPY takes them. */
  async *read(): AsyncGenerator<Buffer> {
    const { bytes = 0 } = this.#mark ?? {};
    if (bytes === 0) return;
    for await (const chunk of createReadStream(this.#path, { end: bytes - 1, highWaterMark: 1 << 16 })) yield chunk as Buffer;
  }

  async keep(chunk: Buffer, rows: number, made: Made): Promise<void> {
    this.#out ??= await this.#begin();
    this.#bytes += chunk.length;
    if (!this.#out.write(chunk)) await once(this.#out, "drain");
    if (rows - this.#marked >= everyRows) await this.#write({ rows, isDone: false, made });
  }

  async end(rows: number, made: Made): Promise<void> {
    if (!this.#out) return;
    await this.#write({ rows, isDone: true, made });
    this.#out.end();
    await once(this.#out, "close");
  }

  async #begin(): Promise<WriteStream> {
    await mkdir(join(this.#path, ".."), { recursive: true, mode: 0o700 });
    const { bytes = 0, rows = 0 } = this.#mark ?? {};
    if (bytes > 0) await truncate(this.#path, bytes);
    this.#bytes = bytes;
    this.#marked = rows;
    return createWriteStream(this.#path, { flags: bytes > 0 ? "a" : "w", mode: 0o600, flush: true });
  }

  /** Written beside and renamed: a mark is whole or is not there. What lies behind its bytes is dropped by the next start. */
  async #write({ rows, isDone, made }: Pick<Mark, "rows" | "isDone" | "made">): Promise<void> {
    await new Promise<void>((done) => this.#out?.write("", () => done()));
    const mark: Mark = { key: this.#key, rows, bytes: this.#bytes, isDone, made };
    await writeFile(`${this.#path}.json.part`, JSON.stringify(mark), { mode: 0o600 });
    await rename(`${this.#path}.json.part`, `${this.#path}.json`);
    this.#marked = rows;
  }
}

/** The database gives the names of an object back in another order. */
const inOneOrder = (about: unknown): string =>
  JSON.stringify(about, (_, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const keptPath = (app: App, runId: string): string => join(uploadFolder(app), `${runId}.rows`);

export async function dropKeptRows(app: App, runId: string): Promise<void> {
  for (const end of ["", ".json", ".json.part"]) await rm(`${keptPath(app, runId)}${end}`, { force: true });
}

/** What the file's words were fitted to: another person or product since, and the rows are converted anew. */
export const lookupsKey = ({ people, products, stages, currency, timeZone }: Lookups): string =>
  createHash("sha256")
    .update(JSON.stringify([[...people], [...products], stages, currency, timeZone]))
    .digest("hex");
