import type { Ctx } from "../../platform/context.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { insertCommitment, type PromiseMade } from "./insert-commitment.ts";

export interface NewCommitment extends PromiseMade {
  meetingId: string;
}

/** Writes down a promise in an open meeting. Whoever writes it has thereby confirmed it; the other still has to. */
export async function makeCommitment(ctx: Ctx, wanted: NewCommitment): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, wanted.meetingId);
    if (meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    await insertCommitment(db, ctx, meeting, wanted);
  });
}
