import type { Ctx } from "../../platform/context.ts";
import { actualFigures } from "./actual-figures-queries.ts";
import { meetingToPrepare, monthOfMeeting } from "./preparation-access.ts";
import { type Measure, preparationOf, question } from "./preparation-queries.ts";

/**
 * The rep says own numbers; each actual one is looked up and kept beside it at that moment. From then on what was said
 * stands: a second try changes nothing, because the answer has been seen.
 */
export async function stateFigures(ctx: Ctx, meetingId: string, stated: ReadonlyMap<Measure, number>): Promise<void> {
  if (stated.size === 0) return;
  await ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    const { orgId } = ctx.viewer;
    const at = ctx.clock.now();
    const { answers } = await preparationOf(db, orgId, meeting.id);
    const month = answers.get(question.month)?.words ?? (await monthOfMeeting(db, orgId, meeting));
    const actual = await actualFigures(db, { orgId, repId: meeting.repId, month, at });
    await db
      .insertInto("preparation_figure")
      .values(
        [...stated].map(([measure, said]) => ({
          org_id: orgId,
          meeting_id: meeting.id,
          measure,
          stated: said,
          stated_at: at,
          actual: actual[measure],
          actual_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(["org_id", "meeting_id", "measure"])
          .doUpdateSet((eb) => ({
            stated: eb.ref("excluded.stated"),
            stated_at: eb.ref("excluded.stated_at"),
            actual: eb.ref("excluded.actual"),
            actual_at: eb.ref("excluded.actual_at"),
            version: eb("preparation_figure.version", "+", 1),
          }))
          .where("preparation_figure.stated_at", "is", null),
      )
      .execute();
  });
}
