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

/** A closed one-on-one: five minutes on the past, fifteen on the future, and one promise of the rep. */
export async function makeHeld(
  app: App,
  company: Company,
  manager: Ctx,
  rep: Ctx,
  at: string,
  outcome: "kept" | "missed" | null = null,
): Promise<string> {
  const { orgId } = company;
  const kindId = company.kinds.get("deal-strategy") ?? "";
  const meetingId = newId();
  const start = new Date(at);
  const middle = new Date(start.getTime() + 5 * 60_000);
  const end = new Date(start.getTime() + 20 * 60_000);
  const pair = { manager_id: manager.viewer.personId, rep_id: rep.viewer.personId };
  await asActor(app, "set-up", orgId, async (db) => {
    const sections = await db
      .selectFrom("agenda")
      .innerJoin("section", "section.agenda_id", "agenda.id")
      .select(["agenda.id as agenda_id", "section.id", "section.focus"])
      .where("kind_id", "=", kindId)
      .execute();
    const on = (focus: string) => sections.find((section) => section.focus === focus)?.id ?? "";
    const meeting = { org_id: orgId, id: meetingId, kind_id: kindId, agenda_id: sections[0]?.agenda_id ?? null, ...pair };
    const times = { occurrence_on: at.slice(0, 10), planned_start: start, opened_at: start, closed_at: end, created_at: start };
    await db
      .insertInto("meeting")
      .values({ ...meeting, ...times, minutes: 45, time_zone: "UTC", state: "closed" })
      .execute();
    const timing = { org_id: orgId, meeting_id: meetingId, started_by: pair.manager_id };
    await db
      .insertInto("section_timing")
      .values([
        { ...timing, id: newId(), section_id: on("past"), started_at: start, ended_at: middle },
        { ...timing, id: newId(), section_id: on("future"), started_at: middle, ended_at: end },
      ])
      .execute();
    const promise = { org_id: orgId, id: newId(), meeting_id: meetingId, ...pair, owner_id: pair.rep_id, due_on: at.slice(0, 10) };
    await db
      .insertInto("commitment")
      .values({
        ...promise,
        created_by: pair.rep_id,
        created_at: end,
        ...(outcome ? { outcome, outcome_at: end, outcome_by: pair.rep_id } : {}),
      })
      .execute();
  });
  return meetingId;
}
