import { areForecastsDue, keepForecasts } from "../domain/period-forecasts/keep-forecasts.ts";
import type { App } from "../platform/context.ts";
import { apart } from "./apart.ts";
import { oneByOne } from "./each-organisation.ts";

export const keepForecastsJob = (app: App) =>
  oneByOne(app, async (orgId) => {
    if (await areForecastsDue(app, orgId)) await apart(["forecasts", "--org-id", orgId], () => keepForecasts(app, orgId));
  });
