import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { What } from "./import-fields.ts";
import { enqueueImport, findRun, insertRun } from "./import-run-store.ts";
import { announceSameFile } from "./same-file.ts";
import { mostBytes, uploadFolder } from "./upload-folder.ts";

export interface Upload {
  /** Made with the form: the same form sent twice is one import. */
  id: string;
  fileName: string;
  /** Null: to be told from the columns. */
  what: What | null;
  content: Readable;
}

/** Writes the file to disk as it arrives, then starts the import that looks it over. Returns the run's id. */
export async function receiveUpload(ctx: Ctx, { id, fileName, what, content }: Upload): Promise<string> {
  const { orgId, personId } = ctx.viewer;
  if (await ctx.tx((db) => findRun(db, orgId, id))) {
    content.resume();
    return id;
  }
  const path = join(uploadFolder(ctx), `${orgId}-${id}`);
  const { bytes, sha256 } = await writeFile(content, path);
  if (bytes === 0) {
    await rm(path, { force: true });
    throw new Refusal("file", fileName ? `${fileName} is empty.` : "Choose a file.");
  }
  await ctx.tx(async (db) => {
    const run = { id, what, fileName, filePath: path, fileBytes: bytes, sha256, createdBy: personId, at: ctx.clock.now() };
    if (!(await insertRun(db, orgId, run))) return;
    if (!(await announceSameFile(db, { orgId, id, sha256, what }))) await enqueueImport(db, "import_check", orgId, id);
    await recordEvent(db, ctx, "upload", "import", id);
  });
  return id;
}

/** Under another name until it is whole: a file that stops half-way is never imported. */
async function writeFile(content: Readable, path: string): Promise<{ bytes: number; sha256: string }> {
  await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.part`;
  const hash = createHash("sha256");
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > mostBytes ? new Refusal("file", "The file is larger than 200 MB. Split it, or export fewer columns.") : null, chunk);
    },
  });
  try {
    await pipeline(content, meter, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new Refusal("file", "The disk is full: the file could not be stored.");
    throw error;
  }
  return { bytes, sha256: hash.digest("hex") };
}
