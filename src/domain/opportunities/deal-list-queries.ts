import { type RawBuilder, sql } from "kysely";
import type { Horizon } from "../../method/horizons.ts";
import type { Grade } from "../../method/prospect-grade.ts";
import type { Db } from "../../platform/database.ts";
import { like } from "../../platform/like.ts";
import type { OpportunityAt } from "./opportunities-as-of.ts";
import { type DealScope, everyDeal, everything, type Needs } from "./every-deal.ts";
import { keptWhileUnwritten } from "./kept-while-unwritten.ts";

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
  "verified",
  "grade",
  "amount",
  "close",
  "slips",
  "age",
  "changed",
  "next",
] as const;
export type DealSort = (typeof dealSorts)[number];
export const concerns = ["ahead", "stuck", "slipped", "overdue", "old"] as const;
export type Concern = (typeof concerns)[number];

export interface DealFilter {
  text: string;
  stageId: string | null;
  horizon: Horizon | null;
  concern: Concern | null;
  grade: Grade | "none" | null;
  sort: DealSort;
  descending: boolean;
  limit: number;
  offset: number;
  /** How many of those that give most reason to talk to pick out, whatever the filter. */
  talk?: number;
}

/** Of one owner, in one currency. */
export interface OwnerCount {
  ownerId: string;
  currency: string;
  open: number;
  /** Claimed further than the customer has paid for, and what those are worth. */
  ahead: number;
  aheadMinor: number;
}

export interface AheadDeal {
  id: string;
  ownerId: string;
  stageId: string;
}

/** With more deals than these it is not said for how long they have been ahead: that takes a look at each one's history. */
const mostDated = 1000;

export interface DealList {
  rows: PipelineDeal[];
  /** Those that give most reason to talk: most reasons first, then the largest. */
  talk: PipelineDeal[];
  /** How many match the filter. */
  total: number;
  /** Of all deals in scope, whatever the filter. */
  counts: Record<Concern, number> & { all: number };
  owners: OwnerCount[];
  /** Those claimed ahead, to say for how long; undefined where there are too many deals for that. */
  ahead: AheadDeal[] | undefined;
}

const placeIn = ({ stageIds }: DealScope, stage: RawBuilder<unknown>) => sql`array_position(${stageIds}::uuid[], ${stage})`;

const orderBy = (scope: DealScope): Record<DealSort, RawBuilder<unknown>> => ({
  name: sql`lower(e.name)`,
  account: sql`lower(a.name)`,
  product: sql`lower(p.name)`,
  rep: sql`lower(r.name)`,
  stage: placeIn(scope, sql`e.stage_id`),
  // First by how far claimed is ahead, then by the stage verified.
  verified: sql`e.ahead * 1000 - ${placeIn(scope, sql`e.verified_id`)}`,
  grade: sql`e.grade`,
  amount: sql`e.amount_minor`,
  close: sql`e.close_on`,
  slips: sql`e."slippedDays"`,
  age: sql`e."ageDays"`,
  changed: sql`e.last_change_at`,
  next: sql`lower(e.next_step)`,
});

const holds = (concern: Concern, oldAfterDays: number | null): RawBuilder<boolean> => {
  if (concern === "ahead") return sql`e.ahead > 0`;
  if (concern === "stuck") return sql`e."isStuck"`;
  if (concern === "slipped") return sql`e.slips > 0`;
  if (concern === "overdue") return sql`e.horizon = 'overdue'`;
  return oldAfterDays === null ? sql`false` : sql`e."ageDays" > ${oldAfterDays}`;
};

const counted = (scope: DealScope, filter: DealFilter) => {
  const number = (concern: Concern) => sql`count(*) filter (where ${holds(concern, scope.oldAfterDays)})::int`;
  return sql`
  select (select count(*)::int from e ${searched(scope, filter)} ${wantedBy(filter, scope.oldAfterDays)}) as total, count(*)::int as all_deals,
    ${number("ahead")} as ahead_deals, ${number("stuck")} as stuck, ${number("slipped")} as slipped, ${number("overdue")} as overdue, ${number("old")} as old
  from e`;
};

interface Counted {
  all_deals: number;
  ahead_deals: number;
  stuck: number;
  slipped: number;
  overdue: number;
  old: number;
  total: number | null;
  is_talk: boolean | null;
  owners: OwnerCount[] | null;
  ahead_list: AheadDeal[] | null;
}

