import { type Estimate, known } from "../../method/estimate.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { fiscalMonths } from "../../method/fiscal-months.ts";
import { monthDraws } from "../../method/month-draws.ts";
import { monthForecasts, type OwnerMonth } from "../../method/month-forecast.ts";
import { seedOf } from "../../method/seeded-random.ts";
import type { Db } from "../../platform/database.ts";
import { ownedDealsAsOf } from "../numbers/owned-deals-queries.ts";

export interface ForecastMonth extends OwnerMonth {
  /** Results the month may bring, smallest first, in minor units. */
  draws: Float64Array;
}

interface Asked {
  orgId: string;
  /** First day of a month of the calendar, a day number. */
  day: number;
  calendar: FiscalCalendar;
}

/** The forecast of everybody's month made on its first day, by person, from what was known before that day alone. */
export async function forecastMonth(db: Db, { orgId, day, calendar }: Asked): Promise<Estimate<Map<string, ForecastMonth>>> {
  const forecasts = monthForecasts(await ownedDealsAsOf(db, orgId, day), day, calendar);
  if (!forecasts.known) return forecasts;
  const { owners, sharedSpread } = forecasts.value;
  const drawn = [...owners].map(([ownerId, owner]) => {
    const { outlook, ownSpread, expectedMinor } = owner;
    // A seed out of what is known, not out of ids: the same pipeline gives the same chances wherever it was imported.
    const seed = seedOf(`${fiscalMonths(calendar).of(day)} ${outlook.open.length} ${Math.round(expectedMinor)}`);
    const draws = monthDraws({ outlook, scale: scaleOf(owner), sharedSpread, ownSpread }, seed);
    return [ownerId, { ...owner, draws }] as const;
  });
  return known(new Map(drawn));
}

/** What a person's deals are scaled by so that they come to the forecast. */
export function scaleOf({ outlook, expectedMinor }: OwnerMonth): number {
  const raw = outlook.expectedOpen + outlook.expectedNew;
  return raw > 0 ? expectedMinor / raw : 0;
}
