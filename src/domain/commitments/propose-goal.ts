import { dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { personForViewer } from "../people/person-access.ts";
import { insertCommitment } from "./insert-commitment.ts";
import { checkDueDay } from "./due-day.ts";
import { noneIsPlanned, placeToPromise } from "./promise-verifier.ts";

export interface ProposedGoal {
  /** Made by the form, so that sending it twice makes one. */
  id: string;
  repId: string;
  words: string;
  dueOn: string;
  hangsOn: "pipeline gap" | "activity" | "skill";
  /** What it is to close or worth, as it stood that day. */
  hangsWords: string;
}

/**
 * Puts a coaching goal to the rep, in the pair's open one-on-one or their next one. Only the rep answers: by a manager it is a
 * question until then; by the rep themself it is said already, and the manager agrees. Returns the one-on-one.
 */
export async function proposeGoal(ctx: Ctx, { repId, ...wanted }: ProposedGoal): Promise<MeetingView> {
  return ctx.tx(async (db) => {
    const rep = await personForViewer(db, ctx, repId);
    const place = await placeToPromise(db, ctx, rep.id);
    if (!place) throw new Refusal("meeting", noneIsPlanned(ctx, rep.id, "goal"));
    checkDueDay("due_on", wanted.dueOn, dayAt(ctx.clock.now(), ctx.viewer.timeZone));
    await insertCommitment(db, ctx, place.meeting, { ...wanted, owner: "rep", opportunityId: null });
    return place.meeting;
  });
}
