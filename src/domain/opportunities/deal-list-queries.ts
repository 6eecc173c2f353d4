import { type RawBuilder, sql } from "kysely";
import type { Horizon, HorizonEnds } from "../../method/horizons.ts";
import type { Db } from "../../platform/database.ts";
import { like } from "../../platform/like.ts";
import { type OpportunityAt, wholeNamedAt } from "./opportunities-as-of.ts";
import { horizonIn } from "./pipeline-queries.ts";
import { stuckAfterDays } from "./opportunity-news.ts";
import { type StateAt, stateAt } from "./state-at.ts";

/** An open deal with what one asks about it. */
export interface PipelineDeal extends OpportunityAt {
  ownerName: string;
  horizon: Horizon;
  /** Whole days since it is known, and since anything about it changed. */
  ageDays: number;
  quietDays: number;
  /** Quiet for longer than thirty days, or than this owner's deals usually are. */
  isStuck: boolean;
  /** How often its expected close was moved later, and how many days later it is by now; both 0 unless it is later. */
  slips: number;
  slippedDays: number;
}

export const dealSorts = [
  "name",
  "account",
  "product",
  "rep",
  "stage",
  "amount",
  "close",
  "slips",
  "age",
  "changed",
  "next",
  "rank",
] as const;
export type DealSort = (typeof dealSorts)[number];
export const concerns = ["stuck", "slipped", "overdue", "old"] as const;
export type Concern = (typeof concerns)[number];

export interface DealFilter {
  text: string;
  stageId: string | null;
  horizon: Horizon | null;
  concern: Concern | null;
  /** Only these, when given. */
  ids?: readonly string[] | undefined;
  sort: DealSort;
  /** For the sort by stage: the ids of all stages in their order. */
  stageOrder: readonly string[];
  /** For the sort by rank: a number for each deal that has one. */
  ranks?: ReadonlyMap<string, number> | undefined;
  descending: boolean;
  limit: number;
  offset: number;
  /** How many of those that give most reason to talk to pick out, whatever the filter. */
  talk?: number;
  /** Claimed ahead of what is verified: the weightiest reason to talk. */
  ahead?: readonly string[];
}

export interface DealList {
  rows: PipelineDeal[];
  /** Those that give most reason to talk: most reasons first, then the largest. */
  talk: PipelineDeal[];
  /** How many match the filter. */
  total: number;
  /** Of all deals in scope, whatever the filter. */
  counts: Record<Concern, number> & { all: number };
}

export interface DealScope extends StateAt {
  ends: HorizonEnds;
  /** Days of quiet after which a deal of this owner is stuck, where it is not thirty. */
  stuckAfter: ReadonlyMap<string, number>;
  /** Older than this many days is old; null when too little is known to say. */
  oldAfterDays: number | null;
}

const orderBy = ({ stageOrder }: DealFilter): Record<DealSort, RawBuilder<unknown>> => ({
  name: sql`lower(e.name)`,
  account: sql`lower(e."accountName")`,
  product: sql`lower(e."productName")`,
  rep: sql`lower(e."ownerName")`,
  stage: sql`array_position(${stageOrder}::uuid[], e."stageId")`,
  amount: sql`e."amountMinor"`,
  close: sql`e."closeOn"`,
  slips: sql`e."slippedDays"`,
  age: sql`e."ageDays"`,
  changed: sql`e."lastChangeAt"`,
  next: sql`lower(e."nextStep")`,
  rank: sql`k.rank`,
});

const holds = (concern: Concern, oldAfterDays: number | null): RawBuilder<boolean> => {
  if (concern === "stuck") return sql`e."isStuck"`;
  if (concern === "slipped") return sql`e.slips > 0`;
  if (concern === "overdue") return sql`e.horizon = 'overdue'`;
  return oldAfterDays === null ? sql`false` : sql`e."ageDays" > ${oldAfterDays}`;
};

/** Every open deal in scope as `e`: with its owner's name, horizon, age, quiet and slips. */
function everyDeal(scope: DealScope): RawBuilder<unknown> {
  const { orgId, at, ends, stuckAfter } = scope;
  const days = (since: RawBuilder<unknown>) => sql`greatest(0, floor(extract(epoch from ${at}::timestamptz - ${since}) / 86400))::int`;
  return sql`
    d as materialized (
      select n.*, coalesce(r.name, '') as "ownerName", ${days(sql`n."createdAt"`)} as "ageDays", ${days(sql`n."lastChangeAt"`)} as "quietDays",
        ${horizonIn(sql`n."closeOn"`, ends)} as horizon
      from (${wholeNamedAt({ ...scope, outcomes: ["open"] })}) n left join person r on r.org_id = ${orgId} and r.id = n."ownerId"
    ), slip as (
      select opportunity_id as id, times, first_close from slips_of(array(select id from d), ${at}::timestamptz)
    ), e as materialized (
      select d.*, d."quietDays" > least(${stuckAfterDays}, coalesce(u.days, ${stuckAfterDays})) as "isStuck",
        case when d."closeOn" > slip.first_close then slip.times else 0 end as slips,
        case when d."closeOn" > slip.first_close then d."closeOn" - slip.first_close else 0 end as "slippedDays"
      from d left join slip on slip.id = d.id
        left join unnest(${[...stuckAfter.keys()]}::uuid[], ${[...stuckAfter.values()]}::int[]) u(owner_id, days) on u.owner_id = d."ownerId"
    )`;
}

