import { deserialize, serialize } from "node:v8";
import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type App, asActor } from "../../platform/context.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { type OrganisationSetting, settingAt } from "./setting-at.ts";

/** Raise it whenever `OrganisationSetting` changes: what was kept before then is learnt again. */
const settingVersion = 2;
/** What everybody has in common is learnt anew once that is at most a fiftieth of the time. */
const share = 50;

/** What was learnt for this day, with the calendar and rates of now; undefined where there is none, or it is to be learnt anew. */
export async function keptSetting(app: App, orgId: string): Promise<OrganisationSetting | undefined> {
  return asActor(app, "numbers", orgId, async (db) => {
    const calendar = await calendarOf(db, orgId);
    const row = await db
      .selectFrom("numbers_setting")
      .select("setting")
      .where("org_id", "=", orgId)
      .where("as_of", "=", dayAt(app.clock.now(), calendar.timeZone))
      .where("shape", "=", settingVersion)
      // By the clock on the wall, not the one that may stand still: it is about how often, not about what.
      .where(sql<boolean>`made_at > now() - ${share} * took_ms * interval '1 millisecond'`)
      .executeTakeFirst();
    if (!row) return undefined;
    const kept = deserialize(row.setting) as OrganisationSetting;
    // Of other months and quarters than those of now it says nothing, nor in another currency, nor by other midnights.
    const { fiscal, currency, timeZone } = kept.calendar;
    const isSame = currency === calendar.currency && timeZone === calendar.timeZone && isDeepStrictEqual(fiscal, calendar.fiscal);
    // That there was too little to learn from is soon no longer so.
    return isSame && kept.setting.known ? { ...kept, calendar } : undefined;
  });
}

/** Learns it and keeps it. */
export async function learnSetting(app: App, orgId: string): Promise<OrganisationSetting> {
  const started = performance.now();
  const made = await settingAt(app, orgId, app.clock.now());
  const row = {
    as_of: dayOf(made.day),
    made_at: sql<Date>`now()`,
    took_ms: Math.ceil(performance.now() - started),
    shape: settingVersion,
    setting: serialize(made),
  };
  await asActor(app, "numbers", orgId, (db) =>
    db
      .insertInto("numbers_setting")
      .values({ org_id: orgId, ...row })
      .onConflict((conflict) => conflict.column("org_id").doUpdateSet(row))
      .execute(),
  );
  return made;
}
