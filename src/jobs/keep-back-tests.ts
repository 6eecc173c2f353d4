import { isBackTestDue, keepBackTest } from "../domain/back-tests/keep-back-test.ts";
import type { App } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

/** At night, in each organisation that has none of this month. */
export const keepBackTestsJob = (app: App): Promise<void> =>
  eachOrganisation(app, async (_, orgId) => {
    if (await isBackTestDue(app, orgId)) await keepBackTest(app, orgId);
  });

/** Because somebody asked for it. */
export const keepBackTestJob = (app: App, payload: unknown): Promise<void> => keepBackTest(app, (payload as { orgId: string }).orgId);
