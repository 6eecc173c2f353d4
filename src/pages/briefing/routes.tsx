import { render } from "../../parts/render.tsx";
import { ctxOf, type Http } from "../../platform/http.ts";
import { briefingData } from "./briefing-data.ts";
import { BriefingPage } from "./briefing-page.tsx";

export function routes(http: Http): void {
  http.get("/meetings/:id/briefing", async (c) => {
    const ctx = ctxOf(c);
    const data = await briefingData(ctx, c.req.param("id"));
    // The rep's own page before a one-on-one is the preparation.
    if (data.meeting.side === "rep") return c.redirect(`/meetings/${data.meeting.id}/preparation`, 303);
    return render(c, <BriefingPage c={c} data={data} me={ctx.viewer.personId} currency={ctx.viewer.currency} />);
  });
}
