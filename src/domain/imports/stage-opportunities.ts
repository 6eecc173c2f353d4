import type pg from "pg";
import { adopt, findAdopted } from "./adopt-known.ts";
import { applyPlaced } from "./apply-placed.ts";
import { failSecondRows } from "./fail-second-rows.ts";
import { keepFirstCurrencies } from "./first-currency.ts";
import { findGone, findMoves, isAsked, isoText, keepShownPast, moveGone } from "./find-moves.ts";
import { makeAccountKeys, makeMissing } from "./make-missing.ts";
import { noteSightings } from "./note-sightings.ts";
import { placeExport } from "./place-export.ts";
import { dropSpareStages } from "./spare-stages.ts";
import { findOwn, ownSource } from "./own-file.ts";
import { type Counts, type Job, planAnew, type Staging } from "./staging.ts";

const columns = [
  { name: "id", type: "uuid" },
  { name: "external_id", type: "text" },
  { name: "name", type: "text" },
  { name: "owner_id", type: "uuid" },
  { name: "account", type: "text" },
  { name: "product_id", type: "uuid" },
  { name: "stage_id", type: "uuid" },
  { name: "outcome", type: "text" },
  { name: "amount", type: "bigint" },
  // Null where the row does not say it: one that is new is then in the organisation's own.
  { name: "currency", type: "text" },
  { name: "close_on", type: "date" },
  { name: "forecast_category", type: "text" },
  { name: "next_step", type: "text" },
  // The day it was created as the file gives it, and as it is taken to be.
  { name: "dated_at", type: "timestamptz" },
  { name: "created_at", type: "timestamptz" },
  // From when on it stands as the file says, and the stage it was in before.
  { name: "state_at", type: "timestamptz" },
  { name: "first_stage_id", type: "uuid" },
] as const;

export const opportunityStaging: Staging = { columns, settle, apply };

async function settle(client: pg.ClientBase, job: Job): Promise<Counts> {
  await client.query("analyze staged");
  await failSecondRows(client);
  await makeAccountKeys(client, job);
  await client.query(
    `create temp table known on commit drop as
      select s.line, o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, o.outcome, o.amount_minor, o.currency, o.close_on,
        o.forecast_category, o.next_step, o.created_at, o.last_change_at, o.vanished_at
      from staged s join opportunity o on o.org_id = $1 and o.source = $2 and o.external_id = s.external_id
      where s.reason is null`,
    [job.orgId, job.source],
  );
  await findAdopted(client, job);
  if (job.source === ownSource) await findOwn(client, job);
  await client.query("analyze known");
  if (!job.provided.has("owner") || !job.provided.has("stage"))
    await client.query(`update staged s set reason = 'it is new here, and a new opportunity needs an owner and a stage'
      where s.reason is null and (s.owner_id is null or s.stage_id is null) and not exists (select 1 from known k where k.line = s.line)`);
  await client.query("create temp table moved (line integer, id uuid, field text, before text, after text, at timestamptz) on commit drop");
  if (!job.isLate) await findGone(client, job);
  return job.isLate ? settleLate(client, job) : settleNew(client, job);
}

/** The newest export: what is otherwise than here has changed. */
async function settleNew(client: pg.ClientBase, job: Job): Promise<Counts> {
  const { rowCount: known } = await client.query("select 1 from known limit 1");
  if (known) await findMoves(client, job);
  const { rows: back } = await client.query("select 1 from moved where at < $1 limit 1", [job.exportedAt]);
  if (back.length > 0) await keepShownPast(client, job);
  const counts = await countRows(client, "moved");
  if (job.covers !== "part") await moveGone(client, job);
  return counts;
}

/** An older one: what it says is laid into the history. */
async function settleLate(client: pg.ClientBase, job: Job): Promise<Counts> {
  await placeExport(client, job);
  await client.query(
    `create temp table altered on commit drop as select distinct p.id from (select id from placed_in union select id from placed_out) p`,
  );
  return countRows(client, "(select k.line from known k join altered a on a.id = k.id)");
}

async function countRows(client: pg.ClientBase, changed: string): Promise<Counts> {
  const { rows } = await client.query<{ total: string; known: string; moved: string }>(
    `select (select count(*) from staged where reason is null)::text as total, (select count(*) from known)::text as known,
      (select count(distinct line) from ${changed} c)::text as moved`,
  );
  const [total, before, moved] = [Number(rows[0]?.total), Number(rows[0]?.known), Number(rows[0]?.moved)];
  return { fresh: total - before, changed: moved, same: before - moved };
}