/** The names that are searched or sorted by, and none besides. */
const searched = ({ orgId }: DealScope, { text, sort }: Pick<DealFilter, "text" | "sort">): RawBuilder<unknown> =>
  sql.join(
    [
      ...(text || sort === "account" ? [sql`left join account a on a.org_id = ${orgId} and a.id = e.account_id`] : []),
      ...(sort === "product" ? [sql`left join product p on p.org_id = ${orgId} and p.id = e.product_id`] : []),
      ...(sort === "rep" ? [sql`left join person r on r.org_id = ${orgId} and r.id = e.owner_id`] : []),
      sql``,
    ],
    sql` `,
  );

const wantedBy = ({ text, stageId, horizon, concern, grade }: DealFilter, oldAfterDays: number | null): RawBuilder<unknown> => {
  const wanted = [
    ...(text ? [sql`(e.name ilike ${like(text)} or a.name ilike ${like(text)})`] : []),
    ...(stageId ? [sql`e.stage_id = ${stageId}`] : []),
    ...(horizon ? [sql`e.horizon = ${horizon}`] : []),
    ...(concern ? [holds(concern, oldAfterDays)] : []),
    ...(grade ? [grade === "none" ? sql`e.grade is null` : sql`e.grade = ${grade}`] : []),
  ];
  return wanted.length > 0 ? sql`where ${sql.join(wanted, sql` and `)}` : sql``;
};

/** Claimed ahead weighs as much as two others. */
const weighing = (oldAfterDays: number | null) =>
  sql`(${sql.join(
    concerns.map((concern) => sql`coalesce((${holds(concern, oldAfterDays)})::int, 0)`),
    sql` + `,
  )} + case when e.ahead > 0 then 1 else 0 end)`;

function picked(scope: DealScope, filter: DealFilter): RawBuilder<unknown> {
  const direction = filter.descending ? sql`desc nulls last` : sql`asc nulls last`;
  // Sorted and cut off first, numbered after: so only the page is carried through the sort.
  const page = sql`(
    select false as is_talk, x.*, row_number() over () as place from (
      select e.* from e ${searched(scope, filter)} ${wantedBy(filter, scope.oldAfterDays)}
      order by ${orderBy(scope)[filter.sort]} ${direction}, lower(e.name), e.id limit ${filter.limit} offset ${filter.offset}) x)`;
  if (!filter.talk) return page;
  const weight = weighing(scope.oldAfterDays);
  return sql`(${page} union all (
    select true, x.*, row_number() over () from (
      select e.* from e where ${weight} > 0 order by ${weight} desc, e.amount_minor desc nulls last, e.id limit ${filter.talk}) x))`;
}

const byOwner = sql`
  select json_agg(o) from (
    select e.owner_id as "ownerId", e.currency, count(*)::int as open, (count(*) filter (where e.ahead > 0))::int as ahead,
      coalesce(sum(e.amount_minor) filter (where e.ahead > 0), 0)::bigint as "aheadMinor"
    from e group by 1, 2) o`;

const aheadOfFew = sql`
  case when (select count(*) from e) <= ${mostDated} then (
    select coalesce(json_agg(json_build_object('id', e.id, 'ownerId', e.owner_id, 'stageId', e.stage_id)), '[]') from e where e.ahead > 0) end`;

