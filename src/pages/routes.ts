import type { Http } from "../platform/http.ts";
import { partWhenAsked } from "../platform/part-when-asked.ts";
import { routes as room } from "./room/routes.tsx";
import { routes as record } from "./record/routes.tsx";
import { routes as coverage } from "./coverage/routes.tsx";
import { routes as commitments } from "./commitments/routes.tsx";
import { routes as confirm } from "./confirm/routes.tsx";
import { routes as series } from "./series/routes.tsx";
import { routes as meetingsState } from "./meetings-state/routes.tsx";
import { routes as week } from "./week/routes.tsx";
import { routes as aspiration } from "./aspiration/routes.tsx";
import { routes as account } from "./account/routes.tsx";
import { routes as evidence } from "./evidence/routes.tsx";
import { routes as invitation } from "./invitation/routes.tsx";
import { routes as people } from "./people/routes.tsx";
import { routes as results } from "./results/routes.tsx";
import { routes as stories } from "./stories/routes.tsx";
import { routes as briefing } from "./briefing/routes.tsx";
import { routes as forecast } from "./forecast/routes.tsx";
import { routes as pipeline } from "./pipeline/routes.tsx";
import { routes as points } from "./points/routes.tsx";
import { routes as preparation } from "./preparation/routes.tsx";
import { routes as welcome } from "./welcome/routes.tsx";
import { routes as signIn } from "./sign-in/routes.tsx";

const setUp = ["agendas", "commission-rates", "imports", "outbox", "process", "quotas", "set-up", "account/tokens"];

/** Every page of the product. */
export function pages(http: Http): void {
  signIn(http);
  welcome(http);
  invitation(http);
  account(http);
  aspiration(http);
  people(http);
  coverage(http);
  results(http);
  week(http);
  series(http);
  meetingsState(http);
  forecast(http);
  pipeline(http);
  evidence(http);
  stories(http);
  points(http);
  preparation(http);
  briefing(http);
  confirm(http);
  commitments(http);
  record(http);
  room(http);
  partWhenAsked(
    http,
    setUp.map((room) => `/${room}/*`),
    async () => (await import("./set-up-part.ts")).setUpPart,
  );
}
