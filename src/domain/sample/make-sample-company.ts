import { type App, asActor } from "../../platform/context.ts";
import { addActivities } from "./activities.ts";
import { addCast, makeCast } from "./cast.ts";
import { addCatalogue, makeCatalogue } from "./catalogue.ts";
import { addCoachingGoals } from "./coaching-goals.ts";
import { addDeals } from "./add-deals.ts";
import { makeDeals } from "./deals.ts";
import { addEvidence } from "./evidence.ts";
import { addForecasts } from "./forecasts.ts";
import { makeVanished } from "./exports.ts";
import { addExchangeRates, addGoals } from "./goals.ts";
import { addHolidays, makeHolidays } from "./holidays.ts";
import { holdTalks } from "./hold-talks.ts";
import { addImports } from "./import-runs.ts";
import { insertRows } from "./insert-rows.ts";
import { addKinds } from "./kinds.ts";
import { addMeetings, makeMeetings } from "./meetings.ts";
import { addQuotas, planQuotas } from "./plan-quotas.ts";
import { addOwnWords } from "./own-words.ts";
import { idOf } from "./random.ts";
import { addSalesProcess } from "./sales-process.ts";
import { day, instant, makeSetting, type Setting } from "./setting.ts";
import { addSeries, makeAllSeries } from "./slots.ts";
import { makeWorld } from "./world.ts";

/**
 * Makes the company that can be explored: a leader, three managers, eighteen reps, two years of pipeline and half a year of
 * one-on-ones, all relative to now, so that it always looks alive. The same moment gives the same company, ids included.
 * When there is a sample company already, that one is returned.
 */
export async function makeSampleCompany(app: App): Promise<{ orgId: string }> {
  const existing = await app.database.auth.selectFrom("organisation").select("org_id").where("is_sample", "=", true).executeTakeFirst();
  if (existing) return { orgId: existing.org_id };
  const setting = sampleRows(app.clock.now());
  await asActor(app, "set-up", setting.orgId, (db) => insertRows(db, setting.orgId, setting.rows));
  return { orgId: setting.orgId };
}

/** Every row of the company as of that moment. */
export function sampleRows(now: Date): Setting {
  const setting = makeSetting(now);
  const cast = makeCast(setting);
  const catalogue = makeCatalogue(setting);
  addOrganisation(setting);
  addCatalogue(setting, catalogue);
  addCast(setting, cast);
  const deals = makeDeals(setting, catalogue, cast);
  const quotas = planQuotas(setting, catalogue, cast, deals);
  addQuotas(setting, quotas);
  addGoals(setting, cast, quotas);
  addExchangeRates(setting);
  const vanished = makeVanished(setting, catalogue, cast);
  addDeals(setting, catalogue, [...deals, vanished]);
  addImports(setting, cast, catalogue, [...deals, vanished]);
  addSalesProcess(setting, catalogue, cast);
  addEvidence(setting, catalogue, cast, deals);
  addActivities(setting, catalogue, deals);
  addForecasts(setting, catalogue, cast, deals);
  const series = makeAllSeries(setting, addKinds(setting, cast.admin.id), cast);
  const holidays = makeHolidays(setting);
  addHolidays(setting, holidays, cast.admin.id);
  const meetings = makeMeetings(setting, cast, series, holidays);
  addSeries(setting, series);
  addMeetings(setting, meetings);
  const world = makeWorld({ setting, catalogue, cast, quotas }, deals, meetings);
  addOwnWords(world);
  holdTalks(world);
  addCoachingGoals(world);
  return setting;
}

function addOrganisation({ rows, orgId, now, zone, calendar }: Setting): void {
  rows.add("organisation", {
    name: "Tollbrook Scales",
    is_sample: true,
    currency: "USD",
    time_zone: zone,
    fiscal_year_starts_in: calendar.startsIn,
    created_at: instant(now - 735 * day),
  });
  rows.add("event", {
    id: idOf("event set up", now),
    actor_id: null,
    actor: "set-up",
    verb: "set up",
    noun: "organisation",
    noun_id: orgId,
    at: instant(now),
  });
}
