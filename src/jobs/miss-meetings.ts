import { missMeetings } from "../domain/meetings/miss-meetings.ts";
import type { App } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

export const missMeetingsJob = (app: App) => eachOrganisation(app, (db, orgId) => missMeetings(db, { orgId, now: app.clock.now() }));
