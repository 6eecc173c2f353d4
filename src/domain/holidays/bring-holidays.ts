import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";
import type { Holiday } from "./holiday-queries.ts";

interface Brought {
  calendarId: string;
  /** Days that are new or have another name than before. */
  changed: number;
}

/** Brings days into the calendar of that name, made when there is none; the first one is everybody's. The same days change nothing. */
export async function bringHolidays(ctx: Ctx, asked: { id: string; name: string; days: readonly Holiday[] }): Promise<Brought> {
  const { orgId } = ctx.viewer;
  return ctx.tx(async (db) => {
    const calendarId = await calendarCalled(db, ctx, asked);
    const { rows } = await sql<{ on_day: string }>`
      insert into holiday (org_id, calendar_id, on_day, name, created_at)
      select ${orgId}::uuid, ${calendarId}::uuid, d.on_day, d.name, ${ctx.clock.now()}
      from unnest(${asked.days.map(({ on }) => on)}::date[], ${asked.days.map(({ name }) => name)}::text[]) as d(on_day, name)
      on conflict (org_id, calendar_id, on_day) do update set name = excluded.name where holiday.name <> excluded.name
      returning on_day`.execute(db);
    if (rows.length > 0) await recordEvent(db, ctx, "bring", "holidays", calendarId);
    return { calendarId, changed: rows.length };
  });
}

async function calendarCalled(db: Db, ctx: Ctx, { id, name }: { id: string; name: string }): Promise<string> {
  const { orgId, personId } = ctx.viewer;
  const called = () =>
    db
      .selectFrom("holiday_calendar")
      .select("id")
      .where("org_id", "=", orgId)
      .where((eb) => eb.or([eb("id", "=", id), eb(sql`lower(name)`, "=", name.toLowerCase())]))
      .executeTakeFirst();
  const known = await called();
  if (known) return known.id;
  const any = await db.selectFrom("holiday_calendar").select("id").where("org_id", "=", orgId).limit(1).executeTakeFirst();
  await db
    .insertInto("holiday_calendar")
    .values({ org_id: orgId, id, name, is_default: !any, created_by: personId, created_at: ctx.clock.now() })
    .onConflict((on) => on.doNothing())
    .execute();
  // Somebody else may have made it, or the default one, at the same moment.
  const made = (await called()) ?? (await insertPlain(db, ctx, { id, name }));
  await recordEvent(db, ctx, "make", "holiday calendar", made.id);
  return made.id;
}

const insertPlain = (db: Db, { viewer, clock }: Ctx, { id, name }: { id: string; name: string }) =>
  db
    .insertInto("holiday_calendar")
    .values({ org_id: viewer.orgId, id, name, is_default: false, created_by: viewer.personId, created_at: clock.now() })
    .returning("id")
    .executeTakeFirstOrThrow();
