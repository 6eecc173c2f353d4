import type { Http } from "../platform/http.ts";
import { partWhenAsked } from "../platform/part-when-asked.ts";

/** The API: its schemas are a tenth of what the program would otherwise keep in memory. */
export const apiWhenAsked = (http: Http): void =>
  partWhenAsked(http, ["/api/v1/*", "/api"], async () => {
    const { makeApiPart } = await import("./routes.ts");
    return (part) => void part.route("/", makeApiPart());
  });
