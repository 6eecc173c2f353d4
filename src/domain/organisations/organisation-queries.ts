import { sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { OrganisationSettings } from "./organisation-form.ts";

export function organisationOf(db: Db, orgId: string): Promise<OrganisationSettings> {
  return db
    .selectFrom("organisation")
    .select(["name", "currency", "time_zone", "agenda_notice_hours", "missed_grace_hours"])
    .where("org_id", "=", orgId)
    .executeTakeFirstOrThrow();
}

export interface SetUpProgress {
  people: number;
  reps: number;
  managers: number;
  withoutManager: number;
  withAccount: number;
  toInvite: number;
  /** Here, without an account and without a mail address to be invited at. */
  withoutAddress: number;
  importsDone: number;
  lastImportAt: Date | null;
  series: number;
  pairs: number;
  holidayCalendars: number;
  mailWaiting: number;
  /** The newest version of the sales process; 0 while there is none. */
  processVersion: number;
}

/** What of setting up is done, in numbers. An admin sees counts, never what anybody says. */
export async function setUpProgress(db: Db, ctx: Pick<Ctx, "viewer" | "clock">): Promise<SetUpProgress> {
  const { orgId } = ctx.viewer;
  const today = todayOf(ctx);
  const { rows } = await sql<SetUpProgress>`
    with here as (
      select p.*, array(select r.role from person_role r where r.org_id = p.org_id and r.person_id = p.id
          and r.from_on <= ${today} and (r.until_on is null or r.until_on > ${today})) as roles
      from person p where p.org_id = ${orgId} and (p.left_on is null or p.left_on > ${today}))
    select
      (select count(*) from here) as people,
      (select count(*) from here where 'rep' = any(roles)) as reps,
      (select count(*) from here where 'manager' = any(roles)) as managers,
      (select count(*) from here h where 'rep' = any(roles) and not exists (
        select 1 from reporting_line l where l.org_id = ${orgId} and l.person_id = h.id
          and l.from_on <= ${today} and (l.until_on is null or l.until_on > ${today}))) as "withoutManager",
      (select count(*) from here where user_id is not null) as "withAccount",
      (select count(*) from here h where user_id is null and email is not null and not exists (
        select 1 from access_link k where k.org_id = ${orgId} and k.person_id = h.id and k.purpose = 'invitation'
          and k.used_at is null and k.expires_at > ${ctx.clock.now()})) as "toInvite",
      (select count(*) from here where user_id is null and email is null) as "withoutAddress",
      (select count(*) from import_run where org_id = ${orgId} and state = 'applied') as "importsDone",
      (select max(finished_at) from import_run where org_id = ${orgId} and state = 'applied') as "lastImportAt",
      (select count(*) from series where org_id = ${orgId} and (until_on is null or until_on >= ${today})) as series,
      (select count(distinct (manager_id, rep_id)) from series
        where org_id = ${orgId} and (until_on is null or until_on >= ${today})) as pairs,
      (select count(*) from holiday_calendar where org_id = ${orgId}) as "holidayCalendars",
      (select count(*) from mail where org_id = ${orgId} and sent_at is null) as "mailWaiting",
      (select coalesce(max(version), 0) from process_version where org_id = ${orgId}) as "processVersion"`.execute(db);
  return rows[0] as SetUpProgress;
}
