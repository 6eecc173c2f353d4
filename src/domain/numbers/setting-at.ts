import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import type { Estimate } from "../../method/estimate.ts";
import { type NumbersSetting, numbersSetting } from "../../method/rep-numbers.ts";
import { type App, asActor } from "../../platform/context.ts";
import { calendarOf, type OrganisationCalendar } from "./organisation-calendar.ts";
import { ownedDealsAsOf } from "./owned-deals-queries.ts";

/** What everybody's numbers of one organisation and day have in common. */
export interface OrganisationSetting {
  calendar: OrganisationCalendar;
  /** A day number in the organisation's time zone. */
  day: number;
  setting: Estimate<NumbersSetting>;
}

/** Learnt from everything known before the organisation's day; nothing of that day or later is read. */
export async function settingAt(app: App, orgId: string, at: Date): Promise<OrganisationSetting> {
  return asActor(app, "numbers", orgId, async (db) => {
    const calendar = await calendarOf(db, orgId);
    const day = dayNumber(dayAt(at, calendar.timeZone));
    return { calendar, day, setting: numbersSetting(await ownedDealsAsOf(db, orgId, day), day, calendar.fiscal) };
  });
}
