import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import type { App } from "./context.ts";
import { type Http, routeOf } from "./http.ts";

/** /metrics for Prometheus: durations by route, process figures, connections. Nothing about anybody. */
export function serveMetrics(http: Http, app: App): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "kept_http_seconds",
    help: "Time to answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  new Counter({ name: "kept_build_info", help: "Running", registers: [registry] }).inc();
  http.use(async (c, next) => {
    const end = duration.startTimer();
    await next();
    end({ method: c.req.method, route: routeOf(c), status: c.res.status });
  });
  http.get("/metrics", async (c) => {
    const { totalCount, idleCount, waitingCount } = app.database.appPool;
    const pool = `# TYPE kept_db_connections gauge\nkept_db_connections{state="total"} ${totalCount}\nkept_db_connections{state="idle"} ${idleCount}\nkept_db_connections{state="waiting"} ${waitingCount}\n`;
    return c.text((await registry.metrics()) + pool, 200, { "content-type": registry.contentType });
  });
}
