import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { opportunityForViewer } from "../opportunities/opportunity-access.ts";

/** Takes evidence back with a word on why; it stays to be read. Twice is once. */
export async function withdrawEvidence(
  ctx: Ctx,
  { opportunityId, id, why }: { opportunityId: string; id: string; why: string },
): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const deal = await opportunityForViewer(db, ctx, opportunityId);
    const held = isId(id)
      ? await db
          .selectFrom("evidence")
          .select("withdrawn_at")
          .where("org_id", "=", orgId)
          .where("opportunity_id", "=", deal.id)
          .where("id", "=", id)
          .executeTakeFirst()
      : undefined;
    if (!held) throw new NotFound("This evidence");
    const { numUpdatedRows } = await db
      .updateTable("evidence")
      .set({ withdrawn_by: personId, withdrawn_at: sql<Date>`viewer_now()`, withdrawn_why: why })
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .where("withdrawn_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await recordEvent(db, ctx, "withdraw", "evidence", id);
  });
}
