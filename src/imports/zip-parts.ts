import { dirname, posix } from "node:path";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { PlainError } from "../platform/plain-error.ts";

/** A million rows of 25 columns are about 1.2 GB of XML. */
const mostInflated = 2 ** 31;
const mostEntries = 10_000;
/** Real sheets shrink to a tenth, seldom to a hundredth; a bomb to a thousandth. Judged once enough has been unpacked. */
const mostRatio = 250;
const judgedFrom = 32 * 2 ** 20;

const damaged = (detail: string): PlainError =>
  new PlainError(`The workbook is damaged: ${detail}.`, "Open it in your spreadsheet, save it again as .xlsx, and import that.");
const bomb = (): PlainError =>
  new PlainError("The workbook unpacks to far more than its size allows for. It is not read.", "Save its sheet as CSV and import that.");

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw damaged(`it cannot be unpacked (${(error as Error).message.slice(0, 100)})`);
  }
}

/** What a ZIP file says it holds; nothing of it is unpacked. */
export async function partNames(path: string): Promise<string[]> {
  const zip = await open(path);
  try {
    if (zip.entryCount > mostEntries) throw bomb();
    const names: string[] = [];
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted())
        throw new PlainError("The workbook is protected by a password.", "Save it without one, and import that file.");
      names.push(entry.fileName);
    }
    return names;
  } catch (error) {
    throw error instanceof PlainError ? error : damaged(`its list of parts cannot be read (${(error as Error).message.slice(0, 100)})`);
  } finally {
    zip.close();
  }
}

/** The text of one part, unpacked as it is asked for. What counts is what really comes out, not what the file says of itself. */
export async function* partText(path: string, name: string, most = mostInflated): AsyncGenerator<string> {
  const zip = await open(path);
  try {
    const entry = await findPart(zip, name);
    if (!entry) throw damaged(`it has no part “${name.slice(0, 100)}”`);
    const stream = await zip.openReadStreamPromise(entry);
    let decoder: TextDecoder | undefined;
    let inflated = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      inflated += chunk.length;
      if (inflated > most || (inflated > judgedFrom && inflated > mostRatio * entry.compressedSize)) throw bomb();
      decoder ??= new TextDecoder(
        chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : chunk[0] === 0xfe && chunk[1] === 0xff ? "utf-16be" : "utf-8",
      );
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw error instanceof PlainError ? error : damaged(`“${name.slice(0, 100)}” cannot be unpacked`);
  } finally {
    zip.close();
  }
}

async function findPart(zip: ZipFile, name: string): Promise<Entry | undefined> {
  for await (const entry of zip.eachEntry()) if (entry.fileName === name) return entry;
  return undefined;
}

/** Where a link of a part leads: “worksheets/sheet1.xml” of “xl/workbook.xml”. */
export const resolvePart = (from: string, target: string): string =>
  target.startsWith("/") ? target.slice(1) : posix.normalize(posix.join(dirname(from), target));

export const linksOf = (part: string): string => posix.join(dirname(part), "_rels", `${posix.basename(part)}.rels`);
