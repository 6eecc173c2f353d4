import type pg from "pg";
import type { Counts, Job, Staging } from "./staging.ts";

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

const untyped = (words: string) => words.replaceAll("::text", "");
const isoText = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

async function settle(client: pg.ClientBase, job: Job): Promise<Counts> {
  await client.query("analyze staged");
  await client.query(`
    with twice as (select external_id, min(line) as first from staged where reason is null group by 1 having count(*) > 1)
    update staged s set reason = 'the same opportunity as in line ' || t.first
    from twice t where s.external_id = t.external_id and s.line > t.first and s.reason is null`);
  await makeAccountKeys(client, job);
  await client.query(
    `create temp table known on commit drop as
      select s.line, o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, o.outcome, o.amount_minor, o.close_on,
        o.forecast_category, o.next_step, o.created_at, o.last_change_at
      from staged s join opportunity o on o.org_id = $1 and o.source = $2 and o.external_id = s.external_id
      where s.reason is null`,
    [job.orgId, job.source],
  );
  await client.query("analyze known");
  await client.query("create temp table moved (line integer, id uuid, field text, before text, after text, at timestamptz) on commit drop");
  const { rowCount: known } = await client.query("select 1 from known limit 1");
  if (known) await findMoves(client, job);
  const { rows } = await client.query<{ total: string; known: string; moved: string }>(
    `select (select count(*) from staged where reason is null)::text as total, (select count(*) from known)::text as known,
      (select count(distinct line) from moved)::text as moved`,
  );
  const [total, before, changed] = [Number(rows[0]?.total), Number(rows[0]?.known), Number(rows[0]?.moved)];
  return { fresh: total - before, changed, same: before - changed };
}

/** Accounts by name; those the file alone knows get an id and are made when it is applied. */
async function makeAccountKeys(client: pg.ClientBase, job: Job): Promise<void> {
  await client.query(
    `create temp table account_key on commit drop as
      select distinct on (lower(name)) lower(name) as key, name, id, false as is_new from account
      where org_id = $1 order by lower(name), (source = $2) desc, id`,
    [job.orgId, job.source],
  );
  await client.query(`insert into account_key
    select lower(s.account), min(s.account), gen_random_uuid(), true from staged s
    where s.reason is null and s.account is not null and not exists (select 1 from account_key a where a.key = lower(s.account))
    group by 1`);
  await client.query("analyze account_key");
}

/**
 * What is otherwise in the file than it stands here. A deal that closes does so on its close date; everything else is
 * known from the day of the export. A change always comes after the last one known.
 */
async function findMoves(client: pg.ClientBase, { provided, exportedAt }: Job): Promise<void> {
  const closes = "case when k.outcome = 'open' and s.outcome <> 'open' then s.state_at else $1::timestamptz end";
  const entered = `case when k.outcome = 'open' and s.outcome = 'open' and s.dated_at > k.last_change_at then s.dated_at else ${closes} end`;
  const pairs: [string, string, string, string, string][] = [
    ["name", "name", "k.name", "s.name", closes],
    ["owner", "owner", "k.owner_id::text", "s.owner_id::text", closes],
    ["account", "account", "k.account_id::text", "a.id::text", closes],
    ["product", "product", "k.product_id::text", "s.product_id::text", closes],
    ["stage", "stage", "k.stage_id::text", "s.stage_id::text", entered],
    ["amount", "amount", "k.amount_minor::text", "s.amount::text", closes],
    ["close_on", "close_on", "k.close_on::text", "s.close_on::text", closes],
    ["forecast_category", "forecast_category", "k.forecast_category", "s.forecast_category", closes],
    ["next_step", "next_step", "k.next_step", "s.next_step", closes],
    [
      "created_on",
      "created",
      `case when s.dated_at < k.created_at then ${isoText("k.created_at")} end`,
      `case when s.dated_at < k.created_at then ${isoText("s.dated_at")} end`,
      "$1::timestamptz",
    ],
  ];
  const asked = pairs.filter(([needs]) => provided.has(needs));
  const values = asked.map(([, field, before, after, at]) => `('${field}', ${before}, ${after}, ${at})`);
  // Most rows of a second export are the same: one comparison of whole rows spares them the look at each field.
  const differs = `(${asked.map((pair) => untyped(pair[2])).join(", ")}) is distinct from (${asked.map((pair) => untyped(pair[3])).join(", ")})`;
  await client.query(
    `insert into moved select k.line, k.id, c.field, c.before, c.after,
        case when c.at > k.last_change_at then c.at else k.last_change_at + interval '1 millisecond' end
      from known k join staged s on s.line = k.line left join account_key a on a.key = lower(s.account)
      cross join lateral (values ${values.join(", ")}) c(field, before, after, at)
      where ${differs} and c.before is distinct from c.after`,
    [exportedAt],
  );
}

