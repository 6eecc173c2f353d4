import { weekOfViewer } from "../../domain/meetings/week-access.ts";
import { nudgeRep } from "../../domain/meetings/nudge-rep.ts";
import { dayAt, isDay, mondayOf } from "../../method/days.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { WeekPage } from "./week-page.tsx";

export function routes(http: Http): void {
  http.get("/week", showWeek);
  http.post("/meetings/:id/nudge", nudge);
}

async function showWeek(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const asked = c.req.query("of");
  const today = dayAt(ctx.clock.now(), ctx.viewer.timeZone);
  const week = await ctx.tx((db) => weekOfViewer(db, ctx, mondayOf(isDay(asked) ? asked : today)));
  return render(c, <WeekPage c={c} viewer={ctx.viewer} week={week} isChanging={c.req.query("change") === "yes"} />);
}

async function nudge(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const sent = await nudgeRep(ctx, c.req.param("id") ?? "");
  const of = (await c.req.parseBody()).of;
  leaveNotice(
    c,
    sent ? "Reminded by mail." : "Already reminded today, or prepared meanwhile. One reminder a day is enough.",
    sent ? "" : "watch",
  );
  return c.redirect(isDay(of) ? `/week?of=${of}` : "/week", 303);
}
