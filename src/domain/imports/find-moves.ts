import type pg from "pg";
import type { Job } from "./staging.ts";

const untyped = (words: string) => words.replaceAll("::text", "");
export const isoText = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** An amount may tell its currency itself. */
export const isAsked = (provided: ReadonlySet<string>, field: string): boolean =>
  provided.has(field) || (field === "currency" && provided.has("amount"));

/**
 * What is otherwise in the file than it stands here, into `moved`. A deal that closes does so on its close date; everything
 * else is known from the day of the export. A change always comes after the last one known, and after the last export that
 * showed the deal: what a page said of a past day stays true.
 */
export async function findMoves(client: pg.ClientBase, { provided, exportedAt }: Job): Promise<void> {
  const wasOpen = "k.outcome in ('open', 'vanished')";
  const closes = `case when ${wasOpen} and s.outcome <> 'open' then s.state_at else $1::timestamptz end`;
  const entered = `case when ${wasOpen} and s.outcome = 'open' and s.dated_at > k.last_change_at then s.dated_at else ${closes} end`;
  const pairs: [string, string, string, string, string][] = [
    ["name", "name", "k.name", "s.name", closes],
    ["owner", "owner", "k.owner_id::text", "s.owner_id::text", closes],
    ["account", "account", "k.account_id::text", "a.id::text", closes],
    ["product", "product", "k.product_id::text", "s.product_id::text", closes],
    ["stage", "stage", "k.stage_id::text", "s.stage_id::text", entered],
    ["amount", "amount", "k.amount_minor::text", "s.amount::text", closes],
    ["currency", "currency", "k.currency", "coalesce(s.currency, k.currency)", closes],
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
  const asked = pairs.filter(([needs]) => isAsked(provided, needs));
  asked.push(["back", "vanished", `${isoText("k.vanished_at")}`, "null", "$1::timestamptz"]);
  const values = asked.map(([, field, before, after, at]) => `('${field}', ${before}, ${after}, ${at})`);
  // Most rows of a second export are the same: one comparison of whole rows spares them the look at each field.
  const compared = asked.filter(([needs]) => needs !== "back");
  const differs = `(k.vanished_at is not null or (${compared.map((pair) => untyped(pair[2])).join(", ")}) is distinct from (${compared.map((pair) => untyped(pair[3])).join(", ")}))`;
  await client.query(
    `insert into moved select k.line, k.id, c.field, c.before, c.after,
        case when c.at > k.last_change_at then c.at else k.last_change_at + interval '1 millisecond' end
      from known k join staged s on s.line = k.line left join account_key a on a.key = lower(s.account)
      cross join lateral (values ${values.join(", ")}) c(field, before, after, at)
      where ${differs} and c.before is distinct from c.after`,
    [exportedAt],
  );
}

/** A deal closed, by its file, before an export that still showed it open: it was so from after that export. */
export async function keepShownPast(client: pg.ClientBase, { orgId, source, exportedAt, runId }: Job): Promise<void> {
  await client.query(
    `with back as (select distinct id from moved where at < $4::timestamptz),
      runs as (select id, exported_at from import_run where org_id = $1 and source = $2 and state = 'applied' and what = 'opportunities'
        and id <> $3 and exported_at >= (select min(at) from moved)),
      shown as (select d.id, max(r.exported_at) as at from runs r join import_sighting g on g.org_id = $1 and g.run_id = r.id
        cross join lateral unnest(g.seen) d(id) where d.id in (select id from back) group by 1)
    update moved m set at = shown.at + interval '1 millisecond' from shown where shown.id = m.id and m.at <= shown.at`,
    [orgId, source, runId, exportedAt],
  );
}

/** Deals that were open here and are not in the file, into `gone`; with the owners the file speaks of. */
export async function findGone(client: pg.ClientBase, { orgId, source, exportedAt }: Job): Promise<void> {
  await client.query(
    `create temp table gone on commit drop as
      with owners as (select distinct owner_id from staged where reason is null)
      select o.id, o.name, o.owner_id, o.last_change_at, w.owner_id is not null as is_of_owners
      from opportunity o left join owners w on w.owner_id = o.owner_id where o.org_id = $1 and o.source = $2 and o.outcome = 'open' and o.created_at <= $3
        and not exists (select 1 from staged s where s.external_id = o.external_id)`,
    [orgId, source, exportedAt],
  );
}

/** Those gone are marked with the day of the export. */
export async function moveGone(client: pg.ClientBase, { covers, exportedAt }: Job): Promise<void> {
  await client.query(
    `insert into moved select null, g.id, 'vanished', null, ${isoText("$1::timestamptz")},
        case when $1 > g.last_change_at then $1 else g.last_change_at + interval '1 millisecond' end
      from gone g where $2 = 'whole' or g.is_of_owners`,
    [exportedAt, covers],
  );
}
