import type { Db } from "../../platform/database.ts";
import { type OpportunityAt, type OpportunityRow, valued } from "./opportunities-as-of.ts";

interface Names {
  stages: Map<string, { name: string; position: number; outcome: "open" | "won" | "lost" }>;
  accounts: Map<string, string>;
  products: Map<string, { name: string; listPriceMinor: number | null }>;
}

/** Puts opportunities together again as they were at an instant, from the changes up to it. */
export async function reconstruct(db: Db, orgId: string, rows: readonly OpportunityRow[], at: Date): Promise<OpportunityAt[]> {
  if (rows.length === 0) return [];
  const changes = await db
    .selectFrom("opportunity_change")
    .select(["opportunity_id", "field", "after", "at"])
    .where("org_id", "=", orgId)
    .where("opportunity_id", "in", rows.map(({ id }) => id))
    .where("at", "<=", at)
    .orderBy("at")
    .execute();
  const names = await readNames(db, orgId);
  const byOpportunity = Map.groupBy(changes, (change) => change.opportunity_id);
  return rows.flatMap((row) => {
    const known = byOpportunity.get(row.id);
    return known ? [valued(fold(row, known, names))] : [];
  });
}

type Change = { field: string; after: string | null; at: Date };

function fold(row: OpportunityRow, changes: readonly Change[], names: Names): OpportunityRow {
  const last = new Map(changes.map((change) => [change.field, change.after]));
  // A field the history never mentions has not changed as far as anybody knows.
  const text = (field: string, now: string | null) => (last.has(field) ? (last.get(field) ?? null) : field === "name" || field === "owner" ? now : null);
  const stageId = last.get("stage") ?? row.stageId;
  const stage = names.stages.get(stageId);
  const product = names.products.get(last.get("product") ?? "");
  const amount = last.get("amount");
  return {
    ...row,
    name: text("name", row.name) ?? row.name,
    ownerId: text("owner", row.ownerId) ?? row.ownerId,
    accountName: names.accounts.get(last.get("account") ?? "") ?? null,
    productName: product?.name ?? null,
    listPriceMinor: product?.listPriceMinor ?? null,
    stageId,
    stage: stage?.name ?? row.stage,
    stagePosition: stage?.position ?? row.stagePosition,
    outcome: stage?.outcome ?? "open",
    amountMinor: amount === undefined || amount === null ? null : Number(amount),
    closeOn: text("close_on", null),
    forecastCategory: text("forecast_category", null),
    nextStep: text("next_step", null),
    lastChangeAt: changes.at(-1)?.at ?? row.createdAt,
  };
}

async function readNames(db: Db, orgId: string): Promise<Names> {
  const stages = await db.selectFrom("stage").select(["id", "name", "position", "outcome"]).where("org_id", "=", orgId).execute();
  const accounts = await db.selectFrom("account").select(["id", "name"]).where("org_id", "=", orgId).execute();
  const products = await db.selectFrom("product").select(["id", "name", "list_price_minor as listPriceMinor"]).where("org_id", "=", orgId).execute();
  return {
    stages: new Map(stages.map((stage) => [stage.id, stage])),
    accounts: new Map(accounts.map(({ id, name }) => [id, name])),
    products: new Map(products.map((product) => [product.id, product])),
  };
}