const named = ({ orgId }: DealScope, from: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select x.is_talk, x.place, x.id, x.name, a.name as "accountName", p.name as "productName", x.owner_id as "ownerId", coalesce(r.name, '') as "ownerName",
    x.stage_id as "stageId", s.name as stage, s.position as "stagePosition", 'open' as outcome, x.amount_minor as "amountMinor",
    x.is_list_price as "isListPrice", x.currency, x.close_on as "closeOn", x.forecast_category as "forecastCategory", x.next_step as "nextStep",
    x.created_at as "createdAt", x.last_change_at as "lastChangeAt", x.horizon, x."ageDays", x."quietDays", x."isStuck", x.slips, x."slippedDays"
  from ${from} x
    join stage s on s.org_id = ${orgId} and s.id = x.stage_id
    left join account a on a.org_id = ${orgId} and a.id = x.account_id
    left join product p on p.org_id = ${orgId} and p.id = x.product_id
    left join person r on r.org_id = ${orgId} and r.id = x.owner_id)`;

const listedOf = (rows: readonly (PipelineDeal & Counted)[]): DealList => {
  const { all_deals: all = 0, ahead_deals: ahead = 0, stuck = 0, slipped = 0, overdue = 0, old = 0 } = rows[0] ?? {};
  return {
    rows: rows.filter(({ is_talk }) => is_talk === false),
    talk: rows.filter(({ is_talk }) => is_talk === true),
    total: rows[0]?.total ?? 0,
    counts: { all, ahead, stuck, slipped, overdue, old },
    owners: rows[0]?.owners ?? [],
    ahead: rows[0]?.ahead_list ?? undefined,
  };
};

/** One page of the open deals in scope that match, how many match, and how many of all give reason to talk. */
export async function dealList(db: Db, scope: DealScope, filter: DealFilter): Promise<DealList> {
  if (scope.ownerIds.length === 0) return listedOf([]);
  if (scope.nothingLater) return listNow(db, scope, filter);
  return listThen(db, scope, filter);
}

/** All in one: the past is put together once. */
async function listThen(db: Db, scope: DealScope, filter: DealFilter): Promise<DealList> {
  const { rows } = await sql<PipelineDeal & Counted>`
    with ${everyDeal(scope)}
    select c.*, (${byOwner}) as owners, (${aheadOfFew}) as ahead_list, x.*
    from (${counted(scope, filter)}) c left join ${named(scope, picked(scope, filter))} x on true
    order by x.is_talk, x.place`.execute(db);
  return listedOf(rows);
}

const hour = 3_600_000;
const foundAtOnce = 500;
const mostTalked = 5;

/**
 * What holds of all deals is kept until one is written, for an hour at most; a page then works out only what it is sorted and
 * filtered by, and the rest of its own few deals alone.
 */
async function listNow(db: Db, scope: DealScope, filter: DealFilter): Promise<DealList> {
  const { orgId, viewerId, ownerIds, at, ends, stuckAfter, oldAfterDays, process, stageIds, currency } = scope;
  const all = { ...filter, text: "", stageId: null, horizon: null, concern: null, grade: null, limit: 0, offset: 0 };
  const depends = [
    orgId,
    viewerId,
    ownerIds,
    Math.floor(at.getTime() / hour),
    ends,
    [...stuckAfter],
    oldAfterDays,
    process,
    stageIds,
    currency,
  ];
  // Asked for on the first page alone, and the same on all of them: so that the others need not begin anew.
  const talk = Math.max(filter.talk ?? 0, mostTalked);
  const whole = await keptWhileUnwritten(db, ["open deals", talk, ...depends], () => listThen(db, scope, { ...all, talk }));
  const talked = whole.talk.slice(0, filter.talk ?? 0);
  const { concern, grade, sort } = filter;
  const needs: Needs = {
    verified: concern === "ahead" || grade !== null || sort === "verified" || sort === "grade",
    slips: concern === "slipped" || sort === "slips",
  };
  const isAll = !filter.text && [filter.stageId, filter.horizon, concern, grade].every((one) => one === null);
  // Whoever looks at a page mostly looks at the next: several are found at once, and kept like the rest.
  const first = filter.offset - (filter.offset % foundAtOnce);
  const limit = Math.max(foundAtOnce, filter.limit);
  const find = async () => {
    const { rows: found } = await sql<{ id: string; total: number | null }>`
      with ${everyDeal(scope, needs)}
      select x.id, ${isAll ? sql`null` : sql`(select count(*)::int from e ${searched(scope, filter)} ${wantedBy(filter, oldAfterDays)})`} as total
      from (
        select e.id from e ${searched(scope, filter)} ${wantedBy(filter, oldAfterDays)}
        order by ${orderBy(scope)[sort]} ${filter.descending ? sql`desc nulls last` : sql`asc nulls last`}, lower(e.name), e.id
        limit ${limit} offset ${first}) x`.execute(db);
    return { ids: found.map(({ id }) => id), total: found[0]?.total ?? null };
  };
  const { offset: _, talk: __, ...wanted } = filter;
  // Names of accounts and people are written without a word to the pipeline; a whole table is not for keeping.
  const isOwn = !filter.text && sort !== "account" && sort !== "rep" && filter.limit <= foundAtOnce;
  const found = isOwn ? await keptWhileUnwritten(db, ["found deals", wanted, first, ...depends], find) : await find();
  const ids = found.ids.slice(filter.offset - first, filter.offset - first + filter.limit);
  const rows = await dealRows(db, scope, [...ids, ...talked.map(({ id }) => id)]);
  const total = isAll ? whole.counts.all : (found.total ?? first);
  const of = (wanted: readonly string[]) => wanted.flatMap((id) => rows.get(id) ?? []);
  return { ...whole, rows: of(ids), talk: of(talked.map(({ id }) => id)), total };
}

/** A few deals with all that is asked about them. */
async function dealRows(db: Db, scope: DealScope, ids: readonly string[]): Promise<Map<string, PipelineDeal>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PipelineDeal>`
    with ${everyDeal(scope, { ...everything, ids })}
    select x.* from ${named(scope, sql`(select false as is_talk, 0 as place, e.* from e)`)} x`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
