import { Refusal } from "../../platform/refusal.ts";
import { mostHolidays, type ReadHolidays, readHolidayLines } from "./holiday-lines.ts";
import { readCalendarFile } from "./read-calendar-file.ts";

export interface ReadFile extends ReadHolidays {
  /** What the file calls its calendar. */
  name: string | null;
}

function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Holidays out of a calendar file (.ics) or a text of lines with a day and a name. What is neither is refused in a sentence. */
export async function readHolidayFile(bytes: Uint8Array, today: string): Promise<ReadFile> {
  if (bytes.length === 0) throw new Refusal("file", "The file is empty.");
  const text = textOf(bytes);
  if (text.includes("\0"))
    throw new Refusal("file", "This is neither a calendar file (.ics) nor a text with a day and a name in each line.");
  const read = /^\s*BEGIN:VCALENDAR/i.test(text) ? await readCalendarFile(text, today) : { ...readHolidayLines(text), name: null };
  if (read.days.length === 0)
    throw new Refusal(
      "file",
      `No holiday could be read in this file${read.unread[0] ? `: in line ${read.unread[0].line} ${read.unread[0].why}` : ""}. Bring a calendar file (.ics), or lines like 2026-12-25, Christmas Day.`,
    );
  if (read.days.length > mostHolidays)
    throw new Refusal(
      "file",
      `This file has more than ${mostHolidays.toLocaleString("en")} holidays. Bring one country or region at a time.`,
    );
  return read;
}
