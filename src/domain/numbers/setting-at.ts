import type { OwnedDeal } from "../../method/closing-model.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { dayAt, startOfDay } from "../../method/days.ts";
import type { Estimate } from "../../method/estimate.ts";
import { type NumbersSetting, readSetting } from "../../method/numbers-setting.ts";
import { type App, asActor } from "../../platform/context.ts";
import { dealDays, ownersOf } from "./deal-days-queries.ts";
import { calendarOf, type OrganisationCalendar } from "../organisations/organisation-calendar.ts";
import { knownDeals } from "./owned-deals-queries.ts";

/** What everybody's numbers of one organisation and day have in common. */
export interface OrganisationSetting {
  calendar: OrganisationCalendar;
  /** A day number in the organisation's time zone. */
  day: number;
  setting: Estimate<NumbersSetting>;
}

/** So many people's deals are held at a time, however many there are. */
const atATime = 40;

/** Learnt from everything known before the organisation's day; nothing of that day or later is read. */
export async function settingAt(app: App, orgId: string, now: Date): Promise<OrganisationSetting> {
  const calendar = await asActor(app, "numbers", orgId, (db) => calendarOf(db, orgId));
  const { timeZone, rates, fiscal } = calendar;
  const day = dayNumber(dayAt(now, timeZone));
  const at = new Date(startOfDay(dayOf(day), timeZone).getTime() - 1);
  const ownerIds = await asActor(app, "numbers", orgId, (db) => ownersOf(db, orgId));
  const days = await asActor(app, "numbers", orgId, (db) => dealDays(db, { orgId, timeZone, rates, ownerIds, at, until: day }));
  async function* readOwners(): AsyncGenerator<OwnedDeal[]> {
    for (let from = 0; from < ownerIds.length; from += atATime) {
      const some = { orgId, timeZone, rates, ownerIds: ownerIds.slice(from, from + atATime), at, until: day };
      const deals = await asActor(app, "numbers", orgId, (db) => knownDeals(db, some));
      for (const mine of Map.groupBy(deals, ({ ownerId }) => ownerId).values()) {
        yield mine;
        // Pages come first: between two people everything else has its turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }
  return { calendar, day, setting: await readSetting(readOwners, days, day, fiscal) };
}
