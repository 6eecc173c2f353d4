import type pg from "pg";
import { countFates, type Staging } from "./staging.ts";

interface Figures {
  noun: "quota" | "forecast";
  /** Columns that say which figure it is, with their types. */
  key: readonly { name: string; type: string }[];
  /** Columns beside amount and currency. */
  more: readonly { name: string; type: string }[];
  twice: string;
}

const of = (alias: string, names: readonly string[]): string => names.map((name) => `${alias}.${name}`).join(", ");

/**
 * Figures of people by period. A row of the file may hold several; the row stands and falls as one. A figure without an
 * amount is none: it takes away the one that was there.
 */
function figureStaging({ noun, key, more, twice }: Figures): Staging {
  const keys = key.map(({ name }) => name);
  const values = ["amount_minor", "currency", ...more.map(({ name }) => name)];
  const same = `(${of("t", keys)}) = (${of("s", keys)})`;
  return {
    columns: [...key, { name: "amount_minor", type: "bigint" }, { name: "currency", type: "text" }, ...more],
    settle: async (client, job) => {
      await client.query("analyze staged");
      await failRepeats(client, keys, twice);
      await client.query(
        `create temp table figure_fate on commit drop as
          select s.ctid as row, s.line, case when t.person_id is null then case when s.amount_minor is null then 'same' else 'new' end
            when s.amount_minor is null then 'gone'
            when (${of("t", values)}) is distinct from (${of("s", values)}) then 'changed' else 'same' end as fate
          from staged s left join ${noun} t on t.org_id = $1 and ${same} where s.reason is null`,
        [job.orgId],
      );
      await client.query(`create temp table fate on commit drop as
        select line, case when bool_and(fate = 'same') then 'same' when bool_and(fate in ('new', 'same')) and bool_or(fate = 'new')
          and not exists (select 1 from figure_fate o join staged s on s.ctid = o.row where o.line = f.line and o.fate = 'same' and s.amount_minor is not null)
          then 'new' else 'changed' end as fate
        from figure_fate f group by line`);
      return countFates(client);
    },
    apply: async (client, { orgId, runId }) => {
      await client.query(
        `insert into import_before (org_id, run_id, line, noun, before)
          select $1, $2, f.line, $3, to_jsonb(t) from figure_fate f join staged s on s.ctid = f.row join ${noun} t on t.org_id = $1 and ${same}
          where f.fate in ('changed', 'gone')`,
        [orgId, runId, noun],
      );
      await client.query(
        `delete from ${noun} t using figure_fate f join staged s on s.ctid = f.row where f.fate = 'gone' and t.org_id = $1 and ${same}`,
        [orgId],
      );
      await client.query(
        `insert into ${noun} (org_id, ${keys.join(", ")}, ${values.join(", ")}, import_run_id)
          select $1, ${of("s", keys)}, ${of("s", values)}, $2 from figure_fate f join staged s on s.ctid = f.row
          where f.fate in ('new', 'changed') order by s.line
          on conflict (org_id, ${keys.join(", ")}) do update set ${values.map((name) => `${name} = excluded.${name}`).join(", ")},
            import_run_id = excluded.import_run_id`,
        [orgId, runId],
      );
    },
  };
}

/** The first line with a figure keeps it; a later line with the same one is left out whole, as one row with its reason. */
async function failRepeats(client: pg.ClientBase, keys: readonly string[], twice: string): Promise<void> {
  const names = keys.join(", ");
  const where = keys.map((name) => `t.${name} = s.${name}`).join(" and ");
  await client.query(`
    with twice as (select ${names}, min(line) as first, count(*) as n from staged where reason is null group by ${names} having count(*) > 1)
    update staged s set reason = case when s.line > t.first then '${twice} as in line ' || t.first else s.reason end
    from twice t where ${where} and s.reason is null and s.line > t.first`);
  await client.query(`
    with twice as (select line, ${names} from staged where reason is null group by line, ${names} having count(*) > 1)
    update staged s set reason = 'two of its columns are for the same period' from twice t where t.line = s.line`);
  await client.query(`
    update staged s set reason = t.reason from (select line, min(reason) as reason from staged where reason is not null group by line) t
    where t.line = s.line and s.reason is null`);
  await client.query(`
    delete from staged s using (select line, min(ctid) as kept from staged where reason is not null group by line having count(*) > 1) t
    where t.line = s.line and s.ctid <> t.kept`);
}

export const quotaStaging = figureStaging({
  noun: "quota",
  key: [
    { name: "person_id", type: "uuid" },
    { name: "month", type: "date" },
  ],
  more: [{ name: "share_of", type: "smallint" }],
  twice: "the same person and month",
});

export const forecastStaging = figureStaging({
  noun: "forecast",
  key: [
    { name: "person_id", type: "uuid" },
    { name: "period_on", type: "date" },
    { name: "months", type: "smallint" },
    { name: "category", type: "text" },
    { name: "as_of", type: "date" },
  ],
  more: [],
  twice: "the same person, period, category and day",
});
