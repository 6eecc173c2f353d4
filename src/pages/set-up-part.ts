import type { Http } from "../platform/http.ts";
import { routes as agendas } from "./agendas/routes.tsx";
import { routes as commissionRates } from "./commission-rates/routes.tsx";
import { routes as holidays } from "./holidays/routes.tsx";
import { routes as imports } from "./imports/routes.tsx";
import { routes as money } from "./money/routes.tsx";
import { routes as outbox } from "./outbox/routes.tsx";
import { routes as process } from "./process/routes.tsx";
import { routes as quotas } from "./quotas/routes.tsx";
import { routes as setUp } from "./set-up/routes.tsx";
import { routes as tokens } from "./tokens/routes.tsx";

/** What an admin sets up, now and then. */
export function setUpPart(part: Http): void {
  for (const routes of [agendas, commissionRates, holidays, imports, money, outbox, process, quotas, setUp, tokens]) routes(part);
}
