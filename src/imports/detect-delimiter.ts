import { parse } from "csv-parse/sync";
import type { Delimiter } from "../domain/imports/import-settings.ts";
import type { TextFile } from "./detect-encoding.ts";
import { type Cut, textOf } from "./read-records.ts";

const candidates: readonly Delimiter[] = [",", ";", "\t", "|"];
const sampleBytes = 1 << 16;
const sampleRows = 60;

/** The first bytes of the text, cut after a whole line. */
async function readSample(file: TextFile): Promise<string> {
  let sample = "";
  for await (const text of textOf(file)) {
    sample += text;
    if (sample.length >= sampleBytes) break;
  }
  return sample.slice(0, sampleBytes);
}

/** What separates the cells: what the file says itself (`sep=;`), else what cuts its first rows most evenly. */
export async function detectDelimiter(file: TextFile, told?: Delimiter): Promise<Cut> {
  const sample = await readSample(file);
  const said = /^\s*"?sep=(.)"?[ \t]*(\r\n|\n|\r)/i.exec(sample);
  const rest = said ? sample.slice(said[0].length) : sample;
  const skipLines = said ? 1 : 0;
  if (told) return { delimiter: told, skipLines };
  const saidOne = candidates.find((one) => one === said?.[1]);
  if (saidOne) return { delimiter: saidOne, skipLines };
  const scored = candidates.map((delimiter) => ({ delimiter, score: evenness(rest, delimiter) }));
  return { delimiter: scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter, skipLines };
}

/** Columns of the header, weighed by the share of rows that have as many. */
function evenness(sample: string, delimiter: Delimiter): number {
  const rows: string[][] = cut(sample, delimiter);
  // A title above the table is one cell: the table's own width is what most rows have.
  const width = rows[0] && rows[0].length > 1 ? rows[0].length : usualWidth(rows);
  if (width < 2) return 0;
  const even = rows.filter((row) => row.length === width).length / rows.length;
  return width * (0.2 + even);
}

function usualWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

function cut(sample: string, delimiter: Delimiter): string[][] {
  try {
    const rows = parse(sample, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      to: sampleRows,
    }) as string[][];
    return rows;
  } catch {
    return [];
  }
}
