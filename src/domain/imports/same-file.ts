import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { changeRun, findRun, settingsText } from "./import-run-store.ts";
import type { What } from "./import-fields.ts";
import type { Run } from "./import-settings.ts";

interface Sent {
  orgId: string;
  id: string;
  sha256: string;
  what: What | null;
}

/**
 * The very bytes that were taken in last of their kind hold nothing new: that is said at once, by the hash, without reading them.
 * After anything else of that kind was taken in since, the file is looked over like any other. True if it was announced.
 */
export async function announceSameFile(db: Db, { orgId, id, sha256, what }: Sent): Promise<boolean> {
  const earlier = await findSame(db, { orgId, id, sha256, what });
  if (!earlier) return false;
  const { samples: _, vanishing: __, ...found } = earlier.settings.found ?? {};
  const sameAs = { runId: earlier.id, at: earlier.finishedAt?.toISOString() ?? "" };
  await changeRun(db, orgId, id, ["uploaded"], {
    state: "checked",
    what: earlier.what,
    source: earlier.source,
    rowsTotal: earlier.rowsTotal,
    problem: `This is the same file as on ${sameAs.at.slice(0, 10)}: nothing to take in.`,
  });
  const settings = settingsText({ answers: {}, ...("header" in found && { found: { ...found, notes: [] } }), sameAs } as Run["settings"]);
  await sql`update import_run set settings = ${settings}::jsonb, rows_failed = ${earlier.rowsFailed},
    rows_same = ${earlier.rowsTotal - earlier.rowsFailed}, rows_done = rows_total where org_id = ${orgId} and id = ${id}`.execute(db);
  await sql`insert into import_row (org_id, run_id, line, outcome, reason, cells)
    select org_id, ${id}, line, outcome, reason, cells from import_row where org_id = ${orgId} and run_id = ${earlier.id}`.execute(db);
  return true;
}

/** Deals and their history bear on each other. */
const kind = (run: string) => sql`case ${sql.ref(`${run}.what`)} when 'changes' then 'opportunities' else ${sql.ref(`${run}.what`)} end`;

async function findSame(db: Db, { orgId, id, sha256, what }: Sent): Promise<Run | undefined> {
  const { rows } = await sql<{ id: string }>`
    select r.id from import_run r where r.org_id = ${orgId} and r.id <> ${id} and r.file_sha256 = ${sha256} and r.state = 'applied'
      and (${what}::text is null or r.what = ${what})
      and not exists (select 1 from import_run l where l.org_id = r.org_id and l.id <> r.id and l.state = 'applied'
        and ${kind("l")} = ${kind("r")} and l.finished_at >= r.finished_at)
    limit 1`.execute(db);
  return findRun(db, orgId, rows[0]?.id);
}
