import type { Db } from "../../platform/database.ts";
import { opportunitiesAsOf, type OpportunityAt } from "./opportunities-as-of.ts";
import { usualQuietDays } from "./usual-quiet-days.ts";

export interface Moved extends OpportunityAt {
  fromStage: string;
  toStage: string;
}
export interface Slipped extends OpportunityAt {
  fromDay: string;
  toDay: string;
}
/** In amount, or in currency alone. */
export interface AmountChanged extends OpportunityAt {
  fromMinor: number | null;
  fromCurrency: string;
  toMinor: number | null;
}
export interface Stuck extends OpportunityAt {
  /** Whole days since anything about it changed. */
  quietDays: number;
}

/** What happened to one owner's opportunities between two instants. */
export interface OwnerNews {
  created: OpportunityAt[];
  moved: Moved[];
  won: OpportunityAt[];
  lost: OpportunityAt[];
  slipped: Slipped[];
  /** Open before, and no longer in the export of its source. */
  vanished: OpportunityAt[];
  amountChanged: AmountChanged[];
  /** Open, and nothing has changed for longer than `stuckAfterDays`. */
  stuck: Stuck[];
  /** Thirty days, or less where this owner's deals usually move sooner. */
  stuckAfterDays: number;
}

export const stuckAfterDays = 30;
const day = 86_400_000;

interface Between {
  orgId: string;
  ownerIds: readonly string[];
  after: Date;
  until: Date;
  /** Measure "stuck" by each owner's own usual too, as this viewer may know it, not by thirty days alone. Costs a look at their history. */
  ownUsualFor?: string | undefined;
}

/** By owner: created, moved, won, lost, slipped, changed in amount, stuck. Every owner asked for has an entry. */
export async function opportunityNews(db: Db, between: Between): Promise<Map<string, OwnerNews>> {
  const { orgId, ownerIds, after, until, ownUsualFor: viewerId } = between;
  const usual = viewerId ? await usualQuietDays(db, { orgId, viewerId, ownerIds, at: until }) : new Map<string, number>();
  const news = new Map(ownerIds.map((id) => [id, noNews(Math.min(stuckAfterDays, usual.get(id) ?? stuckAfterDays))]));
  const deals = await opportunitiesAsOf(db, { orgId, ownerIds, at: until, outcomes: ["open"], orChangedAfter: after });
  const touched = deals.filter(({ lastChangeAt }) => lastChangeAt > after);
  const changes = await changesBetween(db, orgId, touched, after, until);
  const stages = new Map(
    (await db.selectFrom("stage").select(["id", "name"]).where("org_id", "=", orgId).execute()).map((s) => [s.id, s.name]),
  );
  for (const deal of deals) {
    const mine = news.get(deal.ownerId);
    if (!mine) continue;
    const quietDays = Math.floor((until.getTime() - deal.lastChangeAt.getTime()) / day);
    if (deal.outcome === "open" && quietDays > mine.stuckAfterDays) mine.stuck.push({ ...deal, quietDays });
    sortIn(mine, deal, changes.get(deal.id) ?? [], after, stages);
  }
  for (const { stuck } of news.values()) stuck.sort((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0));
  return news;
}

const noNews = (after: number): OwnerNews => ({
  created: [],
  moved: [],
  won: [],
  lost: [],
  slipped: [],
  vanished: [],
  amountChanged: [],
  stuck: [],
  stuckAfterDays: after,
});

interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

async function changesBetween(
  db: Db,
  orgId: string,
  deals: readonly OpportunityAt[],
  after: Date,
  until: Date,
): Promise<Map<string, Change[]>> {
  if (deals.length === 0) return new Map();
  const ids = deals.map(({ id }) => id);
  const rows = await db
    .selectFrom("opportunity_change")
    .select(["opportunity_id", "field", "before", "after"])
    .where("org_id", "=", orgId)
    .where("opportunity_id", "in", ids)
    .where("at", ">", after)
    .where("at", "<=", until)
    .where("field", "in", ["stage", "close_on", "amount", "currency", "vanished"])
    .orderBy("at")
    .execute();
  return Map.groupBy(rows, (row) => row.opportunity_id);
}

/** The whole way of a field over all its changes; undefined when it ends where it began. */
function spanOf(changes: readonly Change[], field: string): { from: string | null; to: string | null } | undefined {
  const some = changes.filter((change) => change.field === field);
  const [first, latest] = [some[0], some.at(-1)];
  return first && latest && first.before !== latest.after ? { from: first.before, to: latest.after } : undefined;
}

const amountOf = (text: string | null): number | null => (text === null ? null : Number(text));

function sortIn(mine: OwnerNews, deal: OpportunityAt, changes: readonly Change[], after: Date, stages: ReadonlyMap<string, string>): void {
  const isNew = deal.createdAt > after;
  if (isNew) mine.created.push(deal);
  const stage = spanOf(changes, "stage");
  if (deal.outcome === "vanished") {
    if (spanOf(changes, "vanished")) mine.vanished.push(deal);
    return;
  }
  if (stage && deal.outcome !== "open") mine[deal.outcome].push(deal);
  else if (stage?.from && !isNew) mine.moved.push({ ...deal, fromStage: stages.get(stage.from) ?? "another stage", toStage: deal.stage });
  if (isNew || deal.outcome !== "open") return;
  const close = spanOf(changes, "close_on");
  if (close?.from && close.to && close.to > close.from) mine.slipped.push({ ...deal, fromDay: close.from, toDay: close.to });
  const [amount, currency] = [spanOf(changes, "amount"), spanOf(changes, "currency")];
  if (!amount && !currency?.from) return;
  const own = deal.isListPrice ? null : deal.amountMinor;
  const [fromMinor, toMinor] = amount ? [amountOf(amount.from), amountOf(amount.to)] : [own, own];
  mine.amountChanged.push({ ...deal, fromMinor, toMinor, fromCurrency: currency?.from ?? deal.currency });
}
