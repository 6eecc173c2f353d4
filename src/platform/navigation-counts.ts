import { sql } from "kysely";
import type { App } from "./context.ts";
import type { Viewer } from "./viewer.ts";

export interface NavigationCounts {
  /** One-on-ones still to be held this week. */
  meetings: number;
  /** Open promises of one's own. */
  promises: number;
}

const at = (day: Temporal.ZonedDateTime): Date => new Date(day.epochMilliseconds);

/** What stands beside Week and Commitments in the navigation, for the viewer's own week. */
export async function navigationCounts(app: App, viewer: Viewer): Promise<NavigationCounts> {
  const today = Temporal.Instant.fromEpochMilliseconds(app.clock.now().getTime()).toZonedDateTimeISO(viewer.timeZone).startOfDay();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const { rows } = await sql<NavigationCounts>`
    select meetings, promises from navigation_counts(${viewer.orgId}::uuid, ${viewer.personId}::uuid, ${at(monday)}::timestamptz, ${at(monday.add({ days: 7 }))}::timestamptz)`.execute(
    app.database.auth,
  );
  return rows[0] ?? { meetings: 0, promises: 0 };
}
