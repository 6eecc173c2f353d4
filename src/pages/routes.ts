import type { Http } from "../platform/http.ts";
import { routes as room } from "./room/routes.tsx";
import { routes as record } from "./record/routes.tsx";
import { routes as commitments } from "./commitments/routes.tsx";
import { routes as confirm } from "./confirm/routes.tsx";
import { routes as week } from "./week/routes.tsx";
import { routes as signIn } from "./sign-in/routes.tsx";

/** Every page of the product. */
export function pages(http: Http): void {
  signIn(http);
  week(http);
  confirm(http);
  commitments(http);
  record(http);
  room(http);
}
