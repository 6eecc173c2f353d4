import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { heldDraft, openStages } from "./draft-queries.ts";
import { insertProcessVersion } from "./insert-process-version.ts";
import { processVersions } from "./process-queries.ts";
import { readDraft } from "./read-draft.ts";

/**
 * Makes the draft the next version, in force from now. The same id twice is one version; a draft that somebody changed after it
 * was looked at, or that another has published, is refused. What was in force before stays, for every day before now.
 */
export async function publishProcess(ctx: Ctx, { id, revision }: { id: string; revision: string }): Promise<number> {
  return ctx.tx(async (db) => {
    const { orgId, personId, currency } = ctx.viewer;
    await db.selectFrom("process_draft").select("revision").where("org_id", "=", orgId).forUpdate().execute();
    const versions = await processVersions(db, orgId);
    const before = versions.find((version) => version.id === id);
    if (before) return before.version;
    const held = await heldDraft(db, orgId);
    if (!held || held.base !== (versions[0]?.version ?? 0)) {
      const by = versions[0]?.publishedBy ?? "Somebody else";
      throw new Refusal(
        "revision",
        `${by} has published version ${versions[0]?.version ?? 0} meanwhile. Yours was not: look at theirs first.`,
      );
    }
    if (held.revision !== revision)
      throw new Refusal(
        "revision",
        `${held.changedBy ?? "Somebody else"} has changed the draft since you looked at it. Look again, then publish.`,
      );
    const read = readDraft(held.draft, await openStages(db, orgId), currency);
    if ("errors" in read) throw new Refusal("draft", "The draft is not complete yet. What is missing stands at its fields.");
    const version = held.base + 1;
    await insertProcessVersion(db, { id, orgId, version, ...read.process, publishedBy: personId });
    await db.deleteFrom("process_draft").where("org_id", "=", orgId).execute();
    await recordEvent(db, ctx, "publish", "process", id);
    return version;
  });
}
