import { type Targets, targetsOn } from "../../domain/goals/targets-queries.ts";
import { keptWhile } from "../../platform/kept-while.ts";
import { dealsWithoutRate, type WithoutRate } from "../../domain/exchange-rates/deals-without-rate.ts";
import { type Member, treeOf } from "../../domain/opportunities/pipeline-queries.ts";
import { type OwnWord, ownWords, wordHorizons, type WordHorizon, wordPeriods, wordsSaid } from "../../domain/own-words/own-word-queries.ts";
import { calendarOf } from "../../domain/organisations/organisation-calendar.ts";
import { leftBelow } from "../../domain/people/left-below-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { periodsScored } from "../../domain/period-forecasts/forecast-periods.ts";
import {
  type ChanceBin,
  type ForecastNow,
  forecastsMade,
  forecastsNow,
  ownWordMonths,
  pastScores,
  type VoiceMonth,
} from "../../domain/period-forecasts/period-forecast-queries.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import type { FiscalPeriod } from "../../method/fiscal-calendar.ts";
import { teamQuotas } from "../../method/team-quota.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { type Figures, figuresOf } from "./add-up.ts";

/** One line of the roll-up: a person with everybody below them, or the people of nobody else below the one shown. */
export interface Line {
  id: string;
  name: string;
  people: number;
  isTeam: boolean;
  /** Not below the viewer any more: counted in periods that they left within, and no page to go to. */
  hasLeft: boolean;
  figures: Record<WordHorizon, Figures>;
  /** Where they count. */
  horizons: readonly WordHorizon[];
}

export interface ForecastData {
  of: Member;
  me: string;
  isTeam: boolean;
  /** Whether the viewer is somebody's manager. */
  hasPeople: boolean;
  /** In the organisation's time zone, YYYY-MM-DD. */
  today: string;
  zone: string;
  currency: string;
  periods: Record<WordHorizon, FiscalPeriod>;
  figures: Record<WordHorizon, Figures>;
  /** Of the person shown; of a manager it is about the team. */
  words: ReadonlyMap<WordHorizon, OwnWord>;
  /** Their words of this and the last quarter's periods, the latest first. */
  said: readonly OwnWord[];
  /** The rep's own goals, for the pair; nothing for everybody else. */
  goal: Targets["goal"];
  lines: Line[];
  months: VoiceMonth[];
  /** What a manager said of the team, by month; nothing of somebody who sells. */
  teamWords: ReadonlyMap<string, number>;
  bins: ChanceBin[];
  madeAt: Date | null;
  /** Those whose forecast is still of another period: one has just begun, or the calendar was changed. */
  pending: ReadonlySet<WordHorizon>;
  /** Deals that every figure leaves out, because nothing exchanges them. */
  withoutRate: WithoutRate[];
}

/** @param person whose forecast; the viewer's own without it */
export async function forecastData(ctx: Ctx, person: string | undefined): Promise<ForecastData> {
  const { orgId, personId: me, currency } = ctx.viewer;
  return ctx.tx(async (db) => {
    const tree = await treeOf(db, ctx);
    const of = tree.find(({ id }) => id === (person || me));
    if (!of) throw new NotFound("This forecast");
    if (of.id !== me) await recordReading(db, ctx, await personForViewer(db, ctx, of.id), "forecast");
    const { timeZone: zone, fiscal } = await calendarOf(db, orgId);
    const at = ctx.clock.now();
    const today = dayAt(at, zone);
    const periods = await wordPeriods(db, orgId, today);
    const left = await leftBelow(db, Object.values(periods));
    const members: Member[] = [...tree, ...left];
    const children = Map.groupBy(members, ({ managerId }) => managerId);
    const below = peopleBelow(children, of.id);
    const ids = [of.id, ...below];
    const made = await forecastsMade(db, orgId);
    const words = await ownWords(db, { orgId, personIds: ids, periods, at, currency });
    const sellers = new Set(ids.filter((id) => !children.has(id)));
    const months = periodsScored(fiscal, dayNumber(today), "month").slice(1);
    const asked = { orgId, of: of.id, months, currency };
    // Made in the background, all at once: until they are made again they are what they are, for whoever may read them.
    const { now, past, withoutRate } = await keptWhile(
      `${made?.state} ${made?.at.getTime()}`,
      ["forecasts", orgId, me, today, ids],
      async () => ({
        now: await forecastsNow(db, orgId, ids, currency),
        past: await pastScores(db, asked),
        withoutRate: await dealsWithoutRate(db, { orgId, ownerIds: ids, at, day: today }),
      }),
    );
    const goneOf = new Map(left.map((one) => [one.id, one]));
    const counts = (horizon: WordHorizon) => (id: string) => goneOf.get(id)?.within.has(periods[horizon].from) ?? true;
    const add = adder({ now, words, periods, sellers, counts, members });
    const direct = (children.get(of.id) ?? []).filter(({ id }) => id !== of.id);
    const byName = direct.toSorted((one, other) => one.name.localeCompare(other.name, "en", { sensitivity: "base" }));
    const lines = byName.map(({ id, name }): Line => {
      const mine = [id, ...peopleBelow(children, id)];
      const horizons = wordHorizons.filter((horizon) => counts(horizon)(id));
      return { id, name, people: mine.length - 1, isTeam: children.has(id), hasLeft: goneOf.has(id), horizons, figures: add(mine) };
    });
    return {
      of,
      me,
      isTeam: direct.length > 0,
      hasPeople: tree.length > 1,
      today,
      zone,
      currency,
      periods,
      figures: add(ids),
      words: new Map(words.filter(({ personId }) => personId === of.id).map((word) => [word.horizon, word])),
      said: await saidLately(db, ctx, of.id, periods),
      goal: direct.length > 0 ? {} : ((await targetsOn(db, orgId, [of.id], dayNumber(today))).get(of.id)?.goal ?? {}),
      lines,
      ...past,
      teamWords: await teamWordsOf(db, orgId, of.id, past.months),
      madeAt: made?.at ?? null,
      pending: new Set(wordHorizons.filter((horizon) => isOfAnother(now, horizon, periods[horizon].month))),
      withoutRate,
    };
  });
}

