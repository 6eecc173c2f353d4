import type { Catalogue } from "./catalogue.ts";
import { stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { type Export, exportAt, exportsOf } from "./exports.ts";
import { instant, type Setting } from "./setting.ts";

const source = "sample";

/** The opportunities as they stand, and every change that led there. */
export function addDeals(setting: Setting, { stages }: Catalogue, deals: readonly Deal[]): void {
  const { rows, now } = setting;
  const exports = exportsOf(setting);
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
      outcome: deal.vanishedAt ? "vanished" : state.stage.outcome,
      vanished_at: deal.vanishedAt ? instant(deal.vanishedAt) : null,
      amount_minor: state.amountMinor,
      currency: "USD",
      close_on: state.closeOn,
      forecast_category: state.forecastCategory,
      next_step: state.nextStep,
      created_at: instant(deal.createdAt),
      last_change_at: instant(deal.vanishedAt ?? state.changedAt),
      import_run_id: exportAt(exports, deal.vanishedAt ?? state.changedAt),
      made_by_run_id: exportAt(exports, deal.createdAt),
    });
    addChanges(rows, deal, exports);
  }
}

function addChanges(rows: Setting["rows"], deal: Deal, exports: readonly Export[]): void {
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
      import_run_id: exportAt(exports, deal.createdAt),
    });
  const before = new Map<string, string | null>();
  for (const { at, field, after } of deal.changes) {
    const was = before.get(field) ?? null;
    if (was === after) continue;
    const by = { source, import_run_id: exportAt(exports, at) };
    rows.add("opportunity_change", { opportunity_id: deal.id, at: instant(at), field, before: was, after, ...by });
    before.set(field, after);
  }
  if (!deal.vanishedAt) return;
  const at = instant(deal.vanishedAt);
  const gone = { field: "vanished", before: null, after: at.toISOString() } as const;
  rows.add("opportunity_change", { opportunity_id: deal.id, at, ...gone, source, import_run_id: exportAt(exports, deal.vanishedAt) });
}
