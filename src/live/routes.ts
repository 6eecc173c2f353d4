import { streamSSE } from "hono/streaming";
import { ctxOf, type Http } from "../platform/http.ts";
import { signalsOf } from "./signals.ts";
import { mayFollow } from "./may-follow.ts";

const keepAlive = 25_000;

/** GET /live?topics=…: server-sent events, one "changed" per topic that changed, also when it changed between `since` and now. */
export function live(http: Http): void {
  http.get("/live", async (c) => {
    const ctx = ctxOf(c);
    const topics = (c.req.query("topics") ?? "").split(" ").filter(Boolean).slice(0, 20);
    const since = Number(c.req.query("since")) || Number.POSITIVE_INFINITY;
    const allowed = new Set<string>();
    for (const topic of topics) if (await mayFollow(ctx, topic)) allowed.add(topic);
    c.header("x-accel-buffering", "no");
    return streamSSE(c, async (stream) => {
      const stop = signalsOf(ctx).listen(ctx.viewer.orgId, (topic) => {
        if (allowed.has(topic)) void stream.writeSSE({ event: "changed", data: topic });
      });
      stream.onAbort(stop);
      await stream.writeSSE({ event: "open", data: "" });
      for (const topic of allowed)
        if (signalsOf(ctx).changedSince(ctx.viewer.orgId, topic, since)) await stream.writeSSE({ event: "changed", data: topic });
      while (!stream.aborted && !stream.closed) {
        await stream.sleep(keepAlive);
        await stream.writeSSE({ event: "still", data: "" });
      }
      stop();
    });
  });
}
