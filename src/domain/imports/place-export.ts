import type pg from "pg";
import { type ChangedField, toldFields } from "../opportunities/history-queries.ts";
import { isAsked } from "./find-moves.ts";
import { differenceWithCurrency, withFirstCurrency } from "./first-currency.ts";
import { makePlaced, writePlaced } from "./placed-rows.ts";
import { type Beginning, type HistoryRow, type Look, replayHistory, valuesAt } from "./replay-history.ts";
import type { Job } from "./staging.ts";

/** Deals whose history is put together at once. */
const lot = 1000;

/**
 * For a file older than one that is in: lays it between what is known and finds what changes in the history, into
 * `placed_out` and `placed_in`. The present stays, and so does every row that the file does not contradict.
 */
export async function placeExport(client: pg.ClientBase, job: Job): Promise<void> {
  await makePlaced(client);
  await makePlaces(client, job);
  const exports = await readExports(client, job);
  const openStages = await openStageIds(client, job);
  const owners = job.covers === "owners" ? await ownersInFile(client) : undefined;
  for (let after = 0; ;) {
    const { rows: deals } = await client.query<Place>(`select * from place where n > $1 order by n limit ${lot}`, [after]);
    const last = deals.at(-1);
    if (!last) return;
    await placeLot(client, job, { deals, exports, openStages, owners });
    after = last.n;
  }
}

interface Place {
  n: number;
  id: string;
  is_seen: boolean;
  owner_id: string | null;
  values: Record<string, string | null> | null;
  dated_at: Date | null;
  created_at: Date | null;
  state_at: Date | null;
  first_stage_id: string | null;
}

/** The deals in the file, and those that should have been in it. */
async function makePlaces(client: pg.ClientBase, { orgId, source, exportedAt, covers, currency }: Job): Promise<void> {
  const asked: [string, string][] = [
    ["name", "s.name"],
    ["owner", "s.owner_id"],
    ["account", "a.id"],
    ["product", "s.product_id"],
    ["stage", "s.stage_id"],
    ["amount", "s.amount"],
    ["currency", "coalesce(s.currency, case when k.id is null then $1::text end)"],
    ["close_on", "s.close_on"],
    ["forecast_category", "s.forecast_category"],
    ["next_step", "s.next_step"],
  ];
  const pairs = asked.map(([field, value]) => `'${field}', ${value}::text`);
  await client.query(
    `create temp table place on commit drop as
      select row_number() over (order by s.line) as n, coalesce(k.id, s.id) as id, true as is_seen, s.owner_id,
        json_build_object(${pairs.join(", ")}) as values, s.dated_at, s.created_at, s.state_at, s.first_stage_id, k.id is null as is_new
      from staged s left join known k on k.line = s.line left join account_key a on a.key = lower(s.account)
      where s.reason is null`,
    [currency],
  );
  if (covers !== "part")
    await client.query(
      `insert into place (n, id, is_seen, is_new)
        select (select count(*) from staged) + row_number() over (order by o.id), o.id, false, false from opportunity o
        where o.org_id = $1 and o.source = $2 and o.created_at <= $3
          and not exists (select 1 from staged s where s.external_id = o.external_id)`,
      [orgId, source, exportedAt],
    );
  await client.query("create index on place (n); analyze place");
}

export interface Export {
  id: string;
  at: number;
  covers: "whole" | "owners" | "part";
  owners: Set<string>;
  fields: Set<string>;
  isHistory: boolean;
}

export async function readExports(client: pg.ClientBase, { orgId, source, runId }: Job): Promise<Map<string, Export>> {
  const { rows } = await client.query<{
    id: string;
    what: string;
    exported_at: Date | null;
    covers: Export["covers"] | null;
    covered_owners: string[] | null;
    fields: string[] | null;
  }>(
    `select id, what, exported_at, covers, covered_owners, fields from import_run
      where org_id = $1 and source = $2 and state = 'applied' and id <> $3 and what in ('opportunities', 'changes')`,
    [orgId, source, runId],
  );
  // Each deal's exports: one table for all lots.
  await client.query(
    `create temp table sighted on commit drop as
      select g.run_id, d.id, d.is_read from import_sighting g
      cross join lateral (select unnest(g.seen) as id, true as is_read union all select unnest(g.unread), false) d
      where g.org_id = $1 and g.run_id = any($2::uuid[])`,
    [orgId, rows.map(({ id }) => id)],
  );
  await client.query("create index on sighted (id); analyze sighted");
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        at: row.exported_at?.getTime() ?? 0,
        covers: row.covers ?? "part",
        owners: new Set(row.covered_owners),
        fields: new Set(row.fields),
        isHistory: row.what === "changes",
      },
    ]),
  );
}

