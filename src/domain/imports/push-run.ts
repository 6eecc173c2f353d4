import type pg from "pg";
import { newId } from "../../platform/new-id.ts";
import type { What } from "./import-fields.ts";

/** What a call was answered with, as it is sent and as it is kept. */
export interface Answered {
  status: 200 | 422;
  body: string;
}

const keptFor = "3 days";

/**
 * Takes the key of a call for this transaction: of two calls with the same key at once one waits for the other.
 * @returns what the call was answered with when it came before; "other" when the key came with another body
 */
export async function takeKey(
  client: pg.ClientBase,
  orgId: string,
  key: string,
  sha256: string,
  now: Date,
): Promise<Answered | "other" | null> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('kept push ' || $1 || ' ' || $2, 0))", [orgId, key]);
  await client.query(`delete from push_key where org_id = $1 and created_at < $2::timestamptz - interval '${keptFor}'`, [orgId, now]);
  const { rows } = await client.query<{ body_sha256: string; status: 200 | 422; answer: string }>(
    "select body_sha256, status, answer from push_key where org_id = $1 and key = $2",
    [orgId, key],
  );
  const found = rows[0];
  if (!found) return null;
  return found.body_sha256 === sha256 ? { status: found.status, body: found.answer } : "other";
}

export async function keepAnswer(
  client: pg.ClientBase,
  orgId: string,
  { key, sha256, runId, now, answer }: { key: string; sha256: string; runId: string; now: Date; answer: Answered },
): Promise<void> {
  await client.query(
    "insert into push_key (org_id, key, body_sha256, run_id, status, answer, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
    [orgId, key, sha256, runId, answer.status, answer.body, now],
  );
}

export interface PushRun {
  runId: string;
  what: What;
  source: string;
  /** What stands in the list of imports. */
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
  personId: string;
  now: Date;
}

/** A call is an import like that of a file, with the person whose token it bore. */
export async function startPushRun(client: pg.ClientBase, orgId: string, run: PushRun): Promise<void> {
  await client.query(
    `insert into import_run (org_id, id, what, source, file_name, file_bytes, file_sha256, state, settings, rows_total, created_by, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, 'applying', '{"answers": {}}', $8, $9, $10)`,
    [orgId, run.runId, run.what, run.source, run.name, run.bytes, run.sha256, run.rows, run.personId, run.now],
  );
}

export async function recordPush(
  client: pg.ClientBase,
  orgId: string,
  push: { runId: string; personId: string; now: Date },
): Promise<void> {
  await client.query(
    `insert into event (org_id, id, actor_id, actor, verb, noun, noun_id, at)
      values ($1, $2, $3, 'import', 'push', 'import', $4, $5)`,
    [orgId, newId(), push.personId, push.runId, push.now],
  );
}

export interface RowFate {
  line: number;
  outcome: "created" | "changed" | "unchanged" | "refused";
  reason: string | null;
}

/** What became of each row, in the order in which they were sent. */
export async function readFates(client: pg.ClientBase): Promise<RowFate[]> {
  const { rows } = await client.query<RowFate>(
    `select s.line, max(coalesce(s.reason, s.warning)) as reason,
        case when count(s.reason) > 0 then 'refused' when max(f.fate) = 'new' then 'created' when max(f.fate) = 'changed' then 'changed' else 'unchanged' end as outcome
      from staged s left join fate f on f.line = s.line group by s.line order by s.line`,
  );
  return rows;
}

/** A call may not hold others up: it gives up when it has waited or worked for too long. */
export async function boundTime(client: pg.ClientBase): Promise<void> {
  await client.query("set local lock_timeout = '20s'; set local statement_timeout = '60s'");
}
