import { sql } from "kysely";
import type { Grade } from "../../method/prospect-grade.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { opportunityForViewer } from "../opportunities/opportunity-access.ts";

/** Grades a deal by hand, or with null gives it back to the rules. The history stays; the same id twice is once. */
export async function gradeProspect(
  ctx: Ctx,
  { id, opportunityId, grade }: { id: string; opportunityId: string; grade: Grade | null },
): Promise<void> {
  await ctx.tx(async (db) => {
    const deal = await opportunityForViewer(db, ctx, opportunityId);
    const made = await db
      .insertInto("prospect_grade")
      .values({ org_id: ctx.viewer.orgId, id, opportunity_id: deal.id, grade, by_id: ctx.viewer.personId, at: sql<Date>`viewer_now()` })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) await recordEvent(db, ctx, "grade", "opportunity", deal.id);
  });
}
