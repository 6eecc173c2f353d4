import { makeSeries, type NewSeries } from "../../src/domain/series/make-series.ts";
import type { App, Ctx } from "../../src/platform/context.ts";
import { asActor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import type { Company } from "./company.ts";

/** A weekly slot on Mondays at 10:00 UTC unless said otherwise, made by the manager. */
export async function makeSlot(
  company: Company,
  manager: Ctx,
  rep: Ctx,
  values: Partial<NewSeries> & { kind?: string; localTime?: string } = {},
): Promise<string> {
  const { kind, localTime, ...rest } = values;
  const [id] = await makeSeries(manager, {
    id: newId(),
    kindId: company.kinds.get(kind ?? "deal-strategy") ?? "",
    managerId: manager.viewer.personId,
    reps: [{ repId: rep.viewer.personId, localTime: localTime ?? "10:00" }],
    rrule: "FREQ=WEEKLY;BYDAY=MO",
    startsOn: "2026-03-02",
    timeZone: "UTC",
    minutes: 45,
    place: "Room 4",
    coCoachId: null,
    ...rest,
  });
  return id ?? "";
}

export async function makeTimeOff(app: App, company: Company, person: Ctx, fromOn: string, untilOn = fromOn): Promise<void> {
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("time_off")
      .values({
        org_id: company.orgId,
        id: newId(),
        person_id: person.viewer.personId,
        from_on: fromOn,
        until_on: untilOn,
        created_at: app.clock.now(),
      })
      .execute(),
  );
}

/** The meetings of a pair, oldest first, as that person sees them. */
export const meetingsSeenBy = (ctx: Ctx) =>
  ctx.tx((db) =>
    db.selectFrom("meeting").selectAll().where("org_id", "=", ctx.viewer.orgId).orderBy("planned_start").orderBy("id").execute(),
  );
