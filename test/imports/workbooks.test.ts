import { describe, expect, test } from "vitest";
import { openSheet, rowsOf } from "../../src/imports/open-sheet.ts";
import type { Told } from "../../src/imports/sheet.ts";
import { type Cell, workbook, zip } from "../builders/workbook.ts";
import { fileOf } from "./bring-in.ts";

async function read(content: Buffer, told: Told = {}) {
  const sheet = await openSheet(fileOf(content), told);
  const rows: string[][] = [];
  const lines: number[] = [];
  for await (const batch of rowsOf(sheet))
    for (const row of batch) {
      rows.push(row.cells);
      lines.push(row.line);
    }
  return { sheet, rows, lines };
}

const refusal = async (content: Buffer): Promise<string> => {
  try {
    await read(content);
    return "it was read";
  } catch (error) {
    return (error as Error).message;
  }
};

/** What becomes of one cell below a name. */
const asRead = async (cells: Cell[], from1904 = false) =>
  (await read(workbook({ from1904, sheets: [{ name: "One", rows: [cells.map((_, i) => `c${i}`), cells] }] }))).rows[0];

const deals = ["Deal Name", "Deal owner", "Deal Stage", "Amount"];

describe("cells of a workbook", () => {
  test("hold shared, inline, rich and computed text", async () => {
    const cells: Cell[] = ["Søren & Co", "rich text", { inline: "<in>" }, { formula: "made" }, "line_x000D_break", "  "];
    expect(await asRead(cells)).toEqual(["Søren & Co", "rich text", "<in>", "made", "line\rbreak", "  "]);
  });
  test("hold days since 1900 or since 1904, with and without a time", async () => {
    const cells: Cell[] = [
      { n: 42798, style: "date" },
      { n: 42798.75, style: "dateTime" },
      { n: 46082, style: "ownDate" },
      { iso: "2026-11-22T00:00:00" },
      { n: 0.5, style: "dateTime" },
      { n: 61, style: "date" },
    ];
    expect(await asRead(cells)).toEqual(["2017-03-04", "2017-03-04 18:00:00", "2026-03-01", "2026-11-22", "12:00:00", "1900-03-01"]);
    expect((await asRead([{ n: 41336, style: "date" }], true))?.[0]).toBe("2017-03-04");
  });
  test("hold numbers as they are meant: whole, decimal, percent, with leading noughts", async () => {
    const cells: Cell[] = [
      1234567,
      { n: "0.1", style: "plain" },
      { n: "1234.5599999999999", style: "money" },
      { n: "1.234", style: "plain" },
      { n: 0.75, style: "percent" },
      { n: 0.125, style: "ownPercent" },
      { n: 42, style: "digits" },
      { n: 39.04, style: "duration" },
      { n: "1E+3", style: "plain" },
      true,
      { error: "#N/A" },
    ];
    expect(await asRead(cells)).toEqual([
      "1234567",
      "0.1",
      "1234.56",
      "1.2340",
      "75%",
      "12.5%",
      "00042",
      "936:57:36",
      "1000",
      "true",
      "#N/A",
    ]);
  });
});

describe("a workbook", () => {
  test("is read from its first row, or from where the names of the columns stand", async () => {
    const rows: Cell[][] = [
      ["Pipeline of the team"],
      ["Exported", { n: 46348, style: "date" }],
      deals,
      ["Halden", "Ann Rep", "Proposal", 5],
      ["Lund", null, null, 7],
    ];
    const { sheet, rows: got, lines } = await read(workbook({ sheets: [{ name: "Deals", rows, gaps: { 2: 1 } }] }));
    expect([sheet.header, sheet.headerLine, sheet.above]).toEqual([deals, 4, 2]);
    expect([got, lines]).toEqual([
      [
        ["Halden", "Ann Rep", "Proposal", "5"],
        ["Lund", "", "", "7"],
      ],
      [5, 6],
    ]);
    expect((await read(workbook({ sheets: [{ name: "Deals", rows, gaps: { 2: 1 } }] }), { headerLine: 2 })).sheet.header).toEqual([
      "Exported",
      "2026-11-22",
    ]);
  });
  test("of several sheets gives the one whose columns are known", async () => {
    const other = {
      name: "Notes",
      rows: [
        ["What", "Why"],
        ["a", "b"],
      ],
    };
    const table = { name: "Deals", rows: [deals, ["Halden", "Ann Rep", "Proposal", 5]] };
    const { sheet, rows } = await read(workbook({ sheets: [other, table, { ...table, name: "Old", hidden: true }] }));
    expect([sheet.name, sheet.names, sheet.isOpenWhich, rows.length]).toEqual(["Deals", ["Notes", "Deals"], false, 1]);
    const two = workbook({ sheets: [table, { ...table, name: "Renewals" }] });
    expect((await read(two)).sheet.isOpenWhich).toBe(true);
    expect((await read(two, { sheet: "Renewals" })).sheet).toMatchObject({ name: "Renewals", isOpenWhich: false });
  });
  test("that claims a million rows and columns is as small as what it holds", async () => {
    expect(
      (
        await read(
          workbook({
            sheets: [
              {
                name: "One",
                rows: [
                  ["a", "b"],
                  [1, 2],
                ],
              },
            ],
          }),
        )
      ).rows,
    ).toEqual([["1", "2"]]);
  });
});