/** What they said of the months in which they had people. */
async function teamWordsOf(db: Db, orgId: string, personId: string, months: readonly VoiceMonth[]): Promise<Map<string, number>> {
  const led = new Set(months.filter(({ isTeam }) => isTeam).map(({ periodOn }) => periodOn));
  if (led.size === 0) return new Map();
  return new Map([...(await ownWordMonths(db, orgId, personId))].filter(([periodOn]) => led.has(periodOn)));
}

const saidLately = (db: Db, { viewer: { orgId } }: Ctx, personId: string, { quarter }: ForecastData["periods"]): Promise<OwnWord[]> =>
  wordsSaid(db, { orgId, personId, from: dayOf(dayNumber(quarter.month) - 92), until: dayOf(quarter.until) });

/** Is there a forecast, but none of this period? */
function isOfAnother(now: readonly ForecastNow[], wanted: WordHorizon, month: string): boolean {
  const made = now.filter(({ horizon }) => horizon === wanted);
  return made.length > 0 && made.every(({ periodOn }) => periodOn !== month);
}

/** Everybody below a person, without them. */
function peopleBelow(children: ReadonlyMap<string | null, readonly Member[]>, top: string): string[] {
  const found = new Set<string>();
  const waiting = (children.get(top) ?? []).map(({ id }) => id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === top || found.has(id)) continue;
    found.add(id);
    waiting.push(...(children.get(id) ?? []).map((member) => member.id));
  }
  return [...found];
}

interface Known {
  now: readonly ForecastNow[];
  words: readonly OwnWord[];
  periods: ForecastData["periods"];
  sellers: ReadonlySet<string>;
  /** Whether a period counts somebody. */
  counts: (horizon: WordHorizon) => (id: string) => boolean;
  members: readonly Member[];
}

/** Adds up any of the people known: a leader's page does so for each manager. */
function adder({ now, words, periods, sellers, counts, members }: Known): (ids: readonly string[]) => Record<WordHorizon, Figures> {
  const of = (horizon: WordHorizon) => {
    const rowOf = new Map(
      now.filter((one) => one.horizon === horizon && one.periodOn === periods[horizon].month).map((row) => [row.personId, row]),
    );
    const wordOf = new Map(words.filter((one) => one.horizon === horizon).map((word) => [word.personId, word]));
    const quotaOf = teamQuotas(new Map(members.filter(({ id }) => counts(horizon)(id)).map(({ id, managerId }) => [id, managerId])));
    return (all: readonly string[]): Figures => {
      const ids = all.filter(counts(horizon));
      const selling = ids.filter((id) => sellers.has(id));
      return figuresOf(
        ids.flatMap((id) => rowOf.get(id) ?? []),
        selling.flatMap((id) => wordOf.get(id) ?? []),
        selling.length,
        quotaOf(ids, (id) => rowOf.get(id)?.quotaMinor),
      );
    };
  };
  const [month, quarter] = wordHorizons.map(of) as [ReturnType<typeof of>, ReturnType<typeof of>];
  return (ids) => ({ month: month(ids), quarter: quarter(ids) });
}
