import { describe, expect, test } from "vitest";
import type { DayOrder } from "../../src/domain/imports/import-settings.ts";
import { detectEncoding } from "../../src/imports/detect-encoding.ts";
import { openSheet, rowsOf } from "../../src/imports/open-sheet.ts";
import {
  agreedOrder,
  isAskable as dateIsAskable,
  noDateEvidence,
  openOrders,
  readDate,
  readMonth,
  weighDate,
} from "../../src/imports/read-date.ts";
import { agreedMark, currencyIn, isAskable, noNumberEvidence, plainNumber, toMinor, weighNumber } from "../../src/imports/read-number.ts";
import { recognise } from "../../src/imports/recognise-columns.ts";
import { fileOf } from "./bring-in.ts";

async function read(content: string | Buffer) {
  const sheet = await openSheet(fileOf(content));
  const rows: { line: number; cells: string[] }[] = [];
  for await (const batch of rowsOf(sheet)) rows.push(...batch);
  return { sheet, rows: rows.map(({ cells }) => cells), lines: rows.map(({ line }) => line) };
}

const day = (text: string, order: DayOrder | null = null) => readDate(text, order)?.day;
const what = (header: string) => recognise(header.split(","))?.what ?? null;
const utf16 = (content: string, swap: boolean, bom: boolean) => {
  const bytes = Buffer.from(`${bom ? "\uFEFF" : ""}${content}`, "utf16le");
  return swap ? bytes.swap16() : bytes;
};

const numbers = (...values: string[]) => {
  const evidence = noNumberEvidence();
  for (const value of values) weighNumber(evidence, value);
  return isAskable(evidence) ? "ask" : agreedMark(evidence);
};
const evidenceOf = (...values: string[]) => {
  const evidence = noDateEvidence();
  for (const value of values) weighDate(evidence, value);
  return evidence;
};
const dates = (...values: string[]) => {
  const evidence = evidenceOf(...values);
  return dateIsAskable(evidence) ? "ask" : agreedOrder(evidence);
};

describe("numbers", () => {
  test("the decimal mark is decided over the whole column", () => {
    expect(numbers("1.234", "12.5")).toBe("point");
    expect(numbers("1.234", "12,5")).toBe("comma");
    expect(numbers("1,234", "1,234.50")).toBe("point");
    expect(numbers("1.234.567")).toBe("comma");
    expect(numbers("1,234,567", "3,100")).toBe("point");
  });
  test("what fits both readings is asked, never guessed", () => {
    expect(numbers("1.234")).toBe("ask");
    expect(numbers("1,234", "500")).toBe("ask");
    expect(numbers("1.234", "2,5", "2.5")).toBe("ask");
    expect(numbers("500", "1200", "0.123", "1234.567")).toBe("point");
  });
  test("an amount with the sign of its currency has no thousandths, so nobody is asked", () => {
    expect(numbers("$120,500", "$900")).toBe("point");
    expect(numbers("120.500 €")).toBe("comma");
    expect(numbers("$0.125", "$9.90")).toBe("point");
  });
  test("currency signs, spaces and apostrophes are no part of a number", () => {
    expect(plainNumber("$1,234,567", "point")).toBe("1234567");
    expect(plainNumber("1 234,56", "comma")).toBe("1234.56");
    expect(plainNumber("1\u202f234,56 €", "comma")).toBe("1234.56");
    expect(plainNumber("1'200", null)).toBe("1200");
    expect(plainNumber("EUR 99.50", null)).toBe("99.50");
    expect(plainNumber("(5)", null)).toBe("-5");
  });
  test("thousands and millions may be written short, minus in brackets or behind", () => {
    expect(["250k", "1.2m", "$1.5M", "2bn", "1,25 Mio. €", "12 Tsd", "0.5k"].map((text) => plainNumber(text, null))).toEqual([
      "250000",
      "1200000",
      "1500000",
      "2000000000",
      "1250000",
      "12000",
      "500",
    ]);
    expect(["(1,200.50)", "($5)", "-$5", "$-5", "5-", "−5", "(250k)"].map((text) => plainNumber(text, "point"))).toEqual([
      "-1200.50",
      "-5",
      "-5",
      "-5",
      "-5",
      "-5",
      "-250000",
    ]);
    expect(numbers("1.2m", "250k")).toBe("point");
    expect(numbers("1.234k")).toBe("ask");
  });
  test("every space, sign and code around a number is understood, and what only looks like a code is not", () => {
    const texts = [
      "1\u00a0234,56",
      "1\u202f234,56",
      "1\u2009234,56 €",
      "EUR 1.234,56",
      "1’234,56 CHF",
      "1 234,56 kr",
      "zł 1 234,56",
      "1.234,56%",
    ];
    expect(texts.map((text) => plainNumber(text, "comma"))).toEqual(texts.map(() => "1234.56"));
    expect(plainNumber("12,34,567.50", "point")).toBe("1234567.50");
    expect(["5 ABC", "XYZ5", "5 km", "1.2.3", "k", "1,23,4"].filter((text) => plainNumber(text, "point") !== null)).toEqual([]);
    expect(plainNumber("75%", null)).toBe("75");
  });
  test("a value may name its own currency", () => {
    expect(["€5", "5 GBP", "CHF 5", "$5", "5", "5 ABC", "£ 1,200"].map((text) => currencyIn(text, "EUR"))).toEqual([
      "EUR",
      "GBP",
      "CHF",
      "USD",
      null,
      null,
      "GBP",
    ]);
  });
  test("what is no number is refused", () => {
    const texts = ["abc", "1,23,4", "12.34.5", "-", ",", "1e5", "NaN", "5 apples"];
    expect(texts.filter((text) => plainNumber(text, "point") !== null)).toEqual([]);
  });
  test("minor units are exact, rounded, and refused beyond what can be kept", () => {
    expect(toMinor("1054.5", 100)).toBe(105450);
    expect(toMinor("0.005", 100)).toBe(1);
    expect(toMinor("-1.995", 100)).toBe(-200);
    expect(toMinor("1100.04", 100 * 1_000_000)).toBe(110004000000);
    expect(toMinor("12", 1)).toBe(12);
    expect(toMinor("99999999999999999", 100)).toBeNull();
  });
});

