import { render } from "../../parts/render.tsx";
import { ctxOf, type Http } from "../../platform/http.ts";
import { coverageData } from "./coverage-data.ts";
import { goalRoutes } from "./goal-routes.tsx";
import { CoveragePage } from "./coverage-page.tsx";

export function routes(http: Http): void {
  goalRoutes(http);
  http.get("/people/:id/coverage", async (c) => {
    const ctx = ctxOf(c);
    return render(c, <CoveragePage c={c} ctx={ctx} data={await coverageData(ctx, c.req.param("id"))} />);
  });
}
