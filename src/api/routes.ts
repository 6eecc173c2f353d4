import { Hono } from "hono";
import type { Vars } from "../platform/http.ts";
import { activities } from "./activities.ts";
import { byToken, makeApi } from "./api.ts";
import { commitments } from "./commitments.ts";
import { documentPage } from "./document-page.tsx";
import { forecasts } from "./forecasts.ts";
import { periodForecasts } from "./period-forecasts.ts";
import { evidence } from "./evidence.ts";
import { importMatches } from "./import-matches.ts";
import { imports } from "./imports.ts";
import { meetings } from "./meetings.ts";
import { opportunities } from "./opportunities.ts";
import { opportunityPush } from "./push-opportunities.ts";
import { people } from "./people.ts";
import { problem } from "./problem.ts";
import { prospects } from "./prospects.ts";
import { quotas } from "./quotas.ts";
import { results } from "./results.ts";
import { rolePlays } from "./role-plays.ts";
import { salesProcess } from "./process.ts";
import { series } from "./series.ts";
import { sinceLastMetOf } from "./since-last-met.ts";
import { stories } from "./stories.ts";
import { targets } from "./targets.ts";
import { timeLines } from "./time-line.ts";

const about = {
  openapi: "3.1.0",
  info: {
    title: "Kept",
    version: "1",
    description: "What you can do in Kept, for programs. A token may read and write what its person may, and nothing more.",
  },
  servers: [{ url: "/api/v1" }],
};

/** /api/v1 over the same functions as the pages, its document, and a page to read it. */
export function makeApiPart(): Hono<Vars> {
  const v1 = makeApi();
  v1.get("/openapi.json", (c) => c.json(v1.getOpenAPI31Document(about)));
  v1.use(byToken());
  for (const part of [
    people,
    series,
    meetings,
    commitments,
    opportunities,
    opportunityPush,
    stories,
    prospects,
    rolePlays,
    timeLines,
    sinceLastMetOf,
    activities,
    quotas,
    targets,
    results,
    forecasts,
    periodForecasts,
    imports,
    importMatches,
    salesProcess,
    evidence,
  ])
    part(v1);
  v1.all("*", (c) => problem(c, 404, "There is nothing at this address. See /api for what there is."));
  const http = new Hono<Vars>();
  http.route("/api/v1", v1);
  http.get("/api", (c) => documentPage(c, v1.getOpenAPI31Document(about)));
  return http;
}
