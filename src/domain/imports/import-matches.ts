import { sql } from "kysely";
import type pg from "pg";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { todayOf } from "../../platform/clock.ts";
import { newId } from "../../platform/new-id.ts";
import { systemOf } from "./import-lists.ts";
import type { Lookups } from "./import-lookups.ts";
import type { Answers } from "./import-settings.ts";

const kinds = { person: "owners", product: "products", account: "accounts" } as const;
type Kind = keyof typeof kinds;

/** What an admin may choose for a name besides somebody who is here. */
export const makeFormer = "new";
const longAgo = "2000-01-01";

/** Remembers who or what the words of a file mean; a former employee is made a person first. Returns the answers with ids alone. */
export async function rememberMatches(db: Db, ctx: Ctx, source: string, answers: Answers): Promise<Answers> {
  const { orgId, personId } = ctx.viewer;
  const owners: Record<string, string> = {};
  for (const [value, target] of Object.entries(answers.owners ?? {}))
    owners[value] = target === makeFormer ? await makeFormerPerson(db, ctx, value) : target;
  const said = { ...answers, ...(answers.owners && { owners }) };
  for (const [kind, key] of Object.entries(kinds))
    for (const [value, target] of Object.entries(said[key] ?? {}))
      await sql`
        insert into import_match (org_id, source, kind, value, target_id, decided_by, decided_at)
        values (${orgId}, ${systemOf(source)}, ${kind}, ${value.slice(0, 500)}, ${target || null}, ${personId}, ${ctx.clock.now()})
        on conflict (org_id, source, kind, value) do update set target_id = excluded.target_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(
        db,
      );
  return said;
}

/** Somebody whose deals are in the file and who has left: known by name, signs in nowhere. */
async function makeFormerPerson(db: Db, ctx: Ctx, name: string): Promise<string> {
  const { orgId, timeZone } = ctx.viewer;
  const [id, today] = [newId(), todayOf(ctx)];
  await db
    .insertInto("person")
    .values({ org_id: orgId, id, name: name.slice(0, 200), time_zone: timeZone, left_on: today, created_at: ctx.clock.now() })
    .execute();
  await db.insertInto("person_role").values({ org_id: orgId, person_id: id, role: "rep", from_on: longAgo, until_on: today }).execute();
  return id;
}

/** The answers of this run over those remembered from earlier files of the source; of those only what is still here. */
export async function withRemembered(client: pg.ClientBase, orgId: string, source: string, answers: Answers): Promise<Answers> {
  const { rows } = await client.query<{ kind: Kind; value: string; target: string | null }>(
    `select m.kind, m.value, m.target_id as target from import_match m
      where m.org_id = $1 and m.source = $2 and (m.target_id is null
        or m.kind = 'person' and exists (select 1 from person p where p.org_id = $1 and p.id = m.target_id)
        or m.kind = 'product' and exists (select 1 from product p where p.org_id = $1 and p.id = m.target_id)
        or m.kind = 'account' and exists (select 1 from account a where a.org_id = $1 and a.id = m.target_id))`,
    [orgId, systemOf(source)],
  );
  const all: Answers = { ...answers };
  for (const [kind, key] of Object.entries(kinds)) {
    const known = rows.filter((row) => row.kind === kind).map(({ value, target }) => [value, target ?? ""] as const);
    if (known.length > 0) all[key] = { ...Object.fromEntries(known), ...answers[key] };
  }
  return all;
}

/** Lets pushed rows know people under the names that earlier files of the source were matched by. Returns all that is remembered. */
export async function knowRemembered(client: pg.ClientBase, orgId: string, source: string, lookups: Lookups): Promise<Answers> {
  const remembered = await withRemembered(client, orgId, source, {});
  for (const [value, target] of Object.entries(remembered.owners ?? {})) {
    const person = lookups.byId.get(target);
    if (person && !lookups.people.get(value.toLowerCase())) lookups.people.set(value.toLowerCase(), person);
  }
  return remembered;
}
