import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";

export interface HolidayCalendar {
  id: string;
  name: string;
  isDefault: boolean;
  days: number;
  /** How many people have it as their own. */
  people: number;
  nextOn: string | null;
  nextName: string | null;
}

const calendars = (db: Db, orgId: string, today: string) =>
  db
    .selectFrom("holiday_calendar as c")
    .select(["c.id", "c.name", "c.is_default as isDefault"])
    .select([
      sql<number>`(select count(*)::int from holiday h where h.org_id = c.org_id and h.calendar_id = c.id)`.as("days"),
      sql<number>`(select count(*)::int from person p where p.org_id = c.org_id and p.holiday_calendar_id = c.id
        and (p.left_on is null or p.left_on > ${today}::date))`.as("people"),
      sql<string | null>`next.on_day`.as("nextOn"),
      sql<string | null>`next.name`.as("nextName"),
    ])
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("holiday as h")
          .select(["h.on_day", "h.name"])
          .whereRef("h.org_id", "=", "c.org_id")
          .whereRef("h.calendar_id", "=", "c.id")
          .where("h.on_day", ">=", today)
          .orderBy("h.on_day")
          .limit(1)
          .as("next"),
      (on) => on.onTrue(),
    )
    .where("c.org_id", "=", orgId);

/** Every holiday calendar of the organisation, the default one first, each with what comes next in it. */
export function holidayCalendars(db: Db, orgId: string, today: string): Promise<HolidayCalendar[]> {
  return calendars(db, orgId, today)
    .orderBy("c.is_default", "desc")
    .orderBy(sql`lower(c.name)`)
    .execute();
}

/** The only way to one calendar. */
export async function holidayCalendar(db: Db, ctx: Pick<Ctx, "viewer">, id: string | undefined, today: string): Promise<HolidayCalendar> {
  const row = isId(id) ? await calendars(db, ctx.viewer.orgId, today).where("c.id", "=", id).executeTakeFirst() : undefined;
  if (!row) throw new NotFound("This holiday calendar");
  return row;
}

export interface Holiday {
  on: string;
  name: string;
}

/** The days of one calendar in order. */
export function holidaysOf(db: Db, orgId: string, calendarId: string): Promise<Holiday[]> {
  return db
    .selectFrom("holiday")
    .select(["on_day as on", "name"])
    .where("org_id", "=", orgId)
    .where("calendar_id", "=", calendarId)
    .orderBy("on_day")
    .execute();
}

/** The days of the calendar of that name, however it is written; none when there is no such calendar. */
export async function holidaysCalled(db: Db, orgId: string, name: string): Promise<Holiday[]> {
  return db
    .selectFrom("holiday_calendar as c")
    .innerJoin("holiday as h", (on) => on.onRef("h.org_id", "=", "c.org_id").onRef("h.calendar_id", "=", "c.id"))
    .select(["h.on_day as on", "h.name"])
    .where("c.org_id", "=", orgId)
    .where(sql`lower(c.name)`, "=", name.trim().toLowerCase())
    .execute();
}

/** What can be chosen as a person's own calendar. */
export function holidayCalendarChoices(db: Db, orgId: string): Promise<{ id: string; name: string; isDefault: boolean }[]> {
  return db
    .selectFrom("holiday_calendar")
    .select(["id", "name", "is_default as isDefault"])
    .where("org_id", "=", orgId)
    .orderBy(sql`lower(name)`)
    .execute();
}
