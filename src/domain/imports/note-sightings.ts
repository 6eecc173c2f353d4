import type pg from "pg";
import type { Job } from "./staging.ts";

const lot = 10_000;
const last = "(select max(part) from import_sighting where org_id = $1 and run_id = $2)";

const insert = (column: string, from: string) =>
  `insert into import_sighting (org_id, run_id, part, ${column}) select $1, $2, coalesce(${last}, -1) + 1 + part, array_agg(id)
    from (select id, (row_number() over () - 1) / ${lot} as part from (${from}) d) e group by part`;

/** Writes down which deals stood in the export, which of them could not be read, and which had gone. */
export async function noteSightings(client: pg.ClientBase, { orgId, runId, source, exportedAt, covers, provided }: Job): Promise<void> {
  const { rowCount: namesCurrency } = await client.query("select 1 from staged where reason is null and currency is not null limit 1");
  const fields = new Set(provided);
  if (namesCurrency && provided.has("amount")) fields.add("currency");
  await client.query(
    insert("seen", "select coalesce(k.id, s.id) as id from staged s left join known k on k.line = s.line where s.reason is null"),
    [orgId, runId],
  );
  await client.query(
    insert(
      "unread",
      `select distinct o.id from staged s join opportunity o on o.org_id = $1 and o.source = $3 and o.external_id = s.external_id where s.reason is not null`,
    ),
    [orgId, runId, source],
  );
  await client.query(
    `update import_run set exported_at = $3, covers = $4, fields = case when fields is null then $5::text[]
        else array(select unnest(fields) intersect select unnest($5::text[])) end, covered_owners = case when $4 = 'owners'
        then array(select distinct owner_id from staged where reason is null and owner_id is not null) end where org_id = $1 and id = $2`,
    [orgId, runId, exportedAt, covers, [...fields]],
  );
}
