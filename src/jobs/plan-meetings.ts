import { planMeetings } from "../domain/meetings/plan-meetings.ts";
import { sweepHandOvers } from "../domain/series/hand-over-series.ts";
import type { App } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

export const planMeetingsJob = (app: App) =>
  eachOrganisation(app, async (db, orgId) => {
    await sweepHandOvers(db, { orgId, now: app.clock.now() });
    await planMeetings(db, { orgId, now: app.clock.now() });
  });
