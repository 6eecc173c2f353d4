import { z } from "zod";
import type { LeverSteps } from "../../method/lever-steps.ts";
import { levers } from "../../method/levers.ts";
import { render } from "../../parts/render.tsx";
import { ctxOf, type Http } from "../../platform/http.ts";
import { coverageData } from "./coverage-data.ts";
import { goalRoutes } from "./goal-routes.tsx";
import { leverFields } from "./gains-part.tsx";
import { CoveragePage } from "./coverage-page.tsx";

export function routes(http: Http): void {
  goalRoutes(http);
  http.get("/people/:id/coverage", async (c) => {
    const ctx = ctxOf(c);
    return render(c, <CoveragePage c={c} ctx={ctx} data={await coverageData(ctx, c.req.param("id"))} steps={stepsAsked(c.req.query())} />);
  });
}

const asked = z.coerce.number().int().min(0).max(1000).catch(1);

/** How far each slider is moved: what the address says, one step otherwise. */
function stepsAsked(query: Record<string, string>): LeverSteps {
  return Object.fromEntries(levers.map((lever) => [lever, asked.parse(query[leverFields[lever]])])) as LeverSteps;
}
