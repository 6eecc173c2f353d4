import type { Http } from "../platform/http.ts";
import { routes as signIn } from "./sign-in/routes.tsx";

/** Every page of the product. */
export function pages(http: Http): void {
  signIn(http);
}