async function apply(client: pg.ClientBase, job: Job): Promise<void> {
  await adopt(client, job);
  await makeMissing(client, job);
  await insertNew(client, job);
  await planAnew(client);
  if (job.isLate) await applyPlaced(client, job);
  else {
    await insertHistories(client, job);
    const { rowCount: anyMoved } = await client.query("select 1 from moved limit 1");
    if (anyMoved) await applyMoves(client, job);
  }
  await noteSightings(client, job);
  await dropSpareStages(client, job);
}

async function insertNew(client: pg.ClientBase, { orgId, source, runId, currency }: Job): Promise<void> {
  const { rowCount } = await client.query(
    `insert into opportunity (org_id, id, source, external_id, name, owner_id, account_id, product_id, stage_id, outcome, amount_minor,
        currency, close_on, forecast_category, next_step, created_at, last_change_at, import_run_id, made_by_run_id)
      select $1, s.id, $2, s.external_id, s.name, s.owner_id, a.id, s.product_id, s.stage_id, s.outcome, s.amount,
        coalesce(s.currency, $4), s.close_on, s.forecast_category, s.next_step, s.created_at,
        case when coalesce(s.first_stage_id::text, s.amount::text, s.close_on::text, s.forecast_category, s.next_step) is null
          then s.created_at else s.state_at end, $3, $3
      from staged s left join account_key a on a.key = lower(s.account)
      where s.reason is null and not exists (select 1 from known k where k.line = s.line) order by s.line`,
    [orgId, source, runId, currency],
  );
  // The check of each change's deal takes the index that the count of deals speaks for.
  if ((rowCount ?? 0) > 500) await client.query("select learn_sizes()");
}

async function insertHistories(client: pg.ClientBase, { orgId, source, runId }: Job): Promise<void> {
  await client.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source, import_run_id)
      select $1, s.id, c.at, c.field, c.before, c.after, $2, $3
      from staged s left join account_key a on a.key = lower(s.account)
      cross join lateral (values
        ('account', s.created_at, null, a.id::text),
        ('created', s.created_at, null, ${isoText("s.created_at")}),
        ('name', s.created_at, null, s.name),
        ('owner', s.created_at, null, s.owner_id::text),
        ('product', s.created_at, null, s.product_id::text),
        ('stage', s.created_at, null, coalesce(s.first_stage_id, s.stage_id)::text),
        ('amount', s.state_at, null, s.amount::text),
        ('close_on', s.state_at, null, s.close_on::text),
        ('forecast_category', s.state_at, null, s.forecast_category),
        ('next_step', s.state_at, null, s.next_step),
        ('stage', s.state_at, s.first_stage_id::text, case when s.first_stage_id is not null then s.stage_id::text end)
      ) c(field, at, before, after)
      where s.reason is null and c.after is not null and not exists (select 1 from known k where k.line = s.line)
      order by s.line`,
    [orgId, source, runId],
  );
}

async function applyMoves(client: pg.ClientBase, { orgId, source, runId, provided }: Job): Promise<void> {
  await keepFirstCurrencies(client, orgId, "select id from moved where field = 'currency'");
  await client.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source, import_run_id)
      select $1, id, at, field, before, after, $2, $3 from moved`,
    [orgId, source, runId],
  );
  const sets: [string, string][] = [
    ["name", "name = s.name"],
    ["owner", "owner_id = s.owner_id"],
    ["account", "account_id = a.id"],
    ["product", "product_id = s.product_id"],
    ["stage", "stage_id = s.stage_id"],
    ["amount", "amount_minor = s.amount"],
    ["currency", "currency = coalesce(s.currency, o.currency)"],
    ["close_on", "close_on = s.close_on"],
    ["forecast_category", "forecast_category = s.forecast_category"],
    ["next_step", "next_step = s.next_step"],
    ["created_on", "created_at = least(o.created_at, s.dated_at)"],
  ];
  const changes = sets.filter(([field]) => isAsked(provided, field)).map(([, set]) => `${set}, `);
  // A deal that is in the export again is what its stage says.
  const outcome = provided.has("stage") ? "s.outcome" : "case when o.outcome = 'vanished' then 'open' else o.outcome end";
  await client.query(
    `update opportunity o set ${changes.join("")} outcome = ${outcome}, vanished_at = null, last_change_at = m.at, import_run_id = $2
      from (select line, id, max(at) as at from moved where line is not null group by 1, 2) m
        join staged s on s.line = m.line left join account_key a on a.key = lower(s.account)
      where o.org_id = $1 and o.id = m.id`,
    [orgId, runId],
  );
  await client.query(
    `update opportunity o set outcome = 'vanished', vanished_at = m.after::timestamptz, last_change_at = m.at, import_run_id = $2
      from moved m where m.line is null and o.org_id = $1 and o.id = m.id`,
    [orgId, runId],
  );
}
