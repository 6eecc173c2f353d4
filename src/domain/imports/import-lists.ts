import type pg from "pg";
import { crmNames, isCrm, plainKey } from "./import-fields.ts";
import type { ListFacts } from "./import-settings.ts";
import { bare } from "./preview-facts.ts";
import { salesforceId } from "./salesforce-id.ts";

/** Deals of unknown files are kept in lists: one id is one deal within a list. The first is “csv”, the others “csv:a-name”. */
const other = "csv";

/** The program the ids come from; of a list of unknown files, that it is none of those known. */
export const systemOf = (source: string): string => (source.startsWith(`${other}:`) ? other : source);
export const isUnknownSystem = (source: string): boolean => systemOf(source) === other;

/** Where a change of a deal came from, as it is said on a page. */
export const sourceWords = (source: string): string =>
  isCrm(source) ? crmNames[source] : isUnknownSystem(source) ? "from a file" : source === "kept" ? "from Kept’s own table" : source;

/** Some deals of a file as they stand in it. */
export interface SampledDeal {
  id: string;
  name: string;
  account: string;
  product: string;
  /** The day it was created; empty where the file does not tell. */
  created: string;
}

const mostLists = 20;
const mostRuns = 300;
const mostExamples = 4;

interface Known {
  facts: ListFacts;
  headers: { names: string[]; isForgotten: boolean }[];
}

/** Each list that files have brought deals in from, by the newest file of it and the day that came, newest first. */
async function readLists(client: pg.ClientBase, orgId: string): Promise<Known[]> {
  const { rows } = await client.query<{ source: string; name: string; day: string; header: string[] | null; isForgotten: boolean }>(
    `select r.source, r.file_name as name, (r.created_at at time zone o.time_zone)::date::text as day,
        r.settings -> 'found' -> 'header' as header, r.settings ? 'isForgotten' as "isForgotten"
      from import_run r join organisation o on o.org_id = r.org_id
      where r.org_id = $1 and r.what = 'opportunities' and r.state = 'applied' order by r.finished_at desc, r.id desc limit ${mostRuns}`,
    [orgId],
  );
  const lists = new Map<string, Known>();
  for (const { source, name, day, header, isForgotten } of rows) {
    const list = lists.get(source);
    const shape = { names: header ?? [], isForgotten };
    if (list) list.headers.push(shape);
    else if (lists.size < mostLists)
      lists.set(source, {
        facts: { source, fileName: name, day, shared: 0, agree: 0, differ: 0, isSameShape: false, isNearShape: false, examples: [] },
        headers: [shape],
      });
  }
  return [...lists.values()];
}

const near = 0.75;

/** Which lists there are, and how much of each the file has: the same columns, the same ids for the same deals. */
export async function weighLists(
  client: pg.ClientBase,
  orgId: string,
  { header, sample }: { header: readonly string[]; sample: readonly SampledDeal[] },
): Promise<ListFacts[]> {
  const lists = await readLists(client, orgId);
  const own = new Set(header.map(plainKey));
  for (const { facts, headers } of lists) {
    const alike = headers
      .filter(({ names }) => names.length > 0)
      .map(({ names, isForgotten }) => ({ share: likeness(own, names), isForgotten }));
    // Of what an admin had forgotten it is asked again, however alike.
    facts.isSameShape = alike.some(({ share, isForgotten }) => share === 1 && !isForgotten);
    facts.isNearShape = alike.some(({ share }) => share >= near);
  }
  const byName = new Map(lists.map(({ facts }) => [facts.source, facts]));
  if (lists.length > 0 && sample.length > 0) await weighIds(client, orgId, { byName, sample });
  return [...byName.values()];
}

function likeness(own: ReadonlySet<string>, names: readonly string[]): number {
  const theirs = new Set(names.map(plainKey));
  return own.intersection(theirs).size / own.union(theirs).size;
}

interface Weighed {
  source: string;
  id: string;
  agrees: boolean | null;
  here: string | null;
  given: string;
}

/** Whether two names are one; null where one of them is not told. */
const sameName = (one: string, two: string): string =>
  `case when coalesce(${one}, '') <> '' and coalesce(${two}, '') <> '' then ${bare(one)} = ${bare(two)} end`;

