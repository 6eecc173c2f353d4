import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type Estimate, known } from "../../method/estimate.ts";
import { type GoalHorizon, numbersSetting, type RepNumbers, repNumbers } from "../../method/rep-numbers.ts";
import type { Db } from "../../platform/database.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";
import { calendarOf, ownedDealsAsOf } from "./owned-deals-queries.ts";

/**
 * The numbers of these people at an instant, from what was known before its day in the organisation's time zone. What the whole
 * organisation taught is worked out once for all of them.
 * @param goals of each person, in minor units, for the whole month, quarter and year; nobody needs to have any
 */
export async function numbersOf(
  db: Db,
  orgId: string,
  ownerIds: readonly string[],
  { at, goals = new Map() }: { at: Date; goals?: ReadonlyMap<string, Partial<Record<GoalHorizon, number>>> },
): Promise<Estimate<Map<string, RepNumbers>>> {
  const { timeZone } = await calendarOf(db, orgId);
  const day = dayNumber(dayAt(at, timeZone));
  const deals = await ownedDealsAsOf(db, orgId, day);
  const setting = numbersSetting(deals, day, await fiscalCalendarOf(db, orgId));
  if (!setting.known) return setting;
  const byOwner = Map.groupBy(deals, ({ ownerId }) => ownerId);
  return known(new Map(ownerIds.map((id) => [id, repNumbers(setting.value, id, byOwner.get(id) ?? [], goals.get(id) ?? {})])));
}
