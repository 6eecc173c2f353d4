import { once } from "node:events";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Value } from "../domain/imports/staging.ts";
import { tidyPassing } from "../platform/tidy-memory.ts";

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function cellOf(value: Value): string {
  if (value === null) return "\\N";
  const text = String(value);
  return special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (mark) => escapes[mark] ?? mark) : text;
}

export const copyLine = (values: readonly Value[]): string => `${values.map(cellOf).join("\t")}\n`;

/** Copies lines into a table as they come, waiting whenever the server is behind. */
export async function copyRows(client: pg.ClientBase, table: string, batches: AsyncIterable<string | Buffer>): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} from stdin`));
  const tidy = tidyPassing();
  const done = finished(stream);
  done.catch(() => {});
  try {
    for await (const text of batches) {
      if (text.length > 0 && !stream.write(text)) await Promise.race([once(stream, "drain"), done]);
      tidy(text.length);
    }
    stream.end();
  } catch (error) {
    stream.destroy(error as Error);
    await done.catch(() => {});
    throw error;
  }
  await done;
}
