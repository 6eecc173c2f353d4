import type { Request } from "../platform/http.ts";

/** Sends a page. 422 says: what was typed needs mending, and the page shows where. */
export function render(c: Request, page: unknown, status: 200 | 403 | 404 | 409 | 422 | 500 = 200): Response {
  c.header("cache-control", "no-store");
  return c.html(`<!doctype html>${String(page)}`, status);
}
