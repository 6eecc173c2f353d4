import { serve } from "@hono/node-server";
import type { Server } from "node:http";
import { apiWhenAsked } from "./api/api-when-asked.ts";
import { live } from "./live/routes.ts";
import { pages } from "./pages/routes.ts";
import { problems } from "./pages/problem-page.tsx";
import { serveAssets } from "./platform/assets.ts";
import type { App } from "./platform/context.ts";
import { findViewer, makeHttp, type Http } from "./platform/http.ts";
import { serveMetrics } from "./platform/metrics.ts";
import { PlainError } from "./platform/plain-error.ts";

/** The whole application over HTTP, without a port: tests call it directly. */
export function makeServer(app: App): Http {
  const http = makeHttp(app);
  http.get("/healthz", async (c) => {
    const up = await app.database.isUp();
    return c.json({ status: up ? "ok" : "database unreachable" }, up ? 200 : 503);
  });
  serveMetrics(http, app);
  serveAssets(http);
  findViewer(http);
  apiWhenAsked(http);
  live(http);
  pages(http);
  problems(http);
  return http;
}

export function listen(http: Http, env: { host: string; port: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: http.fetch, hostname: env.host, port: env.port }, () => resolve(server as Server));
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(
          new PlainError(
            `Port ${env.port} on ${env.host} is taken by another program.`,
            "Set PORT to a free one, for example PORT=3001 npm start.",
          ),
        );
      else if (error.code === "EACCES")
        reject(new PlainError(`Port ${env.port} may not be used by this user.`, "Set PORT to one above 1023."));
      else reject(new PlainError(`Kept cannot listen on ${env.host}:${env.port}: ${error.message}.`));
    });
  });
}
