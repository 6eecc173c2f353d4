import type { Http } from "../platform/http.ts";
import { routes as room } from "./room/routes.tsx";
import { routes as record } from "./record/routes.tsx";
import { routes as commitments } from "./commitments/routes.tsx";
import { routes as confirm } from "./confirm/routes.tsx";
import { routes as series } from "./series/routes.tsx";
import { routes as meetingsState } from "./meetings-state/routes.tsx";
import { routes as week } from "./week/routes.tsx";
import { routes as agendas } from "./agendas/routes.tsx";
import { routes as account } from "./account/routes.tsx";
import { routes as imports } from "./imports/routes.tsx";
import { routes as invitation } from "./invitation/routes.tsx";
import { routes as outbox } from "./outbox/routes.tsx";
import { routes as people } from "./people/routes.tsx";
import { routes as stories } from "./stories/routes.tsx";
import { routes as setUp } from "./set-up/routes.tsx";
import { routes as briefing } from "./briefing/routes.tsx";
import { routes as pipeline } from "./pipeline/routes.tsx";
import { routes as points } from "./points/routes.tsx";
import { routes as preparation } from "./preparation/routes.tsx";
import { routes as welcome } from "./welcome/routes.tsx";
import { routes as signIn } from "./sign-in/routes.tsx";
import { routes as tokens } from "./tokens/routes.tsx";

/** Every page of the product. */
export function pages(http: Http): void {
  signIn(http);
  welcome(http);
  invitation(http);
  agendas(http);
  account(http);
  tokens(http);
  setUp(http);
  outbox(http);
  imports(http);
  people(http);
  week(http);
  series(http);
  meetingsState(http);
  pipeline(http);
  stories(http);
  points(http);
  preparation(http);
  briefing(http);
  confirm(http);
  commitments(http);
  record(http);
  room(http);
}
