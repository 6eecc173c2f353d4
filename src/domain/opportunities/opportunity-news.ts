import type { Db } from "../../platform/database.ts";
import { opportunitiesAsOf, type OpportunityAt } from "./opportunities-as-of.ts";

export interface Moved extends OpportunityAt {
  fromStage: string;
  toStage: string;
}
export interface Slipped extends OpportunityAt {
  fromDay: string | null;
  toDay: string | null;
}
export interface AmountChanged extends OpportunityAt {
  fromMinor: number | null;
  toMinor: number | null;
}

/** What happened to one owner's opportunities between two instants. */
export interface OwnerNews {
  created: OpportunityAt[];
  moved: Moved[];
  won: OpportunityAt[];
  lost: OpportunityAt[];
  slipped: Slipped[];
  amountChanged: AmountChanged[];
  /** Open and untouched for thirty days or more at the later instant. */
  stuck: OpportunityAt[];
}

export const stuckAfterDays = 30;
const day = 86_400_000;

interface Between {
  orgId: string;
  ownerIds: readonly string[];
  after: Date;
  until: Date;
}

/** By owner: created, moved, won, lost, slipped, changed in amount, stuck. Every owner asked for has an entry. */
export async function opportunityNews(db: Db, { orgId, ownerIds, after, until }: Between): Promise<Map<string, OwnerNews>> {
  const news = new Map<string, OwnerNews>(ownerIds.map((id) => [id, { created: [], moved: [], won: [], lost: [], slipped: [], amountChanged: [], stuck: [] }]));
  const now = await opportunitiesAsOf(db, { orgId, ownerIds, at: until });
  const touched = now.filter(({ lastChangeAt }) => lastChangeAt > after);
  const changes = await changesBetween(db, orgId, touched, after, until);
  const stages = new Map((await db.selectFrom("stage").select(["id", "name"]).where("org_id", "=", orgId).execute()).map(({ id, name }) => [id, name]));
  for (const deal of now) {
    const mine = news.get(deal.ownerId);
    if (!mine) continue;
    if (deal.outcome === "open" && until.getTime() - deal.lastChangeAt.getTime() >= stuckAfterDays * day) mine.stuck.push(deal);
    sort(mine, deal, changes.get(deal.id) ?? [], after, stages);
  }
  return news;
}

type Change = { field: string; before: string | null; after: string | null };

async function changesBetween(db: Db, orgId: string, deals: readonly OpportunityAt[], after: Date, until: Date): Promise<Map<string, Change[]>> {
  if (deals.length === 0) return new Map();
  const rows = await db
    .selectFrom("opportunity_change")
    .select(["opportunity_id", "field", "before", "after"])
    .where("org_id", "=", orgId)
    .where("opportunity_id", "in", deals.map(({ id }) => id))
    .where("at", ">", after)
    .where("at", "<=", until)
    .where("field", "in", ["stage", "close_on", "amount"])
    .orderBy("at")
    .execute();
  return Map.groupBy(rows, (row) => row.opportunity_id);
}

function sort(mine: OwnerNews, deal: OpportunityAt, changes: readonly Change[], after: Date, stages: Map<string, string>): void {
  const isNew = deal.createdAt > after;
  if (isNew) mine.created.push(deal);
  const span = (field: string) => {
    const some = changes.filter((change) => change.field === field);
    const first = some[0];
    return first && first.before !== some.at(-1)?.after ? { from: first.before, to: some.at(-1)?.after ?? null } : undefined;
  };
  const stage = span("stage");
  if (stage && deal.outcome !== "open") mine[deal.outcome].push(deal);
  else if (stage && !isNew && stage.from) mine.moved.push({ ...deal, fromStage: stages.get(stage.from) ?? "another stage", toStage: stages.get(stage.to ?? "") ?? deal.stage });
  if (isNew || deal.outcome !== "open") return;
  const close = span("close_on");
  if (close?.from && close.to && close.to > close.from) mine.slipped.push({ ...deal, fromDay: close.from, toDay: close.to });
  const amount = span("amount");
  if (amount) mine.amountChanged.push({ ...deal, fromMinor: amount.from === null ? null : Number(amount.from), toMinor: amount.to === null ? null : Number(amount.to) });
}
