import { getCookie, setCookie } from "hono/cookie";
import { csv } from "../../parts/csv.ts";
import { render } from "../../parts/render.tsx";
import { dayIn, minorUnits } from "../../parts/words.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { dealColumns } from "./deal-columns.tsx";
import { dealData } from "./deal-data.ts";
import { OpportunityPage } from "./opportunity-page.tsx";
import { pipelineData } from "./pipeline-data.ts";
import { PipelinePage } from "./pipeline-page.tsx";
import { sinceData } from "./since-data.ts";
import { SincePage } from "./since-page.tsx";

export function routes(http: Http): void {
  http.get("/pipeline", async (c) => {
    const ctx = ctxOf(c);
    const data = await pipelineData(ctx, c.req.query());
    const page = <PipelinePage c={c} data={data} zone={ctx.viewer.timeZone} chosen={chosenColumns(c)} />;
    return render(c, page, data.shown.problem ? 422 : 200);
  });
  http.get("/pipeline.csv", exportCsv);
  http.get("/pipeline/since", async (c) => {
    const ctx = ctxOf(c);
    const data = await sinceData(ctx, c.req.query());
    return render(c, <SincePage c={c} data={data} me={ctx.viewer.personId} zone={ctx.viewer.timeZone} />, data.shown.problem ? 422 : 200);
  });
  http.get("/opportunities/:id", async (c) => {
    const ctx = ctxOf(c);
    const data = await dealData(ctx, c.req.param("id"));
    return render(c, <OpportunityPage c={c} data={data} me={ctx.viewer.personId} zone={ctx.viewer.timeZone} />);
  });
}

const columnsCookie = "kept_columns";

const known = (keys: readonly string[]): string[] => dealColumns.flatMap(({ key }) => (keys.includes(key) ? [key] : []));

/** Which columns somebody wants to see: what the address says, remembered on this device; undefined for the usual ones. */
function chosenColumns(c: Request): string[] | undefined {
  const asked = c.req.queries("columns");
  if (asked) {
    const columns = known(asked);
    setCookie(c, columnsCookie, columns.join("."), { path: "/pipeline", sameSite: "Lax", httpOnly: true, maxAge: 365 * 86_400 });
    return columns;
  }
  const kept = known(getCookie(c, columnsCookie)?.split(".") ?? []);
  return kept.length > 0 ? kept : undefined;
}

const head = [
  "rep",
  "opportunity",
  "account",
  "product",
  "stage",
  "verified stage",
  "stages claimed ahead",
  "missing from the customer",
  "grade",
  "amount",
  "currency",
  "amount is list price",
  "closes",
  "next step",
  "created",
  "last change",
  "age in days",
  "stuck",
  "times slipped",
  "days slipped",
  "kept id",
];

async function exportCsv(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const zone = ctx.viewer.timeZone;
  const { list, shown, onPage, stageLabels } = await pipelineData(ctx, c.req.query(), { whole: true });
  const rows = (list?.rows ?? []).map((deal) => {
    const verified = onPage.verified.get(deal.id);
    return [
      deal.ownerName,
      deal.name,
      deal.accountName,
      deal.productName,
      stageLabels.get(deal.stageId) ?? deal.stage,
      verified ? (stageLabels.get(verified.verifiedStageId) ?? verified.verifiedName) : null,
      verified ? verified.aheadBy : null,
      verified?.missing.map(({ words }) => words).join("; ") ?? null,
      onPage.grades.get(deal.id)?.grade ?? null,
      deal.amountMinor === null ? null : deal.amountMinor / minorUnits(deal.currency),
      deal.currency,
      deal.isListPrice ? "yes" : "no",
      deal.closeOn,
      deal.nextStep,
      dayIn(deal.createdAt, zone),
      dayIn(deal.lastChangeAt, zone),
      deal.ageDays,
      deal.isStuck ? "yes" : "no",
      deal.slips,
      deal.slippedDays,
      deal.id,
    ];
  });
  return csv(c, `kept-pipeline-${shown.day}.csv`, head, rows);
}
