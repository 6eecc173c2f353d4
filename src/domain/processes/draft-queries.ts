import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { plainKey } from "../imports/import-fields.ts";
import { newId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { type DraftProcess, draftShape } from "./process-draft.ts";

export interface HeldDraft {
  draft: DraftProcess;
  /** Changes with every save: what somebody else saved meanwhile is not written over unseen. */
  revision: string;
  /** The version it began with; 0 when there was none. */
  base: number;
  changedBy: string | null;
  changedAt: Date;
}

/** The draft of the organisation; row-level security lets admins alone. */
export async function heldDraft(db: Db, orgId: string): Promise<HeldDraft | null> {
  const row = await db
    .selectFrom("process_draft as d")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "d.org_id").onRef("p.id", "=", "d.changed_by"))
    .select(["d.typed", "d.revision", "d.base", "p.name as changedBy", "d.changed_at as changedAt"])
    .where("d.org_id", "=", orgId)
    .executeTakeFirst();
  return row ? { ...row, draft: draftShape.parse(row.typed) } : null;
}

/** Begins a draft, unless there is one. */
export async function startDraft(ctx: Ctx, draft: DraftProcess, base: number): Promise<void> {
  await ctx.tx(async (db) => {
    await db
      .insertInto("process_draft")
      .values({ org_id: ctx.viewer.orgId, base, ...written(ctx, draft) })
      .onConflict((conflict) => conflict.column("org_id").doNothing())
      .execute();
  });
}

/** Saves what was typed over the revision it began with. False when somebody saved or published in between. */
export async function saveDraft(ctx: Ctx, draft: DraftProcess, revision: string): Promise<boolean> {
  return ctx.tx(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("process_draft")
      .set(written(ctx, draft))
      .where("org_id", "=", ctx.viewer.orgId)
      .where("revision", "=", revision)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  });
}

export async function discardDraft(ctx: Ctx): Promise<void> {
  await ctx.tx(async (db) => {
    const { numDeletedRows } = await db.deleteFrom("process_draft").where("org_id", "=", ctx.viewer.orgId).executeTakeFirst();
    if (numDeletedRows === 1n) await recordEvent(db, ctx, "discard", "process draft", null);
  });
}

const written = (ctx: Ctx, draft: DraftProcess) => ({
  revision: newId(),
  typed: JSON.stringify(draft),
  changed_by: ctx.viewer.personId,
  changed_at: ctx.clock.now(),
});

export interface OpenStage {
  id: string;
  name: string;
  /** How likely the CRM takes deals in it to be won, in per cent, by the newest file that said so. */
  chance: number | null;
}

/** The stages a process can be made of, in the order of the CRM. */
export async function openStages(db: Db, orgId: string): Promise<OpenStage[]> {
  const stages = await db
    .selectFrom("stage")
    .select(["id", "name"])
    .where("org_id", "=", orgId)
    .where("outcome", "=", "open")
    .orderBy("position")
    .orderBy("name")
    .execute();
  const chances = await chancesInFiles(db, orgId);
  return stages.map((stage) => ({ ...stage, chance: chances.get(plainKey(stage.name)) ?? null }));
}

const newestFiles = 20;

/** Admins alone read imports: for everybody else nothing is known. */
async function chancesInFiles(db: Db, orgId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ chances: Record<string, number> | null }>`
    select settings->'found'->'chances' as chances from import_run
      where org_id = ${orgId} and what = 'opportunities' and state = 'applied' and settings->'found'->'chances' is not null
      order by created_at desc limit ${newestFiles}`.execute(db);
  const chances = new Map<string, number>();
  for (const { chances: of } of rows)
    for (const [name, chance] of Object.entries(of ?? {})) if (!chances.has(plainKey(name))) chances.set(plainKey(name), chance);
  return chances;
}
