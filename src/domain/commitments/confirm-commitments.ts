import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

/** The viewer says yes, for their own side, to promises of a meeting: those given, or all of them. Also after it closed. */
export async function confirmCommitments(ctx: Ctx, meetingId: string, ids?: readonly string[]): Promise<number> {
  return ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.side === "manager" && meeting.managerId !== ctx.viewer.personId) return 0;
    const column = meeting.side === "rep" ? "rep_confirmed_at" : "manager_confirmed_at";
    let query = db
      .updateTable("commitment")
      .set({ [column]: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where(column, "is", null)
      .where("withdrawn_at", "is", null);
    if (ids) query = query.where("id", "in", ids.length > 0 ? ids : ["00000000-0000-0000-0000-000000000000"]);
    const { numUpdatedRows } = await query.executeTakeFirst();
    if (numUpdatedRows > 0n) {
      await recordEvent(db, ctx, "confirm", "commitments", meeting.id);
      await signal(db, `meeting:${meeting.id}`);
    }
    return Number(numUpdatedRows);
  });
}
