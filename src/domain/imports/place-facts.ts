import type pg from "pg";
import { type Context, type Export, looksOf, openStageIds, readExports, readHistories } from "./place-export.ts";
import type { ChangedField } from "../opportunities/history-queries.ts";
import { makePlaced, writePlaced } from "./placed-rows.ts";
import { differenceWithCurrency } from "./first-currency.ts";
import { type HistoryRow, replayHistory } from "./replay-history.ts";
import type { Job } from "./staging.ts";

const lot = 1000;

/** Lays the changes in `staged` into the histories of their deals: what differs goes to `placed_out` and `placed_in`. */
export async function placeFacts(client: pg.ClientBase, job: Job): Promise<void> {
  await makePlaced(client);
  await client.query("create index on staged (id) where reason is null");
  const exports = await readExports(client, job);
  const openStages = await openStageIds(client, job);
  const context: Context = { isOpen: (stage) => stage != null && openStages.has(stage), timeZone: job.timeZone };
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const { rows } = await client.query<{ id: string }>(
      `select distinct id from staged where reason is null and id > $1 order by id limit ${lot}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) break;
    await placeLot(client, job, { ids: rows.map(({ id }) => id), exports, context });
    after = last.id;
  }
  await client.query("create temp table altered on commit drop as select id from placed_in union select id from placed_out");
}

interface Lot {
  ids: string[];
  exports: ReadonlyMap<string, Export>;
  context: Context;
}

async function placeLot(client: pg.ClientBase, job: Job, { ids, exports, context }: Lot): Promise<void> {
  const { rowsOf, seenOf } = await readHistories(client, job.orgId, ids);
  const { rows: given } = await client.query<{ id: string; at: Date; field: ChangedField; before: string | null; after: string | null }>(
    "select distinct on (id, field, at) id, at, field, before, after from staged where reason is null and id = any($1::uuid[]) order by id, field, at, line",
    [ids],
  );
  const out: (HistoryRow & { id: string })[] = [];
  const put: (HistoryRow & { id: string })[] = [];
  const first: string[] = [];
  for (const [id, facts] of Map.groupBy(given, (row) => row.id)) {
    const rows = rowsOf.get(id) ?? [];
    const fresh = facts.map((row) => ({ ...row, at: row.at.getTime(), source: job.source, runId: job.runId }));
    const { removed, added, writesFirst } = placeOn({ rows, fresh, sightings: seenOf.get(id) ?? [] }, { exports, context, job });
    out.push(...removed.map((row) => ({ ...row, id })));
    put.push(...added.map((row) => ({ ...row, id })));
    if (writesFirst) first.push(id);
  }
  await writePlaced(client, { out, put, first });
}

interface Given {
  rows: readonly HistoryRow[];
  fresh: readonly HistoryRow[];
  sightings: readonly { run_id: string; is_read: boolean }[];
}

function placeOn({ rows, fresh, sightings }: Given, { exports, context, job }: Omit<Lot, "ids"> & { job: Job }) {
  const isFact = ({ runId }: HistoryRow) => runId === null || (exports.get(runId)?.isHistory ?? true);
  const looks = looksOf(rows, sightings, exports, context);
  const first = looks.find(({ kind }) => kind === "seen");
  const known = new Set(rows.filter(isFact).map(({ at, field }) => `${at} ${field}`));
  const after = replayHistory({
    facts: [...rows.filter(isFact), ...fresh.filter(({ at, field }) => !known.has(`${at} ${field}`))],
    begun: first ? rows.filter((row) => !isFact(row) && row.at <= first.at && row.field !== "vanished") : [],
    beginning: null,
    looks: looks.filter((look) => first && look.at >= first.at),
    isOpen: context.isOpen,
    by: { source: job.source, runId: job.runId },
  });
  return differenceWithCurrency(rows, after);
}
