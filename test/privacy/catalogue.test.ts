import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeTestApp } from "../support/test-app.ts";
import { type May, matrix } from "./matrix.ts";
import { keysOf, mayDo, type Operation } from "./try.ts";
import { makeWorld } from "./world.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;
const world = await makeWorld(app);
const keys = await keysOf(app);
const operations: Operation[] = ["select", "insert", "update", "delete"];

interface Table {
  name: string;
  secured: boolean;
  policies: number;
  to_public: boolean;
}
const tables = (
  await owner.query<Table>(`
    select c.relname as name, c.relrowsecurity as secured, (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
      exists (select 1 from aclexplode(c.relacl) a where a.grantee = 0) as to_public
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by 1`)
).rows;

const sorted = (may: May | undefined) =>
  may && Object.fromEntries(Object.entries(may).map(([operation, who]) => [operation, who.split(" ").filter(Boolean).sort().join(" ")]));

describe("every table", () => {
  test.each(tables)("$name has row-level security, a policy, and nothing for everybody", ({ secured, policies, to_public }) => {
    expect(secured).toBe(true);
    expect(policies).toBeGreaterThan(0);
    expect(to_public).toBe(false);
  });

  // Accounts are the installation's, not an organisation's; a set-up link comes before there is one.
  const withoutOrganisation = /^auth_|^access_link$/;
  test.each(tables.filter(({ name }) => !withoutOrganisation.test(name)))("$name has org_id first in its primary key", ({ name }) => {
    expect(keys.get(name)?.[0]).toBe("org_id");
  });

  test("no foreign key can reach into another organisation", async () => {
    const { rows } = await owner.query(`
      select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table,
        (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as from_column,
        (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as to_column
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and confrelid::regclass::text !~ '^auth_'`);
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows) expect(row).toMatchObject({ from_column: "org_id", to_column: "org_id" });
  });

  test("is in the matrix", () => {
    const known = new Set(Object.keys(matrix).map((name) => name.split(":")[0]));
    expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    const targets = new Set(world.targets.map(({ name }) => name));
    expect(Object.keys(matrix).filter((name) => !targets.has(name) && !name.startsWith("auth_"))).toEqual([]);
  });
});

describe("the roles the application works as", () => {
  test.each(["kept_app", "kept_auth"])("%s owns nothing, is no superuser and cannot pass by the policies", async (role) => {
    const { rows } = await owner.query(
      "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = $1",
      [role],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false }]);
    const owned = await owner.query(
      "select relname from pg_class where relowner = $1::regrole union all select proname from pg_proc where proowner = $1::regrole",
      [role],
    );
    expect(owned.rows).toEqual([]);
    const { rows: memberships } = await owner.query("select 1 from pg_auth_members where member = $1::regrole", [role]);
    expect(memberships).toEqual([]);
  });

  test.each(["kept_app", "kept_auth"])("%s cannot enter the owner's schemas, nor make tables", async (role) => {
    const { rows } = await owner.query(
      `select nspname, has_schema_privilege($1, oid, 'usage') as enter, has_schema_privilege($1, oid, 'create') as make
       from pg_namespace where nspname in ('kept_internal', 'graphile_worker', 'public') order by 1`,
      [role],
    );
    for (const { nspname, enter, make } of rows)
      expect({ nspname, enter, make }).toEqual({ nspname, enter: nspname === "public", make: false });
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });

  test("kept_app comes back to itself when its role is reset", async () => {
    const client = await app.database.appPool.connect();
    try {
      await client.query("reset role");
      expect((await client.query("select current_user::text as me")).rows).toEqual([{ me: "kept_app" }]);
      await client.query("reset all");
      expect((await client.query("select current_user::text as me")).rows).toEqual([{ me: "kept_app" }]);
    } finally {
      client.release();
    }
  });

  // Whoever could write SQL of their own could leave the role with `set role none`: what is typed is never part of a statement.
  test("no statement leaves the role, and only the program's own words are put into SQL as they are", () => {
    const sources = globSync("src/**/*.{ts,tsx}").filter((path) => path !== "src/platform/database.ts");
    const found = (sign: RegExp) => sources.filter((path) => sign.test(readFileSync(path, "utf8")));
    expect(sources.length).toBeGreaterThan(300);
    expect(found(/\b(set\s+(local\s+|session\s+)?role|reset\s+role|session\s+authorization)\b/i)).toEqual([]);
    expect(found(/CompiledQuery\.raw\(|sql\.raw\(/)).toEqual([]);
  });

  test("kept_auth reads who may sign in and nothing of what they do", async () => {
    const { rows } = await owner.query(`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and has_any_column_privilege('kept_auth', c.oid, 'select') order by 1`);
    expect(rows.map(({ name }) => name)).toEqual([
      "access_link",
      "api_token",
      "auth_account",
      "auth_rate_limit",
      "auth_session",
      "auth_user",
      "auth_verification",
      "organisation",
      "person",
      "person_role",
    ]);
  });
});

describe("who may do what", () => {
  const names = Object.keys(world.viewers);
  const whoMay = async (target: (typeof world.targets)[number]): Promise<May> => {
    const found = { select: "", insert: "", update: "", delete: "" };
    for (const operation of operations) {
      const allowed = [];
      for (const name of names) {
        const viewer = world.viewers[name];
        if (viewer && (await mayDo(app, viewer, operation, target, keys))) allowed.push(name);
      }
      found[operation] = allowed.sort().join(" ");
    }
    return found;
  };
  test.each(world.targets)("$name", async (target) => {
    expect(await whoMay(target)).toEqual(sorted(matrix[target.name]));
  });

  test.each(["auth_user", "auth_session", "auth_account", "auth_verification", "auth_rate_limit"])(
    "%s is closed to the application",
    async (table) => {
      for (const operation of ["select", "insert", "update", "delete"]) {
        const { rows } = await owner.query("select has_table_privilege('kept_app', $1, $2) as may", [table, operation]);
        expect(rows).toEqual([{ may: false }]);
      }
    },
  );

  test.each(world.before)("a later manager has no part in what came before the hand-over: $name", async (target) => {
    for (const name of ["laterManager", "peer", "otherManager", "rep", "coCoach", "foreignManager"]) {
      const viewer = world.viewers[name];
      if (!viewer) throw new Error(name);
      for (const operation of ["select", "update", "delete"] as const)
        expect({ name, operation, may: await mayDo(app, viewer, operation, target, keys) }).toEqual({ name, operation, may: false });
    }
  });
});