/** One id is the same deal when its name, account or day of creation is the same; where none is told, when its product is. */
async function weighIds(
  client: pg.ClientBase,
  orgId: string,
  { byName, sample }: { byName: ReadonlyMap<string, ListFacts>; sample: readonly SampledDeal[] },
): Promise<void> {
  const { rows } = await client.query<Weighed>(
    `with weighed as (
      select s.source, f.id, ${sameName("o.name", "f.name")} as name, ${sameName("a.name", "f.account")} as account, ${sameName("p.name", "f.product")} as product,
        nullif(f.created, '') = (o.created_at at time zone g.time_zone)::date::text as created,
        concat_ws(', ', o.name, a.name, p.name) as here, concat_ws(', ', nullif(f.name, ''), nullif(f.account, ''), nullif(f.product, '')) as given
      from unnest($2::text[]) s(source) cross join unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) f(id, long_id, name, account, product, created)
        join organisation g on g.org_id = $1
        join opportunity o on o.org_id = $1 and o.source = s.source and o.external_id = case when s.source = 'salesforce' then f.long_id else f.id end
        left join account a on a.org_id = $1 and a.id = o.account_id left join product p on p.org_id = $1 and p.id = o.product_id)
    select source, id, case when created then true when name is null and account is null then product else coalesce(name, false) or coalesce(account, false) end as agrees, here, given
      from weighed order by source, id`,
    [
      orgId,
      [...byName.keys()],
      sample.map(({ id }) => id),
      sample.map(({ id }) => salesforceId(id)),
      sample.map(({ name }) => name),
      sample.map(({ account }) => account),
      sample.map(({ product }) => product),
      sample.map(({ created }) => created),
    ],
  );
  for (const { source, id, agrees, here, given } of rows) {
    const facts = byName.get(source);
    if (!facts) continue;
    facts.shared++;
    if (agrees !== false) facts.agree++;
    else {
      facts.differ++;
      if (facts.examples.length < mostExamples) facts.examples.push({ id: id.slice(0, 80), here: here ?? "", given });
    }
  }
}

/** A name for a new list that none has yet, after its first file. */
function newListName(taken: readonly string[], fileName: string): string {
  if (!taken.includes(other)) return other;
  const stem = fileName
    .replace(/\.\w{1,5}$/, "")
    .normalize("NFKD")
    .toLowerCase();
  const slug =
    stem
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 40) || "list";
  for (let n = 1; ; n++) {
    const name = `${other}:${n === 1 ? slug : `${slug}-${n}`}`;
    if (!taken.includes(name)) return name;
  }
}

export interface ListChoice {
  source: string;
  isNew: boolean;
  /** Only a person can say; then `source` is what is suggested. */
  mustAsk: boolean;
  candidates: ListFacts[];
}

/** The list a file belongs to: as said, else that whose deals it has; a person is asked where that is not sure. */
export function chooseList(facts: readonly ListFacts[], { said, fileName }: { said: string | undefined; fileName: string }): ListChoice {
  const lists = facts.toSorted((a, b) => rank(b) - rank(a));
  const fresh = newListName(
    facts.map(({ source }) => source),
    fileName,
  );
  const candidates = lists.filter((list) => list.shared > 0 || list.isNearShape).slice(0, 5);
  const taken = (source: string, mustAsk = false): ListChoice => ({ source, isNew: source === fresh, mustAsk, candidates });
  const best = candidates[0];
  const given = said === "same" ? best?.source : said === "new" ? fresh : lists.find(({ source }) => source === said)?.source;
  if (given !== undefined) return taken(given);
  if (!best) return taken(fresh);
  const isLike = best.agree > best.differ || (best.shared === 0 && best.isNearShape);
  if (best.isSameShape && isLike && isSure(best, candidates)) return taken(best.source);
  return taken(isLike ? best.source : fresh, true);
}

/** Most of its ids are those of one list; or none is of any, and only one list has these columns. */
const isSure = (best: ListFacts, all: readonly ListFacts[]): boolean =>
  best.shared > 0 || all.filter((list) => list.isSameShape).length === 1;

const rank = ({ agree, differ, isSameShape, isNearShape, source }: ListFacts): number =>
  (agree - differ) * 10 + (isSameShape ? 3 : isNearShape ? 2 : 0) + (isCrm(source) ? 0 : 1);