describe("dates", () => {
  test("day or month first is decided over the whole column", () => {
    expect(dates("3/4/2017", "25/4/2017")).toBe("dmy");
    expect(dates("3/4/2017", "4/25/2017")).toBe("mdy");
    expect(dates("3/4/2017")).toBe("ask");
    expect(dates("3/3/2017")).toBeNull();
    expect(dates("2/31/2017", "3/4/2017")).toBe("ask");
    expect(dates("03.04.2017")).toBeNull();
  });
  test("both orders in one column are asked about", () => {
    expect(dates("25/4/2017", "4/25/2017", "3/4/2017")).toBe("ask");
  });
  test("many writings are read", () => {
    expect(day("2017-03-04")).toBe("2017-03-04");
    expect(day("2017-3-4 10:15")).toBe("2017-03-04");
    expect(day("3/4/2017", "dmy")).toBe("2017-04-03");
    expect(day("3/4/17", "mdy")).toBe("2017-03-04");
    expect(day("03.04.2017")).toBe("2017-04-03");
    expect(day("4 Mar 2017")).toBe("2017-03-04");
    expect(day("Mar 4, 2017")).toBe("2017-03-04");
    expect(day("2017/03/04")).toBe("2017-03-04");
    expect(day("42798")).toBe("2017-03-04");
    expect(readDate("2026-01-30T15:55:37+02:00", null)).toEqual({ day: "2026-01-30", time: "15:55:37", zone: "+02:00" });
    expect(readDate("1/30/2026 3:55 PM", "mdy")).toMatchObject({ day: "2026-01-30", time: "15:55:00" });
  });
  test("days that do not exist are refused", () => {
    const texts = ["2026-02-31", "31/2/2026", "Q3 2026", "2026-13-01", "0000-00-00", "2026-01-01 25:00", "tomorrow", "1/2"];
    expect(texts.filter((text) => readDate(text, null) !== null)).toEqual([]);
    expect(readDate("2024-02-29", null)?.day).toBe("2024-02-29");
  });
  test("are read in the languages and orders of many programs", () => {
    const texts = [
      "20170304",
      "2017.03.04.",
      "2017. 3. 4.",
      "4. März 2017",
      "4 mars 2017",
      "4 de marzo de 2017",
      "Saturday, March 4, 2017",
      "4th Mar 2017",
      "4-Mar-17",
      "Sa., 04.03.2017",
      "1488585600000",
      "4 maart 2017",
    ];
    expect(texts.map((text) => day(text))).toEqual(texts.map(() => "2017-03-04"));
    expect(readDate("2026-11-22 3:54 PM", null)).toMatchObject({ day: "2026-11-22", time: "15:54:00" });
    expect(readDate("22.11.2026 15:54", null)).toMatchObject({ day: "2026-11-22", time: "15:54:00" });
    expect(readDate("2026-11-22 15:54:01 UTC", null)).toMatchObject({ time: "15:54:01", zone: "Z" });
    expect(["FY26-Q3", "Q3 FY2026", "4 Foo 2017", "20171304", "12345678"].filter((text) => day(text) !== undefined)).toEqual([]);
  });
  test("with two digits of the year may have it first; that is asked unless a value settles it", () => {
    expect(dates("26/11/22")).toBe("ask");
    expect(dates("26/11/22", "49/01/31")).toBe("ymd");
    expect(dates("26/11/22", "11/22/26")).toBe("ask");
    expect(day("26/11/22", "ymd")).toBe("2026-11-22");
    expect(openOrders(evidenceOf("26/11/22", "25/12/01"))).toEqual(["dmy", "ymd"]);
  });
  test("months are read in their usual writings", () => {
    const months = ["2026-11", "11/2026", "Nov 2026", "November 2026", "2026-11-17"].map((text) => readMonth(text, null));
    expect(new Set(months)).toEqual(new Set(["2026-11-01"]));
    expect(readMonth("2026-13", null)).toBeNull();
  });
});

