import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SplitError, Splitter } from "../../src/imports/split-records.ts";

/** The cells of a text that arrives in pieces of this length. */
function split(text: string, piece: number, delimiter = ","): { rows: string[][]; lines: number[] } {
  const splitter = new Splitter(delimiter);
  const found = [];
  for (let at = 0; at < text.length; at += piece) found.push(...splitter.push(text.slice(at, at + piece)));
  found.push(...splitter.end());
  return { rows: found.map(({ cells }) => cells), lines: found.map(({ line }) => line) };
}

const reference = (text: string, delimiter: string): string[][] =>
  parse(text, { delimiter, record_delimiter: ["\r\n", "\n", "\r"], relax_column_count: true, skip_empty_lines: true });

const cell = fc.string({ unit: fc.constantFrom("a", "é", " ", ",", ";", '"', "\n", "\r", "\t", "🦀"), maxLength: 6 });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const written = (text: string): string => (/[",;\t|\r\n]/.test(text) ? quoted(text) : text);

test("cuts whatever is well written as csv-parse does, in whatever pieces it comes", () => {
  const rows = fc.array(
    fc.tuple(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r", "\r\n", "\n\n")),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(rows, fc.constantFrom(",", ";", "\t", "|"), fc.integer({ min: 1, max: 20 }), (table, delimiter, piece) => {
      const text = table
        .map(([cells, end]) => cells.map(([one, always]) => (always ? quoted(one) : written(one))).join(delimiter) + end)
        .join("");
      // A row of one empty quoted cell is a blank line to us, and so it is to a person.
      const expected = reference(text, delimiter).filter((cells) => !(cells.length === 1 && cells[0] === ""));
      expect(split(text, piece, delimiter).rows).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

const refused = (text: string, piece: number): string => {
  try {
    return JSON.stringify(split(text, piece).rows);
  } catch (error) {
    if (error instanceof SplitError) return error.message;
    throw error;
  }
};

const outcomes = (text: string) => [...new Set([1, 2, 3, 7, 1000].map((piece) => refused(text, piece)))];

test("refuses in the same place in whatever pieces it comes", () => {
  expect(outcomes('a,b\n"x\ny","z"q\n')).toEqual(["after quote in line 3"]);
  expect(outcomes('a,b\nx,2"0\n')).toEqual(["inner quote in line 2"]);
  expect(outcomes('a,b\r\n\r\nx,"open\r\nmore')).toEqual(["open quote in line 3"]);
});

test("counts lines over blank ones and over texts of several lines", () => {
  expect(split('a\r\n\r\n"b\nc\rd"\re\n', 2)).toEqual({ rows: [["a"], ["b\nc\rd"], ["e"]], lines: [1, 3, 6] });
});
