import type pg from "pg";
import { plainKey } from "./import-fields.ts";
import { systemOf } from "./import-lists.ts";

export interface Named {
  id: string;
  name: string;
}
export interface StageRow extends Named {
  outcome: "open" | "won" | "lost";
  /** The company began with it, and has no deal yet: a stage of its own goes before it. */
  isSpare?: boolean;
}

/** What the organisation already has, to fit the file's words to. */
export interface Lookups {
  currency: string;
  timeZone: string;
  /** Month in which the fiscal year begins. */
  fiscalYearStartsIn: number;
  /** Person by name, mail address and id, each in lower case; null when several people bear it. */
  people: Map<string, Named | null>;
  /** Person by Kept's own id. */
  byId: Map<string, Named>;
  /** Product by its letters and digits. */
  products: Map<string, Named>;
  stages: StageRow[];
}

export async function readLookups(client: pg.ClientBase, orgId: string, source: string): Promise<Lookups> {
  const org = await client.query<{ currency: string; time_zone: string; fiscal_year_starts_in: number }>(
    "select currency, time_zone, fiscal_year_starts_in from organisation where org_id = $1",
    [orgId],
  );
  if (!org.rows[0]) throw new Error("the import's organisation is gone");
  const people = await readPeople(client, orgId);
  return {
    currency: org.rows[0].currency,
    timeZone: org.rows[0].time_zone,
    fiscalYearStartsIn: org.rows[0].fiscal_year_starts_in,
    ...people,
    products: await readProducts(client, orgId, source),
    stages: await readStages(client, orgId),
  };
}

export async function readStages(client: pg.ClientBase, orgId: string): Promise<StageRow[]> {
  const { rows } = await client.query<StageRow>(
    `select id, name, outcome, is_default and not exists (select 1 from opportunity o where o.org_id = $1) as "isSpare"
      from stage where org_id = $1 order by position, name`,
    [orgId],
  );
  return rows;
}

async function readPeople(client: pg.ClientBase, orgId: string): Promise<Pick<Lookups, "people" | "byId">> {
  const { rows } = await client.query<Named & { email: string | null; external_id: string | null }>(
    "select id, name, email, external_id from person where org_id = $1",
    [orgId],
  );
  const people = new Map<string, Named | null>();
  for (const { id, name, email, external_id } of rows) {
    const key = name.trim().toLowerCase();
    people.set(key, people.has(key) ? null : { id, name });
    if (email) people.set(email.toLowerCase(), { id, name });
    if (external_id) people.set(external_id.toLowerCase(), { id, name });
  }
  return { people, byId: new Map(rows.map(({ id, name }) => [id, { id, name }])) };
}

async function readProducts(client: pg.ClientBase, orgId: string, source: string): Promise<Map<string, Named>> {
  const { rows } = await client.query<Named & { external_id: string }>(
    "select id, name, external_id from product where org_id = $1 order by (source = $2), id desc",
    [orgId, systemOf(source)],
  );
  const products = new Map<string, Named>();
  for (const { id, name, external_id } of rows) {
    products.set(plainKey(name), { id, name });
    if (!external_id.startsWith("name:")) products.set(`id ${external_id}`, { id, name });
  }
  return products;
}
