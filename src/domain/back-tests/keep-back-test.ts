import { sql } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { fiscalMonths } from "../../method/fiscal-months.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { type App, asActor } from "../../platform/context.ts";
import { backTestReport } from "./back-test-report.ts";
import { reportShape, storedBackTest } from "./back-test-queries.ts";

/** Runs the back-test of an organisation and keeps it in place of the last one. */
export async function keepBackTest(app: App, orgId: string): Promise<void> {
  const started = performance.now();
  // As an import: of all that acts without a person only it sees who reported to whom on a past day.
  const report = await asActor(app, "import", orgId, (db) => backTestReport(db, orgId, { now: app.clock.now() }));
  const took = Math.round(performance.now() - started);
  await asActor(app, "numbers", orgId, (db) =>
    sql`
        insert into back_test (org_id, made_at, took_ms, shape, report)
        values (${orgId}, ${app.clock.now()}, ${took}, ${reportShape}, ${JSON.stringify(report)}::jsonb)
        on conflict (org_id) do update
          set made_at = excluded.made_at, took_ms = excluded.took_ms, shape = excluded.shape, report = excluded.report`.execute(db),
  );
}

/** Is there none of this month yet? A new month is what changes it most; in between somebody can ask for one. */
export async function isBackTestDue(app: App, orgId: string): Promise<boolean> {
  return asActor(app, "numbers", orgId, async (db) => {
    const last = await storedBackTest(db, orgId);
    if (last === null) return true;
    const { timeZone, fiscal } = await calendarOf(db, orgId);
    const monthOf = (at: Date) => fiscalMonths(fiscal).of(dayNumber(dayAt(at, timeZone)));
    return monthOf(last.madeAt) < monthOf(app.clock.now());
  });
}
