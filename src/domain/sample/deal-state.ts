import type { Catalogue, Stage } from "./catalogue.ts";
import type { Deal } from "./deals.ts";

export interface DealState {
  deal: Deal;
  stage: Stage;
  amountMinor: number | null;
  closeOn: string | null;
  nextStep: string | null;
  forecastCategory: string | null;
  /** When it last changed, up to then. */
  changedAt: number;
}

/** The deal as it was known at an instant; undefined before it existed. */
export function stateAt(deal: Deal, stages: Catalogue["stages"], at: number): DealState | undefined {
  if (deal.createdAt > at) return undefined;
  const last = new Map<string, string | null>();
  let changedAt = deal.createdAt;
  for (const change of deal.changes) {
    if (change.at > at) break;
    last.set(change.field, change.after);
    changedAt = change.at;
  }
  const stage = stages.find(({ id }) => id === last.get("stage")) ?? (stages[0] as Stage);
  const amount = last.get("amount");
  return {
    deal,
    stage,
    amountMinor: amount ? Number(amount) : null,
    closeOn: last.get("close_on") ?? null,
    nextStep: last.get("next_step") ?? null,
    forecastCategory: last.get("forecast_category") ?? null,
    changedAt,
  };
}

/** What a rep had open at an instant, the nearest to signature first. */
export const openAt = (deals: readonly Deal[], stages: Catalogue["stages"], at: number): DealState[] =>
  deals
    .map((deal) => stateAt(deal, stages, at))
    .filter((state): state is DealState => state?.stage.outcome === "open")
    .sort((a, b) => b.stage.position - a.stage.position || (b.amountMinor ?? 0) - (a.amountMinor ?? 0));

export interface Sale {
  deal: Deal;
  wonAt: number;
  closeOn: string;
  amountMinor: number;
}

/** What of these deals was won, ever. */
export function salesOf(deals: readonly Deal[], { stages }: Catalogue): Sale[] {
  return deals.flatMap((deal) => {
    const state = stateAt(deal, stages, Infinity);
    return state?.stage.outcome === "won" && state.closeOn
      ? [{ deal, wonAt: state.changedAt, closeOn: state.closeOn, amountMinor: state.amountMinor ?? 0 }]
      : [];
  });
}

/** Won in a month (YYYY-MM-01), as known at an instant. */
export const wonIn = (sales: readonly Sale[], month: string, at = Infinity): number =>
  sales
    .filter(({ closeOn, wonAt }) => wonAt <= at && closeOn.startsWith(month.slice(0, 7)))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
