import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Delimiter } from "../domain/imports/import-settings.ts";
import { PlainError } from "../platform/plain-error.ts";
import type { TextFile } from "./detect-encoding.ts";

/** One row of a file as it stands there. */
export interface SourceRow {
  /** Line of the file on which the row begins, counted from 1. */
  line: number;
  cells: string[];
  /** Whether blank lines stand before it. */
  afterBlank?: boolean;
}

const batchRows = 500;
const longestRow = 1 << 20;

/** The file's text from `start`, as UTF-8 bytes: what the CSV reader works on. */
export function openText({ path, encoding, start }: TextFile): Readable {
  const bytes = createReadStream(path, { start, highWaterMark: 1 << 16 });
  return encoding === "utf-8" ? bytes : Readable.from(decode(bytes, encoding));
}

async function* decode(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text) yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest) yield Buffer.from(rest);
}

export interface Cut {
  delimiter: Delimiter;
  /** Bytes of a `sep=` line before the header. */
  skipLines: number;
}

/** The rows in batches; the first row is the header. Throws a PlainError that names the line where the file cannot be cut into cells. */
export async function* readRecords(file: TextFile, { delimiter, skipLines }: Cut): AsyncGenerator<SourceRow[]> {
  const source = openText(file);
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    from_line: skipLines + 1,
    info: true,
    max_record_size: longestRow,
  });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let batch: SourceRow[] = [];
  let blank = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number; empty_lines: number } }>) {
      const row: SourceRow = { line: info.lines - linesWithin(record), cells: record };
      if (info.empty_lines > blank) row.afterBlank = true;
      blank = info.empty_lines;
      batch.push(row);
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } catch (error) {
    throw error instanceof CsvError ? await explain(error, file) : error;
  } finally {
    source.destroy();
  }
}

function linesWithin(cells: readonly string[]): number {
  let n = 0;
  for (const cell of cells) {
    if (!cell.includes("\n") && !cell.includes("\r")) continue;
    n += cell.split(/\r\n|\n|\r/).length - 1;
  }
  return n;
}

async function explain(error: CsvError, file: TextFile): Promise<Error> {
  const line = Number((error as { lines?: number }).lines ?? 0);
  const hint = "Mend that line, or export the file again, and import it once more. Nothing was taken in.";
  if (error.code === "CSV_QUOTE_NOT_CLOSED" || error.code === "CSV_MAX_RECORD_SIZE")
    return new PlainError(`The quote (") that opens in line ${await lineOfOpenQuote(file)} is never closed.`, hint);
  if (error.code === "CSV_INVALID_CLOSING_QUOTE")
    return new PlainError(`In line ${line} something follows a closing quote ("): only the next cell may.`, hint);
  if (error.code === "INVALID_OPENING_QUOTE")
    return new PlainError(
      `In line ${line} a quote (") stands in the middle of a cell. Such a cell must be quoted, its quotes doubled.`,
      hint,
    );
  return new PlainError(`Line ${line} cannot be read as CSV: ${error.message}.`, hint);
}

/** The line of the last quote that opened: the reader only knows where the file ended. */
async function lineOfOpenQuote(file: TextFile): Promise<number> {
  let line = 1;
  let opened = 1;
  let isOpen = false;
  let last = 0;
  for await (const chunk of openText(file) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === 0x22) {
        isOpen = !isOpen;
        if (isOpen && last !== 0x22) opened = line;
      } else if (byte === 0x0d || (byte === 0x0a && last !== 0x0d)) line++;
      last = byte;
    }
  }
  return opened;
}
