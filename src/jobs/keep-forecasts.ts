import { areForecastsDue, keepForecasts } from "../domain/period-forecasts/keep-forecasts.ts";
import type { App } from "../platform/context.ts";
import { apart } from "./apart.ts";
import { eachOrganisation } from "./each-organisation.ts";

export const keepForecastsJob = (app: App) =>
  eachOrganisation(app, async (_, orgId) => {
    if (await areForecastsDue(app, orgId)) await apart(["forecasts", "--org-id", orgId], () => keepForecasts(app, orgId));
  });
