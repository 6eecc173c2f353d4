import { dayNumber } from "../../method/day-numbers.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { inMoney } from "../../method/gain-words.ts";
import { type Word, wordProblems } from "../../method/own-word.ts";
import { dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { meetingToPrepare } from "../preparations/preparation-access.ts";
import type { WordHorizon } from "./own-word-queries.ts";
import { wonSoFar } from "./won-so-far-queries.ts";

export interface NewWord extends Word {
  /** The same id twice is one word. */
  id: string;
  horizon: WordHorizon;
  /** Any day of the period, YYYY-MM-DD. */
  on: string;
  /** The one-on-one it is said in preparation for: one word a period for each. */
  meetingId?: string | undefined;
}

/**
 * Somebody says what they will close. It is kept beside what they said before, never over it. Refused at the part that contradicts
 * itself or is less than what is won already, or at `on` once the period is over by the organisation's day.
 */
export async function sayOwnWord(ctx: Ctx, { id, horizon, on, meetingId, likely, least, most }: NewWord): Promise<void> {
  const { orgId, personId, currency } = ctx.viewer;
  const [problem] = Object.entries(wordProblems({ likely, least, most }));
  if (problem) throw new Refusal(...problem);
  await ctx.tx(async (db) => {
    if (meetingId) await meetingToPrepare(db, ctx, meetingId);
    const { fiscal, timeZone } = await calendarOf(db, orgId);
    const period = fiscalPeriods(fiscal, dayNumber(on))[horizon];
    if (period.until <= dayNumber(dayAt(ctx.clock.now(), timeZone)))
      throw new Refusal("on", `${period.label} is over: what came is known.`);
    const won = await wonSoFar(db, ctx, { horizon, periodOn: period.month });
    const below = likely < won.minor ? "likely" : least !== null && least < won.minor ? "least" : null;
    if (below) {
      const who = won.isTeam ? "You and your team have" : "You have";
      throw new Refusal(below, `${who} already won ${inMoney(won.minor, currency)} in ${period.label}.`);
    }
    const said = await db
      .insertInto("own_word")
      .values({
        org_id: orgId,
        id,
        person_id: personId,
        horizon,
        period_on: period.month,
        likely_minor: likely,
        least_minor: least,
        most_minor: most,
        currency,
        said_at: ctx.clock.now(),
        said_in: meetingId ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!said) return;
    await recordEvent(db, ctx, "say", "own word", id);
    await signal(db, `forecast:${personId}`);
  });
}
