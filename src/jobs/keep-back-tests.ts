import { isBackTestDue, keepBackTest } from "../domain/back-tests/keep-back-test.ts";
import type { App } from "../platform/context.ts";
import { apart } from "./apart.ts";
import { oneByOne } from "./each-organisation.ts";

const keep = (app: App, orgId: string): Promise<void> =>
  apart(["forecasts", "--back-test", "--org-id", orgId], () => keepBackTest(app, orgId));

/** At night, in each organisation that has none of this month. */
export const keepBackTestsJob = (app: App): Promise<void> =>
  oneByOne(app, async (orgId) => {
    if (await isBackTestDue(app, orgId)) await keep(app, orgId);
  });

/** Because somebody asked for it. */
export const keepBackTestJob = (app: App, payload: unknown): Promise<void> => keep(app, (payload as { orgId: string }).orgId);
