import type { Catalogue, Stage } from "./catalogue.ts";
import type { Deal } from "./deals.ts";

/** The deal ended the other way on the same day. */
export function turn(deal: Deal, { stages }: Catalogue, outcome: "won" | "lost"): void {
  const target = stages.find((stage) => stage.outcome === outcome) as Stage;
  const last = deal.changes.findLast(({ field }) => field === "stage");
  const category = deal.changes.findLast(({ field }) => field === "forecast_category");
  if (last) last.after = target.id;
  if (category) category.after = outcome === "won" ? "Closed" : "Omitted";
}