describe("refused, each in a sentence, is", () => {
  const table = [
    {
      name: "One",
      rows: [
        ["a", "b"],
        [1, 2],
      ],
    },
  ];
  const sheetOf = (xml: string) => workbook({ sheets: table, parts: { "xl/worksheets/sheet1.xml": xml } });
  const far = (place: string, row: string) =>
    sheetOf(`<worksheet><sheetData><row r="${row}"><c r="${place}"><v>1</v></c></row></sheetData></worksheet>`);
  test("a workbook with macros", async () => {
    expect(await refusal(workbook({ sheets: table, parts: { "xl/vbaProject.bin": "x" } }))).toBe(
      "This workbook holds macros (.xlsm). Kept does not open those.",
    );
    const types = `<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`;
    expect(await refusal(workbook({ sheets: table, parts: { "[Content_Types].xml": types } }))).toMatch(/^This workbook holds macros/);
  });
  test("one that unpacks to far more than it weighs", async () => {
    const bomb = `<worksheet><sheetData>${" ".repeat(100 * 2 ** 20)}</sheetData></worksheet>`;
    expect(await refusal(sheetOf(bomb))).toBe("The workbook unpacks to far more than its size allows for. It is not read.");
  });
  test("one whose size is a lie", async () => {
    const content = sheetOf(`<worksheet><sheetData>${"<row><c><v>1</v></c></row>".repeat(1000)}</sheetData></worksheet>`);
    const at = content.lastIndexOf("xl/worksheets/sheet1.xml") - 46 + 24;
    content.writeUInt32LE(10, at);
    expect(await refusal(content)).toMatch(/^The workbook is damaged/);
  });
  test("an encrypted one and an old one", async () => {
    const ole = Buffer.from("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "latin1");
    expect(await refusal(Buffer.concat([ole, Buffer.alloc(600), Buffer.from("EncryptedPackage", "utf16le")]))).toBe(
      "The workbook is protected by a password.",
    );
    expect(await refusal(Buffer.concat([ole, Buffer.alloc(600)]))).toBe("This is a workbook in the format of before 2007 (.xls).");
  });
  test("what is no workbook", async () => {
    expect(await refusal(Buffer.from("PK\x03\x04xxxxxxxx", "latin1"))).toMatch(/^The workbook is damaged: it cannot be unpacked/);
    expect(await refusal(zip({ "deals.csv": "a,b" }))).toBe("This is a ZIP file and no workbook.");
    expect(await refusal(zip({ "word/document.xml": "<d/>" }))).toBe("This is a text or a presentation, not a workbook.");
    expect(await refusal(zip({ "content.xml": "<d/>", "META-INF/manifest.xml": "<d/>" }))).toBe("This is an OpenDocument file.");
    expect(await refusal(workbook({ sheets: [{ name: "One", rows: [] }] }))).toBe("The workbook has no rows.");
  });
  test("one with values beyond what a table has", async () => {
    expect(await refusal(far("XFD1", "1"))).toBe("The sheet has values in more than 1,000 columns.");
    expect(await refusal(far("A1", "99999999999"))).toBe("The sheet has a row 99999999999, which no spreadsheet has.");
  });
  test("one that breaks off, or defines names that grow", async () => {
    expect(await refusal(sheetOf("<worksheet><sheetData><row><c><v>1</v></c>"))).toMatch(/breaks off in the middle/);
    const growing = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`;
    expect(await refusal(sheetOf(growing))).toMatch(/holds a document type/);
  });
});
