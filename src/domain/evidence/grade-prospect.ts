import { sql } from "kysely";
import type { Grade } from "../../method/prospect-grade.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { opportunityForViewer } from "../opportunities/opportunity-access.ts";

/**
 * Grades a deal by hand, or with null gives it back to the rules. The history stays. The same id twice is once, and so is what the
 * same person has said of it already.
 */
export async function gradeProspect(
  ctx: Ctx,
  { id, opportunityId, grade }: { id: string; opportunityId: string; grade: Grade | null },
): Promise<void> {
  await ctx.tx(async (db) => {
    const deal = await opportunityForViewer(db, ctx, opportunityId);
    const last = await db
      .selectFrom("prospect_grade")
      .select(["grade", "by_id as byId"])
      .where("org_id", "=", ctx.viewer.orgId)
      .where("opportunity_id", "=", deal.id)
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if ((last?.grade ?? null) === grade && (grade === null || last?.byId === ctx.viewer.personId)) return;
    const made = await db
      .insertInto("prospect_grade")
      .values({ org_id: ctx.viewer.orgId, id, opportunity_id: deal.id, grade, by_id: ctx.viewer.personId, at: sql<Date>`viewer_now()` })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) await recordEvent(db, ctx, "grade", "opportunity", deal.id);
  });
}