async function apply(client: pg.ClientBase, job: Job): Promise<void> {
  await makeMissing(client, job);
  const by = [job.orgId, job.source, job.runId];
  await client.query(
    `insert into opportunity (org_id, id, source, external_id, name, owner_id, account_id, product_id, stage_id, outcome, amount_minor,
        currency, close_on, forecast_category, next_step, created_at, last_change_at, import_run_id)
      select $1, s.id, $2, s.external_id, s.name, s.owner_id, a.id, s.product_id, s.stage_id, s.outcome, s.amount,
        s.currency, s.close_on, s.forecast_category, s.next_step, s.created_at,
        case when coalesce(s.first_stage_id::text, s.amount::text, s.close_on::text, s.forecast_category, s.next_step) is null
          then s.created_at else s.state_at end, $3
      from staged s left join account_key a on a.key = lower(s.account)
      where s.reason is null and not exists (select 1 from known k where k.line = s.line) order by s.line`,
    by,
  );
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
    by,
  );
  const { rowCount: anyMoved } = await client.query("select 1 from moved limit 1");
  if (anyMoved) await applyMoves(client, job);
}

async function makeMissing(client: pg.ClientBase, job: Job): Promise<void> {
  await client.query(
    `insert into account (org_id, id, source, external_id, name)
      select $1, id, $2, 'name:' || key, name from account_key where is_new on conflict (org_id, source, external_id) do nothing`,
    [job.orgId, job.source],
  );
  for (const { id, name } of job.newProducts)
    await client.query(
      "insert into product (org_id, id, source, external_id, name, currency) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
      [job.orgId, id, job.source, `name:${name.toLowerCase()}`, name, job.currency],
    );
  for (const stage of job.newStages) await makeStage(client, job.orgId, stage);
}

/** A new open stage comes after the open ones and before won and lost. */
async function makeStage(client: pg.ClientBase, orgId: string, stage: Job["newStages"][number]): Promise<void> {
  const { rows } = await client.query<{ position: number }>(
    "select coalesce(max(position) + 1, 0)::int as position from stage where org_id = $1 and (outcome = 'open' or $2 <> 'open')",
    [orgId, stage.outcome],
  );
  const position = rows[0]?.position ?? 0;
  if (stage.outcome === "open")
    await client.query("update stage set position = position + 1 where org_id = $1 and outcome <> 'open' and position >= $2", [
      orgId,
      position,
    ]);
  await client.query("insert into stage (org_id, id, name, position, outcome) values ($1, $2, $3, $4, $5)", [
    orgId,
    stage.id,
    stage.name,
    position,
    stage.outcome,
  ]);
}

async function applyMoves(client: pg.ClientBase, { orgId, source, runId, provided }: Job): Promise<void> {
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
    ["stage", "stage_id = s.stage_id, outcome = s.outcome"],
    ["amount", "amount_minor = s.amount, currency = s.currency"],
    ["close_on", "close_on = s.close_on"],
    ["forecast_category", "forecast_category = s.forecast_category"],
    ["next_step", "next_step = s.next_step"],
    ["created_on", "created_at = least(o.created_at, s.dated_at)"],
  ];
  const changes = sets.filter(([field]) => provided.has(field)).map(([, set]) => set);
  await client.query(
    `update opportunity o set ${changes.join(", ")}, last_change_at = m.at, import_run_id = $2
      from (select line, id, max(at) as at from moved group by 1, 2) m
        join staged s on s.line = m.line left join account_key a on a.key = lower(s.account)
      where o.org_id = $1 and o.id = m.id`,
    [orgId, runId],
  );
}
