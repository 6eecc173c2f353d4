import type pg from "pg";

const compared: [string, string][] = [
  ["name", "name"],
  ["owner_id", "owner"],
  ["account", "account"],
  ["product_id", "product"],
  ["stage_id", "stage"],
  ["amount", "amount"],
  ["close_on", "close date"],
  ["forecast_category", "forecast category"],
  ["next_step", "next step"],
  ["dated_at", "day of creation"],
];
const others = compared.map(([column, words]) => `case when s.${column} is distinct from f.${column} then '${words}' end`).join(", ");

/**
 * One opportunity twice in a file: the first row goes in, the second is listed with the line of the first. Where they say
 * different things, both say what differs: nobody can know which of them is right.
 */
export async function failSecondRows(client: pg.ClientBase): Promise<void> {
  const { rowCount } = await client.query(
    `create temp table second_row on commit drop as
      with twice as (select external_id, min(line) as first from staged where reason is null group by 1 having count(*) > 1)
      select s.line, f.line as first, regexp_replace(concat_ws(', ', ${others}), ', ([^,]*)$', ' and \\1') as other
      from twice t join staged s on s.external_id = t.external_id and s.reason is null and s.line > t.first
        join staged f on f.line = t.first and f.external_id = t.external_id and f.reason is null`,
  );
  if (rowCount) await sayTwice(client);
  await client.query("drop table second_row");
}

async function sayTwice(client: pg.ClientBase): Promise<void> {
  await client.query(
    `update staged s set reason = 'the same opportunity as in line ' || t.first
        || case when t.other = '' then '' else ', but with another ' || t.other || ': line ' || t.first || ' is what goes in' end
      from second_row t where t.line = s.line`,
  );
  await client.query(
    `update staged s set warning = concat_ws('; ', s.warning,
        'line ' || t.line || ' is the same opportunity, but with another ' || t.other || ': this line is what goes in')
      from (select distinct on (first) first, line, other from second_row where other <> '' order by first, line) t where t.first = s.line`,
  );
}
