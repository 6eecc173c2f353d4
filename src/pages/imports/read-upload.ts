import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { isWhat } from "../../domain/imports/import-fields.ts";
import { receiveUpload } from "../../domain/imports/receive-upload.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";

/** Reads the form as it arrives: the file goes to disk piece by piece and is never whole in memory. Returns the import's id. */
export async function readUpload(c: Request, ctx: Ctx): Promise<string> {
  const type = c.req.header("content-type") ?? "";
  const body = c.req.raw.body;
  if (!type.startsWith("multipart/form-data") || !body) throw new Refusal("file", "Choose a file.");
  const parts = new Busboy({
    headers: { "content-type": type } as BusboyHeaders,
    limits: { fields: 10, fieldSize: 1000, files: 1, parts: 20 },
  });
  const source = Readable.fromWeb(body as ReadableStream);
  const fields: Record<string, string> = {};
  let stored: Promise<string> | undefined;
  let file: Readable | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      parts.on("field", (name, value) => (fields[name] = value));
      parts.on("file", (_name, content, fileName) => {
        const what = isWhat(fields.what) ? fields.what : null;
        file = content;
        // Heard before anything reads it; what breaks off half-way must not look like the end.
        content.on("error", (error) => content.destroy(error));
        stored = receiveUpload(ctx, { id: isId(fields.id) ? fields.id : newId(), fileName: fileName ?? "", what, content });
        stored.catch(reject);
      });
      parts.on("error", (error: Error) => {
        file?.destroy(error);
        reject(error);
      });
      parts.on("finish", resolve);
      source.on("error", reject);
      source.pipe(parts);
    });
  } catch (error) {
    source.unpipe(parts);
    // What is still on its way is read and dropped, so that the answer can reach the browser.
    source.resume();
    throw error instanceof Refusal ? error : new Refusal("file", "The file did not arrive whole. Choose it again.");
  }
  if (!stored) throw new Refusal("file", "Choose a file.");
  return stored;
}
