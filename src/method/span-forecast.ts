import { closingModel, knownBefore, type OwnedDeal } from "./closing-model.ts";
import { type Estimate, known } from "./estimate.ts";
import { calendarYear, type FiscalCalendar } from "./fiscal-calendar.ts";
import { type FiscalMonths, fiscalMonths } from "./fiscal-months.ts";
import { chanceOf, monthDraws, quantileOf } from "./month-draws.ts";
import { modelWeight, monthForecasts } from "./month-forecast.ts";
import { ownerOutlooks, withoutNew } from "./owner-outlook.ts";
import { seedOf } from "./seeded-random.ts";

/** What one person's deals bring from a day up to another, in minor units. */
export interface SpanForecast {
  expectedMinor: number;
  /** In four of five cases it lies between these. */
  lowMinor: number;
  highMinor: number;
  /** The mean of the last three whole months, for as long a span; null while there is no whole month. */
  trailingMinor: number | null;
  /** Chances to reach .8, 1 and 1.2 of it; null where it is nothing. */
  chances: readonly [number, number, number] | null;
}

export interface SpanForecasts {
  /** By end, by person. */
  spans: Map<number, Map<string, SpanForecast>>;
  /** Standard deviation of the shock that hits everybody alike, as a share. */
  sharedSpread: number;
}

/** Of which shares of the trailing mean chances are given: what a back-test of chances needs, without a goal. */
const chanceShares = [0.8, 1, 1.2] as const;

interface Asked {
  deals: readonly OwnedDeal[];
  /** A day number: nothing of it or later is read. */
  day: number;
  /** Ends of the spans, day numbers, not included. */
  untils: readonly number[];
  calendar?: FiscalCalendar;
  /** Who has left by the day: nothing new is expected of them, and no month like their last ones. */
  gone?: ReadonlySet<string>;
}

/**
 * The forecast of everybody from a day up to each of several later ones: open and new deals, corrected by what the forecasts of past
 * months missed, blended with the trailing mean. On the first of a month, up to its end, it is that of `monthForecasts`, but for who has left.
 * @param asked the deals are of the whole organisation
 * Refuses as `closingModel` does, for the day and for the first of its month.
 */
export function spanForecasts({ deals, day, untils, calendar = calendarYear, gone = nobody }: Asked): Estimate<SpanForecasts> {
  const months = fiscalMonths(calendar);
  const before = knownBefore(deals, day);
  const forecasts = monthForecasts(before, months.start(months.of(day)), calendar);
  if (!forecasts.known) return forecasts;
  const model = forecasts.value.day === day ? known(forecasts.value.model) : closingModel(before, day, calendar);
  if (!model.known) return model;
  const { owners, sharedSpread } = forecasts.value;
  const spans = untils.map((until) => {
    const people = [...ownerOutlooks(model.value, before, until)].map(([ownerId, stayed]) => {
      const hasLeft = gone.has(ownerId);
      const outlook = hasLeft ? withoutNew(stayed) : stayed;
      const owner = owners.get(ownerId);
      const raw = outlook.expectedOpen + outlook.expectedNew;
      const modelScale = owner?.modelScale ?? 1;
      const mean = owner?.trailingMinor ?? null;
      const trailingMinor = mean === null ? null : mean * monthsIn(months, day, until);
      const modelMinor = raw * modelScale;
      const expectedMinor = trailingMinor === null || hasLeft ? modelMinor : modelWeight * modelMinor + (1 - modelWeight) * trailingMinor;
      const scale = raw > 0 ? expectedMinor / raw : 0;
      const seed = seedOf(`${day} ${until} ${outlook.open.length} ${Math.round(expectedMinor)}`);
      const draws = monthDraws({ outlook, scale, sharedSpread, ownSpread: owner?.ownSpread ?? 0 }, seed);
      const chances = trailingMinor
        ? (chanceShares.map((share) => chanceOf(draws, share * trailingMinor)) as [number, number, number])
        : null;
      const range = { lowMinor: quantileOf(draws, 0.1), highMinor: quantileOf(draws, 0.9) };
      return [ownerId, { expectedMinor, ...range, trailingMinor, chances }] as const;
    });
    return [until, new Map(people)] as const;
  });
  return known({ spans: new Map(spans), sharedSpread });
}

const nobody: ReadonlySet<string> = new Set();

/** Fiscal months between two days, parts of one by its days. */
function monthsIn({ of, start }: FiscalMonths, from: number, until: number): number {
  let months = 0;
  for (let at = from; at < until;) {
    const next = start(of(at) + 1);
    const end = Math.min(next, until);
    months += (end - at) / (next - start(of(at)));
    at = end;
  }
  return months;
}
