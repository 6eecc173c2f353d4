import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { agendaOf } from "./agenda-queries.ts";
import { insertAgendaVersion } from "./insert-agenda-version.ts";
import { kindOfSlug } from "./kind-queries.ts";

export interface NewKind {
  id: string;
  name: string;
  purpose: string;
  rrule: string;
  minutes: number;
  /** The kind whose agenda it begins with. */
  like: string;
}

/** Adds a kind of one-on-one that begins with the agenda of another. The same id twice is one kind. Returns its slug. */
export async function makeKind(ctx: Ctx, { like, ...values }: NewKind): Promise<string> {
  return ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const model = await kindOfSlug(db, orgId, like);
    const { sections } = await agendaOf(db, orgId, { agendaId: null, kindId: model.id });
    const slug = await freeSlug(db, orgId, values.name);
    const { count } = await db
      .selectFrom("kind")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("org_id", "=", orgId)
      .executeTakeFirstOrThrow();
    const made = await db
      .insertInto("kind")
      .values({ org_id: orgId, ...values, slug, position: Number(count) })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .returning("slug")
      .executeTakeFirst();
    if (!made) {
      const before = await db.selectFrom("kind").select("slug").where("org_id", "=", orgId).where("id", "=", values.id).executeTakeFirst();
      return before?.slug ?? slug;
    }
    await insertAgendaVersion(db, { orgId, kindId: values.id, version: 1, sections, by: personId, at: ctx.clock.now() });
    await recordEvent(db, ctx, "add", "kind", values.id);
    return slug;
  });
}

/** "Très bien, 1:1" → "tres-bien-1-1"; a number behind it when another kind has that name. */
async function freeSlug(db: Db, orgId: string, name: string): Promise<string> {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  const wanted = plain === "" || plain === "new" ? "kind" : plain;
  const taken = new Set(
    (await db.selectFrom("kind").select("slug").where("org_id", "=", orgId).where("slug", "like", `${wanted}%`).execute()).map(
      ({ slug }) => slug,
    ),
  );
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}
