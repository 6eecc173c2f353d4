import { keepForecasts } from "../domain/period-forecasts/keep-forecasts.ts";
import type { App } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

export const keepForecastsJob = (app: App) => eachOrganisation(app, (_, orgId) => keepForecasts(app, orgId));
