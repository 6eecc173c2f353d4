import { type ListedSeries, listSeries } from "../domain/series/list-series.ts";
import { seriesForViewer } from "../domain/series/series-access.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterId, pageOf } from "./cursor.ts";
import { cursor, day, id, json, limit, page, pathId, Person } from "./shapes.ts";

const SeriesOut = z
  .object({
    id,
    kind: z.object({ id, name: z.string() }),
    manager: Person,
    rep: Person,
    coCoachId: id.nullable(),
    rrule: z.string().openapi({ description: "RFC 5545, without DTSTART: it starts on startsOn at localTime in timeZone." }),
    startsOn: day,
    untilOn: day.nullable(),
    localTime: z.string(),
    timeZone: z.string(),
    minutes: z.int(),
    place: z.string(),
    followsId: id.nullable(),
  })
  .openapi("Series");

const list = createRoute({
  method: "get",
  path: "/series",
  operationId: "listSeries",
  tags: ["Series"],
  summary: "The fixed slots you may know of, running and ended",
  security,
  request: { query: z.object({ cursor, limit }) },
  responses: { 200: json(page(SeriesOut, "SeriesPage"), "A page of series"), ...refusals },
});

const one = createRoute({
  method: "get",
  path: "/series/{seriesId}",
  operationId: "getSeries",
  tags: ["Series"],
  summary: "One series",
  security,
  request: { params: z.object({ seriesId: pathId("seriesId") }) },
  responses: { 200: json(SeriesOut, "The series"), ...refusals },
});

const shape = (series: ListedSeries): z.infer<typeof SeriesOut> => ({
  id: series.id,
  kind: { id: series.kindId, name: series.kindName },
  manager: { id: series.managerId, name: series.managerName },
  rep: { id: series.repId, name: series.repName },
  coCoachId: series.coCoachId,
  rrule: series.rrule,
  startsOn: series.startsOn,
  untilOn: series.untilOn,
  localTime: series.localTime,
  timeZone: series.timeZone,
  minutes: series.minutes,
  place: series.place,
  followsId: series.followsId,
});

export function series(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx((db) => listSeries(db, ctx, { after: afterId(asked.cursor), limit: asked.limit + 1 }));
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.id], shape),
      200,
    );
  });
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    return c.json(shape(await ctx.tx((db) => seriesForViewer(db, ctx, c.req.valid("param").seriesId))), 200);
  });
}
