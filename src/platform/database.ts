import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Tables } from "./schema-types.ts";
import { PlainError } from "./plain-error.ts";

export type Db = Kysely<Tables>;

/** Whoever holds a connection gives it back: releasing it here does nothing. */
const heldThing = (of: pg.ClientBase, name: string | symbol): unknown => (name === "release" ? () => {} : Reflect.get(of, name));

/** Statements built by name on a connection that somebody holds, within the transaction it is in. It stays theirs. */
export function dbOn(client: pg.ClientBase): Db {
  const held = new Proxy(client, { get: heldThing }) as pg.PoolClient;
  const pool = { connect: async () => held, end: async () => {}, options: {} };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Who a transaction acts for. Row-level security sees nothing else. */
export interface Identity {
  orgId: string;
  personId: string | null;
  actor: "person" | "job" | "numbers" | "import" | "set-up";
  now: Date;
}

// int8 as number (amounts in minor units stay below 2^53), dates as YYYY-MM-DD.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (format !== "binary" && oid === 20) return Number;
    if (format !== "binary" && oid === 1700) return Number;
    if (format !== "binary" && oid === 1082) return (value: string) => value;
    return pg.types.getTypeParser(oid, format as "text");
  }) as pg.CustomTypesConfig["getTypeParser"],
};

const isUuid = /^[0-9a-f-]{36}$/i;

/** `begin` and the identity in one round trip. Values are checked, never spliced in from outside. */
function beginAs(identity: Identity): string {
  if (!isUuid.test(identity.orgId)) throw new Error("identity without organisation");
  if (identity.personId !== null && !isUuid.test(identity.personId)) throw new Error("identity without person");
  return `begin; select set_config('kept.org_id','${identity.orgId}',true), set_config('kept.person_id','${identity.personId ?? ""}',true), set_config('kept.actor','${identity.actor}',true), set_config('kept.now','${identity.now.toISOString()}',true)`;
}

export class Database {
  readonly app: Db;
  readonly appPool: pg.Pool;
  readonly auth: Db;
  readonly authPool: pg.Pool;
  readonly url: string;
  readonly #owner: pg.Pool;

  constructor(url: string, size = 12) {
    this.url = url;
    this.appPool = makePool(url, size, "kept_app");
    this.authPool = makePool(url, 4, "kept_auth");
    this.#owner = makePool(url, 2);
    this.app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.appPool }) });
    this.auth = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.authPool }) });
  }

  /** The owner's connections: migrations, backup and the job queue. Never for a page or an API call. */
  get ownerPool(): pg.Pool {
    return this.#owner;
  }

  /** One transaction under one identity: all or nothing. */
  async as<T>(identity: Identity, work: (db: Db) => Promise<T>): Promise<T> {
    return this.app.connection().execute(async (db) => {
      await db.executeQuery(CompiledQuery.raw(beginAs(identity)));
      try {
        const result = await work(db);
        await db.executeQuery(CompiledQuery.raw("commit"));
        return result;
      } catch (error) {
        await db.executeQuery(CompiledQuery.raw("rollback")).catch(() => {});
        throw error;
      }
    });
  }

  /** The same with the connection itself: COPY is not a query. */
  async withClient<T>(identity: Identity, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.appPool.connect();
    let broken: Error | undefined;
    // A connection lost in the middle reports through the query or stream that uses it.
    const lost = (error: Error) => (broken = error);
    client.on("error", lost);
    try {
      await client.query(beginAs(identity));
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.off("error", lost);
      client.release(broken);
    }
  }

  async isUp(): Promise<boolean> {
    try {
      await this.appPool.query("select 1");
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.app.destroy(), this.auth.destroy(), this.#owner.end()]);
  }
}

function makePool(url: string, max: number, role?: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: `kept${role ? ` ${role.slice(5)}` : ""}`,
    // The role holds from the first moment and RESET ROLE comes back to it.
    options: role ? `-c role=${role} -c timezone=UTC` : "-c timezone=UTC",
  });
  // A connection that breaks while idle is replaced by the next query; that one reports if it cannot.
  pool.on("error", () => {});
  return pool;
}

/** Takes the data folder for this process: held by a session lock, so it ends with the process however that ends. */
export async function claim(url: string, folder: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "kept claim" });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query("select pg_try_advisory_lock(7155002) as taken");
  if (!rows[0].taken) {
    await client.end();
    throw new PlainError(
      `The data folder ${folder} is in use by another Kept.`,
      "Stop that one first, or set KEPT_DATA to another folder.",
    );
  }
  return client;
}

const commandKey = 7155003;

/** A command works beside whatever else runs here. Says at the end whether it was the last to use the folder. */
export async function useBeside(url: string): Promise<{ leave(): Promise<{ wasLast: boolean }> }> {
  const client = new pg.Client({ connectionString: url, application_name: "kept command" });
  client.on("error", () => {});
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [commandKey]);
  const leave = async () => {
    try {
      await client.query("select pg_advisory_unlock_shared($1)", [commandKey]);
      const { rows } = await client.query("select pg_try_advisory_lock(7155002) and pg_try_advisory_lock($1) as alone", [commandKey]);
      return { wasLast: rows[0].alone as boolean };
    } catch {
      return { wasLast: false };
    } finally {
      await client.end().catch(() => {});
    }
  };
  return { leave };
}

export async function connectAsOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, types, application_name: "kept owner" });
  try {
    await client.connect();
  } catch (error) {
    throw new PlainError(`The database cannot be reached: ${(error as Error).message || (error as NodeJS.ErrnoException).code}.`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
