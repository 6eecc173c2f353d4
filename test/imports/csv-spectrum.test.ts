import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openSheet, rowsOf } from "../../src/imports/open-sheet.ts";

const suite = dirname(createRequire(import.meta.url).resolve("csv-spectrum/package.json"));

async function asObjects(path: string): Promise<Record<string, string>[]> {
  const sheet = await openSheet(path);
  const rows: Record<string, string>[] = [];
  for await (const batch of rowsOf(sheet))
    for (const { cells } of batch) rows.push(Object.fromEntries(sheet.header.map((name, at) => [name, cells[at] ?? ""])));
  return rows;
}

const files = readdirSync(join(suite, "csvs"));

test("the suite is there", () => {
  expect(files.length).toBeGreaterThanOrEqual(12);
});

test("location_coordinates.csv has quotes in the middle of its cells: it is refused with the line", async () => {
  await expect(asObjects(join(suite, "csvs", "location_coordinates.csv"))).rejects.toThrow(
    /^In line 2 a quote \("\) stands in the middle of a cell/,
  );
});

for (const file of files.filter((name) => name !== "location_coordinates.csv"))
  test(`${file} of csv-spectrum gives the rows it should`, async () => {
    const expected = JSON.parse(readFileSync(join(suite, "json", `${basename(file, ".csv")}.json`), "utf8"));
    expect(await asObjects(join(suite, "csvs", file))).toEqual(expected);
  });
