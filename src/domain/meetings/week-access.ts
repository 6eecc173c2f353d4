import { addDays, dayAt, startOfDay } from "../../method/days.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { monthsBack } from "../../method/months-asked.ts";
import { missedInARow } from "../../method/missed-in-a-row.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { todayOf } from "../../platform/clock.ts";
import { isManager } from "../../platform/viewer.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";
import { monthResults } from "../opportunities/month-results.ts";
import { answers, type StepAgreed, stepsAgreed } from "../results/next-steps.ts";
import { newsKey, type PairNews, pairNews } from "../opportunities/pair-news-queries.ts";
import { type ManagerAdherence, managersAdherence, type WeekFigures, weekFigures } from "./week-figures-queries.ts";
import { type Missed, missedNotMadeGood, reportsWithoutSeries, type WeekMeeting, weekMeetings, nextPlanned } from "./week-queries.ts";

export const weeksCounted = 13;
const monthsShown = 5;

/** The month a results review is about, and how the months before it went. */
export interface MonthNews {
  /** YYYY-MM-01 */
  month: string;
  isWhole: boolean;
  wonMinor: number;
  quotaMinor: number | null;
  currency: string;
  /** Whole months in a row below plan up to this one or the one before it. */
  missed: number;
  /** The step agreed on for them since, where the viewer is of the pair. */
  agreed: StepAgreed | null;
}

export interface WeekRow extends WeekMeeting {
  day: string;
  news: PairNews | null;
  result: MonthNews | null;
}

export interface Week {
  /** Its Monday. */
  monday: string;
  today: string;
  now: Date;
  rows: WeekRow[];
  figures: WeekFigures;
  side: "manager" | "rep";
  missed: Missed[];
  withoutSeries: { id: string; name: string }[];
  managers: ManagerAdherence[];
  /** The day of the first one-on-one after this week, told where the week itself has none; null where none is planned. */
  nextDay: string | null;
}

const isAhead = ({ state }: WeekMeeting): boolean => state === "planned" || state === "open" || state === "missed";

/** Everything on the viewer's page of one week, in a handful of queries however many one-on-ones it has. */
export async function weekOfViewer(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, monday: string): Promise<Week> {
  const { timeZone, roles } = ctx.viewer;
  const now = ctx.clock.now();
  const today = dayAt(now, timeZone);
  const range = { from: startOfDay(monday, timeZone), to: startOfDay(addDays(monday, 7), timeZone), today };
  const meetings = await weekMeetings(db, ctx, range);
  const next = meetings.length === 0 ? await nextPlanned(db, ctx, range.to > now ? range.to : now) : null;
  const since = startOfDay(addDays(today, -7 * weeksCounted), timeZone);
  const side = isManager(ctx.viewer) ? "manager" : "rep";
  return {
    monday,
    today,
    now,
    side,
    rows: await withNews(db, ctx, meetings, today),
    figures: await weekFigures(db, ctx, { side, since, now }),
    missed: await missedNotMadeGood(db, ctx, startOfDay(addDays(today, -42), timeZone)),
    withoutSeries: side === "manager" ? await reportsWithoutSeries(db, ctx, todayOf(ctx)) : [],
    nextDay: next && dayAt(next, timeZone),
    managers: roles.has("leader") ? await managersAdherence(db, ctx, { since, now }) : [],
  };
}

const looksAt = (meeting: WeekMeeting, ...panels: string[]): boolean =>
  isAhead(meeting) && meeting.panels.some((panel) => panels.includes(panel));

async function withNews(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meetings: WeekMeeting[], today: string): Promise<WeekRow[]> {
  const { orgId, timeZone } = ctx.viewer;
  const now = ctx.clock.now();
  const aboutDeals = meetings.filter((meeting) => meeting.lastMetAt && looksAt(meeting, "new_opportunities", "opportunities"));
  const news = await pairNews(db, {
    orgId,
    now,
    pairs: aboutDeals.map(({ repId, lastMetAt }) => ({ ownerId: repId, after: lastMetAt ?? now })),
  });
  // Reps say their own numbers first: the actual ones show here only once they have handed them in.
  const aboutResults = meetings.filter(
    (meeting) => looksAt(meeting, "results") && (meeting.side === "manager" || meeting.preparedAt !== null || meeting.state !== "planned"),
  );
  const results = await monthsOf(db, ctx, [...new Set(aboutResults.map(({ repId }) => repId))], today);
  return meetings.map((meeting) => ({
    ...meeting,
    day: dayAt(meeting.plannedStart, timeZone),
    news: aboutDeals.includes(meeting) && meeting.lastMetAt ? (news.get(newsKey(meeting.repId, meeting.lastMetAt)) ?? noNews) : null,
    result: aboutResults.includes(meeting) ? (results.get(meeting.repId) ?? null) : null,
  }));
}

const noNews: PairNews = { created: 0, moved: 0, lost: 0, slipped: 0, won: [] };

/** In the first ten days of a fiscal month the month before is the one to talk about. */
async function monthsOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personIds: string[], today: string): Promise<Map<string, MonthNews>> {
  if (personIds.length === 0) return new Map();
  const { orgId, timeZone } = ctx.viewer;
  const { month, from } = fiscalPeriods(await fiscalCalendarOf(db, orgId), dayNumber(today)).month;
  const months = monthsBack(month, monthsShown).toReversed();
  const found = await monthResults(db, { orgId, personIds, months, at: ctx.clock.now() });
  const news = new Map<string, MonthNews>();
  for (const [id, { months: all }] of found) {
    const isWhole = dayNumber(today) - from < 10;
    const shown = isWhole ? all.at(-2) : all.at(-1);
    const whole = all.slice(0, -1).map(({ wonMinor, quotaMinor }) => ({ result: wonMinor, plan: quotaMinor }));
    if (shown && (shown.wonMinor > 0 || shown.quotaMinor !== null))
      news.set(id, { ...shown, isWhole, missed: missedInARow(whole) ?? 0, agreed: null });
  }
  const repIds = [...news].flatMap(([id, { missed }]) => (missed > 1 ? [id] : []));
  for (const [id, step] of await stepsAgreed(db, { orgId, repIds, since: startOfDay(dayOf(from), timeZone) })) {
    const one = news.get(id);
    if (one) one.agreed = answers(step, one.missed);
  }
  return news;
}