export async function openStageIds(client: pg.ClientBase, { orgId, newStages }: Job): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>("select id from stage where org_id = $1 and outcome = 'open'", [orgId]);
  return new Set([...rows.map(({ id }) => id), ...newStages.filter(({ outcome }) => outcome === "open").map(({ id }) => id)]);
}

async function ownersInFile(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    "select distinct owner_id as id from staged where reason is null and owner_id is not null",
  );
  return new Set(rows.map(({ id }) => id));
}

interface Lot {
  deals: readonly Place[];
  owners: ReadonlySet<string> | undefined;
  exports: ReadonlyMap<string, Export>;
  openStages: ReadonlySet<string>;
}

async function placeLot(client: pg.ClientBase, job: Job, { deals, exports, openStages, owners }: Lot): Promise<void> {
  const ids = deals.map(({ id }) => id);
  const { rowsOf, seenOf } = await readHistories(client, job.orgId, ids);
  const out: (HistoryRow & { id: string })[] = [];
  const put: (HistoryRow & { id: string })[] = [];
  const first: string[] = [];
  for (const deal of deals) {
    const rows = rowsOf.get(deal.id) ?? [];
    const { removed, added, writesFirst } = placeDeal(job, deal, {
      rows,
      sightings: seenOf.get(deal.id) ?? [],
      exports,
      openStages,
      owners,
    });
    out.push(...removed.map((row) => ({ ...row, id: deal.id })));
    put.push(...added.map((row) => ({ ...row, id: deal.id })));
    if (writesFirst) first.push(deal.id);
  }
  await writePlaced(client, { out, put, first });
}

/** The histories of these deals, and the exports that showed them. */
export async function readHistories(client: pg.ClientBase, orgId: string, ids: string[]) {
  const { rows: changes } = await client.query<Omit<HistoryRow, "at" | "runId"> & { at: Date; id: string; run_id: string | null }>(
    `select opportunity_id as id, at, field, before, after, source, import_run_id as run_id from opportunity_change
      where org_id = $1 and opportunity_id = any($2::uuid[]) order by at, field`,
    [orgId, ids],
  );
  const { rows: sightings } = await client.query<{ id: string; run_id: string; is_read: boolean }>(
    "select id, run_id, is_read from sighted where id = any($1::uuid[])",
    [ids],
  );
  const { rows: deals } = await client.query<{ id: string; currency: string }>(
    "select id, currency from opportunity where org_id = $1 and id = any($2::uuid[])",
    [orgId, ids],
  );
  const rows = changes.map((row) => ({ ...row, at: row.at.getTime(), runId: row.run_id }));
  const byDeal = Map.groupBy(rows, ({ id }) => id);
  const rowsOf = new Map(deals.map(({ id, currency }) => [id, withFirstCurrency(byDeal.get(id) ?? [], currency)]));
  return { rowsOf, seenOf: Map.groupBy(sightings, ({ id }) => id) };
}

interface Known {
  rows: readonly HistoryRow[];
  sightings: readonly { run_id: string; is_read: boolean }[];
  exports: ReadonlyMap<string, Export>;
  openStages: ReadonlySet<string>;
  /** Of the new file, when only their deals can have gone. */
  owners: ReadonlySet<string> | undefined;
}

