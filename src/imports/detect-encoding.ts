import { createReadStream } from "node:fs";
import type { Encoding } from "../domain/imports/import-settings.ts";
import { PlainError } from "../platform/plain-error.ts";

export interface TextFile {
  path: string;
  encoding: Encoding;
  /** Where the text begins, after a byte order mark. */
  start: number;
  hasNul: boolean;
}

const chunkBytes = 1 << 16;

/** Looks at every byte once: a file is UTF-8 only if all of it is. */
export async function detectEncoding(path: string): Promise<TextFile> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  let head: Buffer | undefined;
  let nuls = 0;
  let isLocked = false;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    head ??= chunk;
    isLocked ||= startsAsOle(head) && chunk.includes(lockedMark);
    if (nuls === 0 || nuls < 1000) nuls += countNuls(chunk);
    if (isUtf8) isUtf8 = accepts(utf8, chunk);
  }
  if (!head) throw new PlainError("The file is empty.", "Export it again and look whether it has rows.");
  refuseOtherFormats(head, isLocked);
  const mark = byteOrderMark(head) ?? utf16WithoutMark(head);
  if (mark) return { path, ...mark, hasNul: mark.encoding === "utf-8" && nuls > 0 };
  if (isUtf8) isUtf8 = accepts(utf8, undefined);
  return { path, encoding: isUtf8 ? "utf-8" : "windows-1252", start: 0, hasNul: nuls > 0 };
}

function accepts(decoder: TextDecoder, chunk: Buffer | undefined): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

function countNuls(chunk: Buffer): number {
  let n = 0;
  for (let at = chunk.indexOf(0); at !== -1 && n < 1000; at = chunk.indexOf(0, at + 1)) n++;
  return n;
}

function byteOrderMark(head: Buffer): { encoding: Encoding; start: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", start: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", start: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", start: 2 };
  return undefined;
}

/** Latin text in UTF-16 has a zero in every other byte. */
function utf16WithoutMark(head: Buffer): { encoding: Encoding; start: number } | undefined {
  const sample = head.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const half = sample.length / 2;
  if ((zeros[1] ?? 0) > half * 0.4 && (zeros[0] ?? 0) < half * 0.1) return { encoding: "utf-16le", start: 0 };
  if ((zeros[0] ?? 0) > half * 0.4 && (zeros[1] ?? 0) < half * 0.1) return { encoding: "utf-16be", start: 0 };
  return undefined;
}

const lockedMark = Buffer.from("EncryptedPackage", "utf16le");
const startsAsOle = (head: Buffer): boolean => head.subarray(0, 4).toString("latin1") === "\xd0\xcf\x11\xe0";

function refuseOtherFormats(head: Buffer, isLocked: boolean): void {
  const start = head.subarray(0, 4).toString("latin1");
  if (startsAsOle(head)) {
    if (isLocked) throw new PlainError("The workbook is protected by a password.", "Save it without one, and import that file.");
    throw new PlainError(
      "This is a workbook in the format of before 2007 (.xls).",
      "In your spreadsheet choose Save as, Excel workbook (.xlsx).",
    );
  }
  if (start === "%PDF" || start.startsWith("\x89PNG") || start.startsWith("\x1f\x8b"))
    throw new PlainError("This is not a text file.", "Kept reads CSV files and Excel workbooks (.xlsx).");
}
