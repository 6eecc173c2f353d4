import type pg from "pg";
import type { What } from "./import-fields.ts";
import type { Found, Mapped, Vanishing } from "./import-settings.ts";
import type { Covers, Job } from "./staging.ts";

/** What only shows once all rows are laid beside what is here: what the file would make on the way. */
export async function readPreviewFacts(
  client: pg.ClientBase,
  what: What,
): Promise<Pick<Found, "newAccounts" | "newManagers" | "accounts">> {
  if (what === "opportunities") {
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from account_key where is_new");
    return { newAccounts: rows[0]?.n ?? 0, newManagers: [], accounts: await similarAccounts(client) };
  }
  if (what !== "people") return { newAccounts: 0, newManagers: [] };
  const { rows } = await client.query<{ name: string }>("select name from new_manager order by name limit 200");
  return { newAccounts: 0, newManagers: rows.map(({ name }) => name) };
}

const ending = "(incorporated|inc|limited|ltd|gmbh|llc|corporation|corp|company|co|ag|sa|plc|bv|oy|as|ab)$";
export const bare = (name: string) => `regexp_replace(regexp_replace(lower(${name}), '[^[:alnum:]]+', '', 'g'), '${ending}', '')`;

/** New names that differ from a known one only in spaces, marks or the legal form: suggested, never taken for it silently. */
async function similarAccounts(client: pg.ClientBase): Promise<Mapped[]> {
  const { rows } = await client.query<{ value: string; rows: number; id: string; name: string }>(
    `with named as (select name, id, is_new, ${bare("name")} as bare from account_key)
      select fresh.name as value, (select count(*)::int from staged s where lower(s.account) = lower(fresh.name)) as rows, here.id, here.name
      from named fresh join lateral (select id, name from named h where not h.is_new and h.bare = fresh.bare order by name limit 1) here on true
      where fresh.is_new and fresh.bare <> '' order by 1 limit 100`,
  );
  return rows.map(({ value, rows: n, id, name }) => ({ value, rows: n, to: { id, name } }));
}

/** What happens to figures of people that the file does not say outright. */
export async function figureNotes(client: pg.ClientBase, what: What): Promise<string[]> {
  if (what !== "quotas" && what !== "forecasts") return [];
  const shared =
    what === "quotas" ? "exists (select 1 from staged where reason is null and share_of > 1 and amount_minor is not null)" : "false";
  const { rows } = await client.query<{ gone: number; shared: boolean }>(
    `select count(*) filter (where fate = 'gone')::int as gone, ${shared} as shared from figure_fate`,
  );
  const { gone = 0, shared: isShared = false } = rows[0] ?? {};
  const notes = isShared ? ["A quota for a quarter or a year is shared out evenly on its months."] : [];
  if (gone > 0)
    notes.push(
      `An empty cell means that there is none: ${gone === 1 ? "one figure that is here goes" : `${gone.toLocaleString("en-US")} figures that are here go`}.`,
    );
  return notes;
}

/** What the admin said about the last file with these columns. */
export async function rememberedCovers(
  client: pg.ClientBase,
  orgId: string,
  source: string,
  header: readonly string[],
): Promise<Covers | null> {
  const { rows } = await client.query<{ covers: Covers | null }>(
    `select settings -> 'answers' ->> 'covers' as covers from import_run
      where org_id = $1 and source = $2 and what = 'opportunities' and state = 'applied' and settings -> 'answers' ? 'covers'
        and settings -> 'found' -> 'header' = $3::jsonb and not settings ? 'isForgotten'
      order by created_at desc limit 1`,
    [orgId, source, JSON.stringify(header)],
  );
  return rows[0]?.covers ?? null;
}

const fewDeals = 10;
const largeShare = 0.2;

/** How many open deals the file leaves out, and whether to ask what that means. Few are as remembered; many are asked about each time. */
export async function readVanishing(
  client: pg.ClientBase,
  job: Job,
  { answered, remembered }: { answered: Covers | undefined; remembered: Covers | null },
): Promise<Vanishing> {
  const from = job.isLate
    ? "(select o.id, o.name, true as is_of_owners from opportunity o where o.org_id = $1 and o.id in (select id from placed_in where field = 'vanished' and after is not null)) g"
    : "gone g";
  const { rows } = await client.query<{ open: number; gone: number; ofOwners: number; names: string[] }>(
    `select (select count(*)::int from opportunity where org_id = $1 and source = $2 and outcome = 'open') as open,
      (select count(*)::int from ${from}) as gone, (select count(*)::int from ${from} where is_of_owners) as "ofOwners",
      array(select name from ${from} order by name limit 5) as names`,
    [job.orgId, job.source],
  );
  const { open = 0, gone = 0, ofOwners = 0, names = [] } = rows[0] ?? {};
  const isUsual = remembered !== null && (remembered !== "whole" || gone <= Math.max(fewDeals, open * largeShare));
  return { open, gone, ofOwners, names, covers: job.covers, mustAsk: answered === undefined && gone > 0 && !isUsual };
}
