import type pg from "pg";

export interface BackupTable {
  /** "public.person" */
  name: string;
  columns: string[];
  /** The column whose numbers the database gives out itself. */
  identity: string | null;
}

interface Row {
  name: string;
  columns: string[];
  identity: string | null;
  needs: string[];
}

export const quoted = (name: string): string =>
  name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");

/** Every table that holds something of the user's, each after those its foreign keys point to. */
export async function tablesToBackUp(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<Row>(`
    select n.nspname || '.' || c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' limit 1) as identity,
      array(select distinct tn.nspname || '.' || t.relname from pg_constraint k join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and t.oid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'public' or (n.nspname = 'kept_internal' and c.relname = 'setting'))
    order by 1`);
  return inOrder(rows).map(({ name, columns, identity }) => ({ name, columns, identity }));
}

function inOrder(rows: Row[]): Row[] {
  const done = new Set<string>();
  const order: Row[] = [];
  while (order.length < rows.length) {
    const next = rows.filter(({ name, needs }) => !done.has(name) && needs.every((need) => done.has(need)));
    if (next.length === 0) throw new Error("the tables refer to each other in a circle");
    for (const row of next) {
      done.add(row.name);
      order.push(row);
    }
  }
  return order;
}