function placeDeal(job: Job, deal: Place, { rows, sightings, exports, openStages, owners }: Known) {
  const isOpen = (stage: string | null | undefined) => stage != null && openStages.has(stage);
  const isFact = ({ runId }: HistoryRow) => runId === null || (exports.get(runId)?.isHistory ?? true);
  const at = job.exportedAt.getTime();
  const context = { isOpen, timeZone: job.timeZone };
  const earlier = looksOf(rows, sightings, exports, context);
  const isFirst = earlier.every((look) => look.kind !== "seen" || look.at > at);
  // It was not in this file, and is known only from later ones: it says nothing.
  if (!deal.is_seen && isFirst) return { removed: [], added: [], writesFirst: false };
  const looks = [...earlier, lookOf(job, deal, owners)].sort((a, b) => a.at - b.at);
  const first = looks.find(({ kind }) => kind === "seen");
  const begins = deal.is_seen && isFirst;
  const after = replayHistory({
    facts: rows.filter(isFact),
    begun: begins || !first ? [] : rows.filter((row) => !isFact(row) && row.at <= first.at && row.field !== "vanished"),
    beginning: begins ? beginningOf(deal, rows) : null,
    looks: looks.filter((look) => first && look.at >= first.at),
    isOpen,
    by: { source: job.source, runId: job.runId },
  });
  return differenceWithCurrency(rows, after);
}

/** What it says: of a currency it may say nothing. */
const valuesOf = (deal: Place) =>
  new Map((Object.entries(deal.values ?? {}) as [ChangedField, string | null][]).filter(([field, value]) => field !== "currency" || value));

const beginningOf = (deal: Place, rows: readonly HistoryRow[]): Beginning => ({
  createdAt: deal.created_at?.getTime() ?? 0,
  stateAt: deal.state_at?.getTime() ?? 0,
  firstStage: deal.first_stage_id,
  values: new Map([["currency", rows.find(({ field }) => field === "currency")?.after ?? null], ...valuesOf(deal)]),
});

function lookOf(job: Job, deal: Place, owners: ReadonlySet<string> | undefined): Look {
  const at = job.exportedAt.getTime();
  if (!deal.is_seen) return { at, kind: "absent", owners };
  const values = new Map([...valuesOf(deal)].filter(([field]) => isAsked(job.provided, field)));
  return {
    at,
    kind: "seen",
    values,
    closedAt: deal.state_at?.getTime() ?? at,
    datedAt: job.provided.has("created_on") ? (deal.dated_at?.getTime() ?? null) : null,
  };
}

export interface Context {
  isOpen(stage: string | null | undefined): boolean;
  timeZone: string;
}

/** What the exports that are in have said of this deal, read off the history they left. */
export function looksOf(rows: readonly HistoryRow[], sightings: Known["sightings"], exports: Known["exports"], context: Context): Look[] {
  const seen = new Map(sightings.map(({ run_id, is_read }) => [run_id, is_read]));
  const looks: Look[] = [];
  for (const one of exports.values()) {
    if (one.isHistory) continue;
    const isRead = seen.get(one.id);
    if (isRead) looks.push(seenLook(rows, one, context));
    else if (isRead === undefined && one.covers !== "part")
      looks.push({ at: one.at, kind: "absent", owners: one.covers === "owners" ? one.owners : undefined });
  }
  // Brought in before exports were kept count of: it was seen when it last changed.
  const last = rows.at(-1);
  if (last && !looks.some(({ kind }) => kind === "seen")) looks.push(seenLook(rows, { at: last.at, fields: allFields }, context));
  return looks.sort((a, b) => a.at - b.at);
}

const allFields: ReadonlySet<string> = new Set(toldFields);

function seenLook(rows: readonly HistoryRow[], { at, fields }: { at: number; fields: ReadonlySet<string> }, context: Context): Look {
  const then = valuesAt(rows, at);
  const values = new Map<ChangedField, string | null>();
  for (const field of toldFields) if (fields.has(field)) values.set(field, then.get(field) ?? null);
  const created = then.get("created");
  const datedAt = fields.has("created_on") && created ? Date.parse(created) : null;
  const closedAt = values.has("stage") && !context.isOpen(values.get("stage")) ? closingOf(rows, at, then.get("close_on"), context) : at;
  return { at, kind: "seen", values, closedAt, datedAt };
}

/** On its close date; at the hour that is known if the last move of its stage is of that day. */
function closingOf(rows: readonly HistoryRow[], at: number, day: string | null | undefined, { timeZone }: Context): number {
  const moved = rows.findLast((row) => row.field === "stage" && row.at <= at)?.at;
  if (!day) return at;
  if (moved !== undefined && Temporal.Instant.fromEpochMilliseconds(moved).toZonedDateTimeISO(timeZone).toPlainDate().toString() === day)
    return moved;
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: "12:00" });
  return Math.min(noon.epochMilliseconds, at);
}
