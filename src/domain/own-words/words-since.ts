import { dayAt } from "../../method/days.ts";
import type { Db } from "../../platform/database.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { type OwnWord, ownWords, wordHorizons, wordPeriods } from "./own-word-queries.ts";

/** The word that holds for a period, and the one that held when the pair last met. */
export interface WordSince {
  /** "November 2026" */
  period: string;
  word: OwnWord;
  before: OwnWord | null;
  currency: string;
}

interface Asked {
  orgId: string;
  personId: string;
  at: Date;
  /** When the pair last met; null when it never has. */
  since: Date | null | undefined;
}

/** What somebody says of the running month and quarter, as far as the viewer may read it, and what they said when the pair last met. */
export async function wordsSince(db: Db, { orgId, personId, at, since }: Asked): Promise<WordSince[]> {
  const { timeZone, currency } = await calendarOf(db, orgId);
  const periods = await wordPeriods(db, orgId, dayAt(at, timeZone));
  const now = await ownWords(db, { orgId, personIds: [personId], periods, at, currency });
  const then = since ? await ownWords(db, { orgId, personIds: [personId], periods, at: since, currency }) : [];
  return wordHorizons.flatMap((horizon) => {
    const word = now.find((one) => one.horizon === horizon);
    const before = then.find((one) => one.horizon === horizon) ?? null;
    return word ? [{ period: periods[horizon].label, word, before, currency }] : [];
  });
}
