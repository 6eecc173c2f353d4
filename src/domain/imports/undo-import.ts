import type pg from "pg";
import type { App, Ctx } from "../../platform/context.ts";
import { newId } from "../../platform/new-id.ts";
import { PlainError } from "../../platform/plain-error.ts";
import { dropLoneFirstCurrencies } from "./first-currency.ts";
import { isStill, takeTurn } from "./keep-outcome.ts";
import { refreshOpportunities } from "./refresh-opportunities.ts";
import type { What } from "./import-fields.ts";
import { refuseLaterRun } from "./refuse-later-run.ts";
import { restoreSpareStages } from "./spare-stages.ts";
import { tellMovedPeople } from "./tell-moved-people.ts";
import { takeBackPeople } from "./undo-people.ts";
import { plainNoun, takeBackRows } from "./undo-rows.ts";

/** What a run can be taken back of: what it made or changed is known row by row. */
export const canUndo = (what: What | null): boolean =>
  what === "people" ||
  what === "opportunities" ||
  what === "changes" ||
  what === "accounts" ||
  what === "products" ||
  plainNoun(what) !== null;

/**
 * Takes back exactly what one import has made and changed: afterwards every day reads as if it had not been. Refused, in words,
 * when a later import or somebody's own work stands on it. People whom a file was matched to stay. Done twice, it is done once.
 */
export async function undoImport(ctx: Ctx, runId: string): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  const now = ctx.clock.now();
  await ctx.database.withClient({ orgId, personId, actor: "import", now }, async (client) => {
    await takeTurn(client, orgId);
    if (!(await isStill(client, orgId, runId, "applied"))) return;
    const what = await assertRemembered(client, orgId, runId);
    const noun = plainNoun(what);
    if (what === "people") {
      await tellMovedPeople(client, ctx, { orgId, runId }, "taken back");
      await takeBackPeople(client, { orgId, runId });
    } else if (noun) await takeBackRows(client, { orgId, runId, noun });
    else await takeBackPipeline(client, orgId, runId);
    await client.query(
      "update import_run set state = 'undone', undone_at = $3, undone_by = $4, file_path = null where org_id = $1 and id = $2",
      [orgId, runId, now, personId],
    );
    await client.query(
      "insert into event (org_id, id, actor_id, actor, verb, noun, noun_id, at) values ($1, $2, $3, 'import', 'take back', 'import', $4, $5)",
      [orgId, newId(), personId, runId, now],
    );
    await client.query("select signal($1)", [`import:${runId}`]);
  });
  await analyze(ctx);
}

async function takeBackPipeline(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  await findTouched(client, orgId, runId);
  await assertLast(client, orgId, runId);
  await assertNobodyBuiltOn(client, orgId, runId);
  await takeBackHistory(client, orgId, runId);
  await restoreSpareStages(client, orgId, runId);
  for (const kind of ["account", "product", "stage"] as const) await takeBackCatalogue(client, { orgId, runId, kind });
}

const analyze = (app: App) =>
  app.database.ownerPool.query("analyze opportunity, opportunity_change, account, product, person, reporting_line").catch(() => {});

/** Of some imports it is not kept what they did. */
async function assertRemembered(client: pg.ClientBase, orgId: string, runId: string): Promise<What | null> {
  const { rows } = await client.query<{ what: What | null; is_remembered: boolean }>(
    "select what, is_remembered from import_run where org_id = $1 and id = $2",
    [orgId, runId],
  );
  if (!canUndo(rows[0]?.what ?? null))
    throw new PlainError("An import of this kind cannot be taken back.", "Put right what is wrong with a newer file.");
  if (!rows[0]?.is_remembered)
    throw new PlainError("This import is older than Kept’s memory of what imports did.", "It cannot be taken back.");
  return rows[0].what;
}

/** Deals whose history the run has had a hand in. */
async function findTouched(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  await client.query(
    `create temp table touched on commit drop as
      select id, bool_or(is_made) as is_made from (
        select opportunity_id as id, false as is_made from opportunity_change where org_id = $1 and import_run_id = $2
        union all select opportunity_id, false from replaced_change where org_id = $1 and run_id = $2
        union all select id, true from opportunity where org_id = $1 and made_by_run_id = $2) t
      group by id`,
    [orgId, runId],
  );
  await client.query("create unique index on touched (id); analyze touched");
}

/** A later import that showed or changed one of these deals, or changed an account or product made here, rests on this one. */
async function assertLast(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  const { rows } = await client.query<{ name: string; day: string }>(
    `select r.file_name as name, r.finished_at::date::text as day from import_run r
      join import_run mine on mine.org_id = r.org_id and mine.id = $2
      where r.org_id = $1 and r.id <> $2 and r.state = 'applied' and (r.finished_at, r.id) > (mine.finished_at, mine.id)
        and (exists (select 1 from import_sighting g cross join lateral unnest(g.seen) d(id) join touched t on t.id = d.id
            where g.org_id = $1 and g.run_id = r.id)
          or exists (select 1 from opportunity_change c join touched t on t.id = c.opportunity_id where c.org_id = $1 and c.import_run_id = r.id)
          or exists (select 1 from row_before_import b join row_before_import own on own.org_id = $1 and own.run_id = $2 and own.kind = b.kind and own.id = b.id
            where b.org_id = $1 and b.run_id = r.id)
          or exists (select 1 from row_before_import b where b.org_id = $1 and b.run_id = r.id and b.id in (
            select id from account where org_id = $1 and import_run_id = $2 union all select id from product where org_id = $1 and import_run_id = $2)))
      order by r.finished_at desc limit 1`,
    [orgId, runId],
  );
  refuseLaterRun(rows[0]);
}