describe("files", () => {
  const rows = [
    ["name", "note"],
    ["Bétasölöin – €", "x"],
    ["Plain", ""],
  ];
  const text = (mark: string, end: string) => rows.map((row) => row.join(mark)).join(end);

  test("are read alike in every encoding", async () => {
    const win = Buffer.from("name,note\nB\xe9tas\xf6l\xf6in \x96 \x80,x\nPlain,\n", "latin1");
    const contents = [
      text(",", "\n"),
      `\uFEFF${text(",", "\r\n")}`,
      utf16(text(",", "\r\n"), false, true),
      utf16(text(",", "\n"), true, true),
      utf16(text(";", "\n"), false, false),
      win,
    ];
    for (const content of contents) {
      const { sheet, rows: got } = await read(content);
      expect([sheet.header, ...got]).toEqual(rows);
    }
  });
  test("UTF-8 that goes wrong far down is not UTF-8", async () => {
    const content = Buffer.concat([Buffer.from(`name,note\n${"plain,x\n".repeat(300_000)}`), Buffer.from("\xe9,x\n", "latin1")]);
    expect((await detectEncoding(fileOf(content))).encoding).toBe("windows-1252");
  });
  test("are read with any delimiter and line end", async () => {
    const marks = [",", ";", "\t", "|"].flatMap((mark) => ["\n", "\r\n", "\r"].map((end) => [mark, end] as const));
    for (const [mark, end] of marks)
      expect({ mark, end, rows: (await read(text(mark, end))).rows }).toEqual({ mark, end, rows: rows.slice(1) });
  });
  test("say themselves what separates the cells", async () => {
    const { sheet, rows: got, lines } = await read('sep=;\r\na;b\r\n"1,2,3,4";5\r\n');
    expect([sheet.header, got, lines]).toEqual([["a", "b"], [["1,2,3,4", "5"]], [3]]);
  });
  test("with line ends inside cells keep the count of lines", async () => {
    const { rows: got, lines } = await read('a,b\n"one\ntwo",x\n\n"q ""uoted""",y\n');
    expect(got).toEqual([
      ["one\ntwo", "x"],
      ['q "uoted"', "y"],
    ]);
    expect(lines).toEqual([2, 5]);
  });
  test("whose decimal commas cut every row in two are put together again", async () => {
    const { sheet, rows: got } = await read("name,year,revenue,staff\nA,1996,1100,04,2822\nB,1999,251,41,495\nC,2017,4,54,9\n");
    expect(sheet.splitAt).toBe(2);
    expect(got[2]).toEqual(["C", "2017", "4,54", "9"]);
  });
  test("with one cell too many for another reason are left as they are", async () => {
    expect((await read("a,b\n1,2,3\n4,5,6\n")).sheet.splitAt).toBeNull();
    expect((await read("a,b\nx,2,3\ny,5,6\n")).sheet.splitAt).toBe(1);
  });
});

describe("columns", () => {
  test("tell what a file holds", () => {
    expect(what("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value")).toBe("opportunities");
    expect(what("sales_agent,manager,regional_office")).toBe("people");
    expect(what("account,sector,year_established,revenue,employees,office_location,subsidiary_of")).toBe("accounts");
    expect(what("product,series,sales_price")).toBe("products");
    expect(what("Name,Month,Quota")).toBe("quotas");
    expect(what("Table,Field,Description")).toBeNull();
    expect(what("Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Opportunity ID")).toBe("opportunities");
    expect(what("Record ID,Deal Name,Deal Stage,Deal owner,Amount,Create Date,Close Date")).toBe("opportunities");
    expect(what("Deal - ID,Deal - Title,Deal - Owner,Deal - Stage,Deal - Status,Deal - Value")).toBe("opportunities");
  });
  test("are used once each, the better name first", () => {
    const found = recognise(["Name", "Opportunity Name", "Owner", "Stage"]);
    expect(found?.columns).toMatchObject({ name: 1, owner: 2, stage: 3 });
  });
});
