import { keepBackTest } from "../domain/back-tests/keep-back-test.ts";
import { keepForecasts } from "../domain/period-forecasts/keep-forecasts.ts";
import { withCompany } from "./with-company.ts";

const usage = "npm run kept -- forecasts [--org NAME] [--back-test]";

/** Works out the forecasts of a company, or runs its back-test, and keeps them. */
export const forecasts = (args: string[]): Promise<void> =>
  withCompany({ args, usage, flags: ["back-test"] }, (app, orgId, has) =>
    has("back-test") ? keepBackTest(app, orgId) : keepForecasts(app, orgId),
  );
