import { expect, test } from "vitest";
import { readHolidayLines } from "../../src/domain/holidays/holiday-lines.ts";
import { readHolidayFile } from "../../src/domain/holidays/read-holiday-file.ts";

const today = "2026-11-22";
const read = (text: string) => readHolidayFile(new TextEncoder().encode(text), today);
const ics = (...events: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//t//t//EN",
    "X-WR-CALNAME:Holidays in Ireland",
    ...events.map((lines) => `BEGIN:VEVENT\r\n${lines.trim().replaceAll(/\n\s*/g, "\r\n")}\r\nEND:VEVENT`),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

test("a line is a day and a name, in whatever of the clear ways it is written", () => {
  const text = `Date,Holiday
2026-12-25, Christmas Day
"2026-12-26";"Saint Stephen’s Day"
01.01.2027\tNew Year’s Day

Good Friday,2027-03-26
20270405,Easter Monday, the moved one`;
  expect(readHolidayLines(text)).toEqual({
    days: [
      { on: "2026-12-25", name: "Christmas Day" },
      { on: "2026-12-26", name: "Saint Stephen’s Day" },
      { on: "2027-01-01", name: "New Year’s Day" },
      { on: "2027-03-26", name: "Good Friday" },
      { on: "2027-04-05", name: "Easter Monday, the moved one" },
    ],
    unread: [],
  });
});

test("lines that cannot be read are named by their number, and the others come in", () => {
  const { days, unread } = readHolidayLines(
    "2026-12-25, Christmas Day\nsoon, Party\n2026-02-30, No such day\n12/25/2026, Which way round\n2026-12-26",
  );
  expect(days).toEqual([{ on: "2026-12-25", name: "Christmas Day" }]);
  expect(unread.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  expect(unread[0]?.why).toContain("“soon, Party” has no day");
  expect(unread[3]?.why).toContain("has no name");
});

test("two names of one day are one holiday", () => {
  expect(readHolidayLines("2026-05-01, May Day\n2026-05-01, Founders’ Day\n2026-05-01, May Day").days).toEqual([
    { on: "2026-05-01", name: "May Day, Founders’ Day" },
  ]);
});

test("the end of a calendar's event is the day after its last one", async () => {
  const file = ics(
    "UID:1\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Company days",
    "UID:2\nDTSTART;VALUE=DATE:20270101\nSUMMARY:New Year\\, at last",
  );
  expect(await read(file)).toEqual({
    name: "Holidays in Ireland",
    unread: [],
    days: [
      { on: "2026-12-24", name: "Company days" },
      { on: "2026-12-25", name: "Company days" },
      { on: "2026-12-26", name: "Company days" },
      { on: "2027-01-01", name: "New Year, at last" },
    ],
  });
});

test("what comes every year comes for five years, by its date or by its weekday, but for the days it leaves out", async () => {
  const file = ics(
    "UID:1\nDTSTART;VALUE=DATE:19700317\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20280317\nSUMMARY:Saint Patrick’s Day",
    "UID:2\nDTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\nSUMMARY:Thanksgiving Day",
    "UID:3\nDTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\nSUMMARY:Leap Day",
  );
  const { days } = await read(file);
  const of = (name: string) => days.filter((day) => day.name === name).map(({ on }) => on);
  expect(of("Saint Patrick’s Day")).toEqual(["2026-03-17", "2027-03-17", "2029-03-17", "2030-03-17", "2031-03-17"]);
  expect(of("Thanksgiving Day")).toEqual(["2026-11-26", "2027-11-25", "2028-11-23", "2029-11-22", "2030-11-28"]);
  expect(of("Leap Day")).toEqual(["2028-02-29"]);
});

test("an event with a time of day is no holiday, and is named by its line", async () => {
  const file = ics("UID:1\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day", "UID:2\nDTSTART:20261231T180000Z\nSUMMARY:Party");
  const { days, unread } = await read(file);
  expect(days).toHaveLength(1);
  expect(unread).toEqual([{ line: 10, why: "“Party” has a time of day; holidays last whole days" }]);
});

test.each([
  ["", "The file is empty."],
  ["BEGIN:VCALENDAR\r\nrubbish", "This calendar file is broken or empty"],
  ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no event in it"],
  ["PK\u0003\u0004\0\0", "neither a calendar file"],
  ["Hello\nthere", "No holiday could be read in this file: in line 1"],
  [ics("UID:1\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nSUMMARY:Every day"), "more than 2,000"],
  [ics("UID:1\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=NEVER\nSUMMARY:Odd"), "No holiday could be read"],
  [ics("UID:1\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:29260101\nSUMMARY:Ages"), "lasts"],
])("a bad file is refused in one clear sentence: %#", async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(sentence);
});

test("a broken event does not take the others with it", async () => {
  const file = ics(
    "UID:1\nDTSTART;VALUE=DATE:2026122\nSUMMARY:Short",
    "UID:3\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=NEVER\nSUMMARY:Odd",
    "UID:2\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day",
  );
  const { days, unread } = await read(file);
  expect(days).toEqual([{ on: "2026-12-25", name: "Christmas Day" }]);
  expect(unread).toEqual([
    { line: 5, why: "the event has no day that exists" },
    { line: 10, why: "the event is broken: its day or its rule cannot be read" },
  ]);
});

test("a file of another encoding keeps its letters", async () => {
  const latin = Uint8Array.from([..."2026-08-15, Maria Himmelfahrt in K\u00f6ln"].map((sign) => sign.charCodeAt(0)));
  expect((await readHolidayFile(latin, today)).days[0]?.name).toBe("Maria Himmelfahrt in Köln");
});
