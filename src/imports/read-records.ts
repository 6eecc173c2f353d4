import { open } from "node:fs/promises";
import type { Delimiter } from "../domain/imports/import-settings.ts";
import { PlainError } from "../platform/plain-error.ts";
import type { TextFile } from "./detect-encoding.ts";
import { SplitError, Splitter } from "./split-records.ts";

/** One row of a file as it stands there. */
export interface SourceRow {
  /** Line of the file on which the row begins, counted from 1. */
  line: number;
  cells: string[];
  /** Whether blank lines stand before it. */
  afterBlank?: boolean;
}

/** The file's text, piece by piece, without its byte order mark. */
export async function* textOf({ path, encoding, start }: TextFile): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  // One piece of memory for all of the file: pieces of their own would be let go of later than they are made.
  const piece = Buffer.allocUnsafeSlow(1 << 16);
  const file = await open(path);
  try {
    for (let at = start; ;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const text = decoder.decode(piece.subarray(0, bytesRead), { stream: true });
      if (text) yield text;
    }
  } finally {
    await file.close();
  }
  const rest = decoder.decode();
  if (rest) yield rest;
}

export interface Cut {
  delimiter: Delimiter;
  /** Lines before the header: one for `sep=`. */
  skipLines: number;
}

/** The rows in batches. Throws a PlainError that names the line where the file cannot be cut into cells. */
export async function* readRecords(file: TextFile, { delimiter, skipLines }: Cut): AsyncGenerator<SourceRow[]> {
  const splitter = new Splitter(delimiter);
  const wanted = (rows: SourceRow[]) => (rows[0] && rows[0].line <= skipLines ? rows.filter(({ line }) => line > skipLines) : rows);
  try {
    for await (const text of textOf(file)) {
      const rows = wanted(splitter.push(text));
      if (rows.length > 0) yield rows;
    }
    const last = wanted(splitter.end());
    if (last.length > 0) yield last;
  } catch (error) {
    throw error instanceof SplitError ? explain(error) : error;
  }
}

function explain({ code, line }: SplitError): PlainError {
  const hint = "Mend that line, or export the file again, and import it once more. Nothing was taken in.";
  switch (code) {
    case "open quote":
      return new PlainError(`The quote (") that opens in line ${line} is never closed.`, hint);
    case "after quote":
      return new PlainError(`In line ${line} something follows a closing quote ("): only the next cell may.`, hint);
    case "inner quote":
      return new PlainError(
        `In line ${line} a quote (") stands in the middle of a cell. Such a cell must be quoted, its quotes doubled.`,
        hint,
      );
    case "too long":
      return new PlainError(`Line ${line} is longer than a million letters.`, hint);
  }
}