const counted = (filter: DealFilter, oldAfterDays: number | null) => sql`
  select (select count(*)::int from e ${wantedBy(filter, oldAfterDays)}) as total, count(*)::int as all_deals, count(*) filter (where ${holds("stuck", oldAfterDays)})::int as stuck,
    count(*) filter (where ${holds("slipped", oldAfterDays)})::int as slipped, count(*) filter (where ${holds("overdue", oldAfterDays)})::int as overdue,
    count(*) filter (where ${holds("old", oldAfterDays)})::int as old
  from e`;

interface Counted {
  all_deals: number;
  stuck: number;
  slipped: number;
  overdue: number;
  old: number;
  total: number | null;
  is_talk: boolean | null;
}

const wantedBy = (filter: DealFilter, oldAfterDays: number | null): RawBuilder<unknown> => {
  const wanted = [
    ...(filter.text ? [sql`(e.name ilike ${like(filter.text)} or e."accountName" ilike ${like(filter.text)})`] : []),
    ...(filter.stageId ? [sql`e."stageId" = ${filter.stageId}`] : []),
    ...(filter.horizon ? [sql`e.horizon = ${filter.horizon}`] : []),
    ...(filter.concern ? [holds(filter.concern, oldAfterDays)] : []),
    ...(filter.ids ? [sql`e.id = any(${filter.ids}::uuid[])`] : []),
  ];
  return wanted.length > 0 ? sql`where ${sql.join(wanted, sql` and `)}` : sql``;
};

function picked(scope: DealScope, filter: DealFilter): RawBuilder<unknown> {
  const direction = filter.descending ? sql`desc nulls last` : sql`asc nulls last`;
  const ranks = filter.ranks ?? new Map<string, number>();
  const weight = sql`(${sql.join(
    concerns.map((concern) => sql`(${holds(concern, scope.oldAfterDays)})::int`),
    sql` + `,
  )} + case when a.id is not null then 2 else 0 end)`;
  // Sorted and cut off first, numbered after: so only the page is carried through the sort.
  const page = sql`(
    select false as is_talk, x.*, row_number() over () as place from (
      select e.*
      from e left join unnest(${[...ranks.keys()]}::uuid[], ${[...ranks.values()]}::float8[]) k(id, rank) on k.id = e.id
      ${wantedBy(filter, scope.oldAfterDays)}
      order by ${orderBy(filter)[filter.sort]} ${direction}, lower(e.name), e.id limit ${filter.limit} offset ${filter.offset}) x)`;
  if (!filter.talk) return page;
  return sql`(${page} union all (
    select true, x.*, row_number() over () from (
      select e.* from e left join unnest(${filter.ahead ?? []}::uuid[]) a(id) on a.id = e.id
      where ${weight} > 0 order by ${weight} desc, e."amountMinor" desc nulls last, e.id limit ${filter.talk}) x))`;
}

/** One page of the open deals in scope that match, how many match, and how many of all give reason to talk. */
export async function dealList(db: Db, scope: DealScope, filter: DealFilter): Promise<DealList> {
  if (scope.ownerIds.length === 0) return { rows: [], talk: [], total: 0, counts: { all: 0, stuck: 0, slipped: 0, overdue: 0, old: 0 } };
  const { rows } = await sql<PipelineDeal & Counted>`
    with ${everyDeal(scope)}
    select c.*, x.* from (${counted(filter, scope.oldAfterDays)}) c left join ${picked(scope, filter)} x on true
    order by x.is_talk, x.place`.execute(db);
  const { all_deals: all = 0, stuck = 0, slipped = 0, overdue = 0, old = 0 } = rows[0] ?? {};
  return {
    rows: rows.filter(({ is_talk }) => is_talk === false),
    talk: rows.filter(({ is_talk }) => is_talk === true),
    total: rows[0]?.total ?? 0,
    counts: { all, stuck, slipped, overdue, old },
  };
}

/** What verifying and grading ask of an open deal. */
export interface OpenDeal {
  id: string;
  ownerId: string;
  stageId: string;
  outcome: "open";
  amountMinor: number | null;
  currency: string;
  closeOn: string | null;
  horizon: Horizon;
  lastChangeAt: Date;
}

/** All open deals in scope, without a name. */
export async function openDeals(db: Db, scope: DealScope): Promise<OpenDeal[]> {
  if (scope.ownerIds.length === 0) return [];
  const { rows } = await sql<OpenDeal>`
    select d.id, d.owner_id as "ownerId", d.stage_id as "stageId", d.outcome, coalesce(d.amount_minor, p.list_price_minor) as "amountMinor", d.currency,
      d.close_on as "closeOn", ${horizonIn(sql`d.close_on`, scope.ends)} as horizon, d.last_change_at as "lastChangeAt"
    from ${stateAt({ ...scope, outcomes: ["open"] })} d left join product p on p.org_id = ${scope.orgId} and p.id = d.product_id`.execute(
    db,
  );
  return rows;
}

export interface Slips {
  times: number;
  /** Where the expected close stood before it was first moved later, YYYY-MM-DD. */
  firstClose: string;
}

/** How often one deal's expected close was moved later; undefined when it never was. */
export async function slipsOf(db: Db, id: string, at: Date): Promise<Slips | undefined> {
  const { rows } = await sql<Slips>`
    select times, first_close as "firstClose" from slips_of(array[${id}]::uuid[], ${at}::timestamptz)`.execute(db);
  return rows[0];
}
