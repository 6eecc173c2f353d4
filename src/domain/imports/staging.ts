import type pg from "pg";

export type Value = string | number | null;

/** One run over one file. */
export interface Job {
  orgId: string;
  runId: string;
  source: string;
  currency: string;
  timeZone: string;
  /** What is in the file is known from this moment. */
  exportedAt: Date;
  /** A later export of the source is in already: this one is placed in its time. */
  isLate: boolean;
  /** Whose deals have gone when they are not in the file: everybody's, those of the owners in it, or nobody's. */
  covers: Covers;
  /** Account in the file → account, as an admin has said. */
  accounts?: Readonly<Record<string, string>> | undefined;
  now: Date;
  /** Day of `now` in the organisation. */
  today: string;
  /** Fields the file has a column for: only these are compared and written. */
  provided: ReadonlySet<string>;
  /** Stages and products the file names and the organisation does not have yet. */
  newStages: readonly { id: string; name: string; outcome: "open" | "won" | "lost" }[];
  newProducts: readonly { id: string; name: string }[];
}

export type Covers = "whole" | "owners" | "part";

export interface Counts {
  fresh: number;
  changed: number;
  same: number;
}

/**
 * Rows of one kind on their way in. They are copied into the temporary table `staged`, then dealt with as a whole:
 * `settle` marks rows that cannot go in (reason) and counts, `apply` writes. Both in one transaction with the copy.
 */
export interface Staging {
  /** Columns of `staged` beside line, reason, warning and cells. */
  columns: readonly { name: string; type: string }[];
  settle(client: pg.ClientBase, job: Job): Promise<Counts>;
  apply(client: pg.ClientBase, job: Job): Promise<void>;
}

export async function makeStaged(client: pg.ClientBase, staging: Staging): Promise<void> {
  await planAnew(client);
  const columns = staging.columns.map(({ name, type }) => `, ${name} ${type}`).join("");
  // A connection that has used temporary tables with other buffers keeps those.
  await client.query(`set local work_mem = '32MB';
    do $$ begin perform set_config('temp_buffers', '16MB', true); exception when others then null; end $$`);
  await client.query(`create temp table staged (line integer not null, reason text, warning text, cells text${columns}) on commit drop`);
}

/**
 * Foreign keys are checked by plans a connection keeps. One made while a table was small reads all of it for every row:
 * after many rows have gone in they have to be made anew.
 */
export async function planAnew(client: pg.ClientBase): Promise<void> {
  await client.query("discard plans");
}

/** For a second lot in the same transaction. */
export async function dropStaged(client: pg.ClientBase): Promise<void> {
  const tables = [
    "staged",
    "account_key",
    "known",
    "adopted",
    "moved",
    "gone",
    "place",
    "placed_in",
    "placed_out",
    "placed_first",
    "sighted",
    "altered",
    "touched",
  ];
  await client.query(`drop table if exists ${tables.map((table) => `pg_temp.${table}`).join(", ")}`);
}

/** Adds up the table `fate`, which has a row for each line that goes in: new, changed or same. */
export async function countFates(client: pg.ClientBase): Promise<Counts> {
  await client.query("analyze fate");
  const { rows } = await client.query<{ fresh: number; changed: number; same: number }>(
    `select count(*) filter (where fate = 'new')::int as fresh, count(*) filter (where fate = 'changed')::int as changed,
      count(*) filter (where fate = 'same')::int as same from fate`,
  );
  return rows[0] ?? { fresh: 0, changed: 0, same: 0 };
}
