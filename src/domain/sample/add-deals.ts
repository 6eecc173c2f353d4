import type { Catalogue } from "./catalogue.ts";
import { stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { instant, type Setting } from "./setting.ts";

const source = "sample";

/** The opportunities as they stand, and every change that led there. */
export function addDeals({ rows, now }: Setting, { stages }: Catalogue, deals: readonly Deal[]): void {
  for (const deal of deals) {
    const state = stateAt(deal, stages, now);
    if (!state) continue;
    rows.add("opportunity", {
      id: deal.id,
      source,
      external_id: deal.externalId,
      name: deal.name,
      owner_id: deal.owner.id,
      account_id: deal.account.id,
      product_id: deal.product.id,
      stage_id: state.stage.id,
      outcome: state.stage.outcome,
      amount_minor: state.amountMinor,
      currency: "USD",
      close_on: state.closeOn,
      forecast_category: state.forecastCategory,
      next_step: state.nextStep,
      created_at: instant(deal.createdAt),
      last_change_at: instant(state.changedAt),
    });
    addChanges(rows, deal);
  }
}

function addChanges(rows: Setting["rows"], deal: Deal): void {
  const createdAt = instant(deal.createdAt);
  const first = {
    created: createdAt.toISOString(),
    name: deal.name,
    owner: deal.owner.id,
    account: deal.account.id,
    product: deal.product.id,
  } as const;
  for (const [field, after] of Object.entries(first))
    rows.add("opportunity_change", {
      opportunity_id: deal.id,
      at: createdAt,
      field: field as keyof typeof first,
      before: null,
      after,
      source,
    });
  const before = new Map<string, string | null>();
  for (const { at, field, after } of deal.changes) {
    const was = before.get(field) ?? null;
    if (was === after) continue;
    rows.add("opportunity_change", { opportunity_id: deal.id, at: instant(at), field, before: was, after, source });
    before.set(field, after);
  }
}
