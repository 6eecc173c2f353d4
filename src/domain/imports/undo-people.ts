import type pg from "pg";
import { PlainError } from "../../platform/plain-error.ts";
import { personFields, personState } from "./people-before.ts";
import { refuseLaterRun } from "./refuse-later-run.ts";

interface Of {
  orgId: string;
  runId: string;
}

/**
 * Whom the run made goes, if they have no work here; what it changed of others is as before. Refused, in words, when somebody
 * works here already, or when a later import or somebody's hand has changed them since.
 */
export async function takeBackPeople(client: pg.ClientBase, of: Of): Promise<void> {
  await client.query(
    "create temp table made on commit drop as select id, name, user_id is not null as has_signed_in from person where org_id = $1 and import_run_id = $2",
    [of.orgId, of.runId],
  );
  await assertNoLaterImport(client, of);
  await assertUnchanged(client, of);
  await assertNoWork(client);
  await assertNoOwnerEver(client, of);
  await putBack(client, of);
  await assertNobodyReports(client, of);
  await client.query("delete from import_match where org_id = $1 and kind = 'person' and target_id in (select id from made)", [of.orgId]);
  await client.query("delete from person where org_id = $1 and import_run_id = $2", [of.orgId, of.runId]);
  await client.query("delete from row_before_import where org_id = $1 and run_id = $2", [of.orgId, of.runId]);
}

async function assertNoLaterImport(client: pg.ClientBase, { orgId, runId }: Of): Promise<void> {
  const { rows } = await client.query<{ name: string; day: string }>(
    `select r.file_name as name, r.finished_at::date::text as day from import_run r
      join import_run mine on mine.org_id = r.org_id and mine.id = $2
      where r.org_id = $1 and r.what = 'people' and r.state = 'applied' and (r.finished_at, r.id) > (mine.finished_at, mine.id)
        and exists (select 1 from row_before_import b where b.org_id = $1 and b.run_id = r.id and b.kind = 'person'
          and (b.id in (select id from made) or b.id in (select own.id from row_before_import own where own.org_id = $1 and own.run_id = $2 and own.kind = 'person')))
      order by r.finished_at desc limit 1`,
    [orgId, runId],
  );
  refuseLaterRun(rows[0]);
}

async function assertUnchanged(client: pg.ClientBase, { orgId, runId }: Of): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select p.name from row_before_import b join person p on p.org_id = $1 and p.id = b.id
      where b.org_id = $1 and b.run_id = $2 and b.kind = 'person' and b.row -> 'after' is distinct from ${personState} order by p.name`,
    [orgId, runId],
  );
  if (rows.length === 0) return;
  throw new PlainError(`${namesOf(rows)} changed in Kept since.`, "It stays. What is wrong is put right on the page People.");
}

const words: Record<string, string> = {
  opportunity: "deals",
  quota: "quotas",
  forecast: "forecasts",
  activity: "activities",
  series: "one-on-ones",
  meeting: "one-on-ones",
  commitment: "commitments",
  evidence: "evidence",
  time_off: "days off",
  invitation: "an invitation",
  goal: "goals",
  aspiration: "goals",
  own_word: "forecasts",
  commission_rate: "commission rates",
  mail: "mail",
};

/** Worked out from the rest, and gone with the person. */
const workedOut = ["numbers_due", "stored_numbers", "period_forecast"];

/** Nothing may hang on those who would go, and nobody of them may have signed in. */
async function assertNoWork(client: pg.ClientBase): Promise<void> {
  const { rows: signedIn } = await client.query<{ name: string }>("select name from made where has_signed_in order by name");
  if (signedIn.length > 0) throw new PlainError(`${namesOf(signedIn)} signed in here already.`, stays);
  const { rows } = await client.query<{ name: string; from_table: string }>(
    `select m.name, h.from_table from hangs_on('person', array(select id from made)) h join made m on m.id = h.id
     where h.from_table <> all($1::text[]) order by m.name, h.from_table`,
    [workedOut],
  );
  if (rows.length === 0) return;
  const kinds = [...new Set(rows.map(({ from_table }) => words[from_table] ?? "work"))];
  throw new PlainError(`${namesOf(rows)} work in Kept: ${kinds.slice(0, 4).join(", ")}.`, stays);
}

const stays = "It stays. Take back first what came in after it, or say on the page People who has left.";

/** A deal’s past may name them as its owner. */
async function assertNoOwnerEver(client: pg.ClientBase, { orgId }: Of): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct m.name from made m join opportunity_change c on c.org_id = $1 and c.field = 'owner' and c.after = m.id::text order by 1`,
    [orgId],
  );
  if (rows.length > 0) throw new PlainError(`${namesOf(rows)} deals in the past of this company.`, stays);
}

function namesOf(rows: readonly { name: string }[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const [first = ""] = names;
  return names.length === 1 ? `${first} has` : `${first} and ${names.length - 1} ${names.length === 2 ? "other has" : "others have"}`;
}

async function putBack(client: pg.ClientBase, { orgId, runId }: Of): Promise<void> {
  const by = [orgId, runId];
  const back = "row_before_import b where b.org_id = $1 and b.run_id = $2 and b.kind = 'person'";
  for (const [table, key] of [
    ["person_role", "roles"],
    ["reporting_line", "lines"],
  ]) {
    await client.query(`delete from ${table} t where t.org_id = $1 and t.person_id in (select b.id from ${back})`, by);
    await client.query(
      `insert into ${table} select x.* from row_before_import b
        cross join lateral jsonb_array_elements(b.row -> 'before' -> '${key}') e(value)
        cross join lateral jsonb_populate_record(null::public.${table}, e.value || jsonb_build_object('org_id', $1::text)) x
        where b.org_id = $1::uuid and b.run_id = $2 and b.kind = 'person'`,
      by,
    );
  }
  // Two may have changed places: nobody holds what another gets back.
  await client.query(`update person p set email = null, external_id = null from ${back} and p.org_id = $1 and p.id = b.id`, by);
  const values = personFields.map((field) => `x.${field}`).join(", ");
  try {
    await client.query(
      `update person p set (${personFields.join(", ")}) = (select ${values} from jsonb_populate_record(null::public.person, b.row -> 'before') x)
        from ${back} and p.org_id = $1 and p.id = b.id`,
      by,
    );
  } catch (error) {
    if ((error as { code?: string }).code !== "23505") throw error;
    throw new PlainError("A mail address or an id that it had replaced is somebody else’s by now.", "It stays.");
  }
}

async function assertNobodyReports(client: pg.ClientBase, { orgId }: Of): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct p.name from reporting_line l join made m on m.id = l.manager_id join person p on p.org_id = $1 and p.id = l.person_id
      where l.org_id = $1 and l.person_id not in (select id from made) order by 1`,
    [orgId],
  );
  if (rows.length > 0) throw new PlainError(`${namesOf(rows)} a manager whom this import has made.`, "Give them another one first.");
}