const words: Record<string, string> = {
  commitment: "commitments",
  listed_opportunity: "records of one-on-ones",
  evidence: "evidence",
  activity: "activities",
  prospect_grade: "grades by hand",
  prepared_prospect: "preparations",
  prospect_line: "preparations",
  role_play: "role-plays",
};

/** What people have hung on a deal that would go. */
async function assertNobodyBuiltOn(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  const { rows } = await client.query<{ from_table: string; deals: number }>(
    `select h.from_table, count(*)::int as deals
      from hangs_on('opportunity', array(select id from opportunity where org_id = $1 and made_by_run_id = $2)) h group by 1 order by 2 desc`,
    [orgId, runId],
  );
  if (rows.length === 0) return;
  const named = [...new Set(rows.map(({ from_table }) => words[from_table] ?? "stories"))];
  const deals = Math.max(...rows.map((row) => row.deals));
  throw new PlainError(
    `People have worked with what it brought in: ${named.join(", ")} hang on ${deals === 1 ? "one deal" : `${deals} deals`}.`,
    "It stays. What is wrong is put right by a newer export.",
  );
}

async function takeBackHistory(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  const by = [orgId, runId];
  await client.query("delete from opportunity_change where org_id = $1 and import_run_id = $2", by);
  await client.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source, import_run_id)
      select org_id, opportunity_id, at, field, before, after, source, import_run_id from replaced_change where org_id = $1 and run_id = $2`,
    by,
  );
  await client.query("delete from replaced_change where org_id = $1 and run_id = $2", by);
  await client.query("delete from opportunity where org_id = $1 and made_by_run_id = $2", by);
  await client.query(
    `update opportunity o set source = b.row ->> 'source', external_id = b.row ->> 'external_id'
      from row_before_import b where b.org_id = $1 and b.run_id = $2 and b.kind = 'opportunity' and o.org_id = $1 and o.id = b.id`,
    by,
  );
  await client.query("delete from row_before_import where org_id = $1 and run_id = $2 and kind = 'opportunity'", by);
  await client.query("delete from touched where is_made");
  await refreshOpportunities(client, orgId);
  await dropLoneFirstCurrencies(client, orgId);
  await client.query("delete from import_sighting where org_id = $1 and run_id = $2", by);
}

const columnsOf = {
  account: "name, external_id, sector, location, parent_name, employees, annual_revenue_minor, founded_in",
  product: "name, external_id, series, list_price_minor, currency",
};

interface Catalogue {
  orgId: string;
  runId: string;
  kind: "account" | "product" | "stage";
}

/** What it changed is as before; what it made goes, unless something else has come to use it. */
async function takeBackCatalogue(client: pg.ClientBase, { orgId, runId, kind }: Catalogue): Promise<void> {
  const by = [orgId, runId];
  if (kind !== "stage") {
    const columns = columnsOf[kind];
    const own = columns.replaceAll(/(\w+)/g, "p.$1");
    await client.query(
      `update ${kind} t set (${columns}) = (select ${own} from jsonb_populate_record(null::${kind}, b.row) p)
        from row_before_import b where b.org_id = $1 and b.run_id = $2 and b.kind = '${kind}' and t.org_id = $1 and t.id = b.id`,
      by,
    );
    if (kind === "product") await takeBackPrices(client, orgId, runId);
    await client.query(`delete from row_before_import where org_id = $1 and run_id = $2 and kind = '${kind}'`, by);
  }
  await client.query(
    `delete from ${kind} t where t.org_id = $1 and t.import_run_id = $2
      and t.id not in (select h.id from hangs_on('${kind}', array(select id from ${kind} where org_id = $1 and import_run_id = $2)) h)`,
    by,
  );
}

/** What its products cost is as before too: the last time they cost that, they went on costing it. */
async function takeBackPrices(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  await client.query(
    `with back as (
        select p.id, p.list_price_minor, (select max(l.at) from list_price l where l.org_id = $1 and l.product_id = p.id and l.at < viewer_now()
          and (l.list_price_minor, l.currency) is not distinct from (p.list_price_minor, p.currency)) as since
        from row_before_import b join product p on p.org_id = $1 and p.id = b.id where b.org_id = $1 and b.run_id = $2 and b.kind = 'product')
      delete from list_price l using back
      where l.org_id = $1 and l.product_id = back.id and (l.at > back.since or back.since is null and back.list_price_minor is null)`,
    [orgId, runId],
  );
}
