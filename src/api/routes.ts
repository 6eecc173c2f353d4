import type { Http } from "../platform/http.ts";

/** /api/v1 */
export function api(_http: Http): void {}
