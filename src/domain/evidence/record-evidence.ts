import { sql } from "kysely";
import { dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { opportunityForViewer } from "../opportunities/opportunity-access.ts";
import { processAt } from "../processes/process-queries.ts";

export interface NewEvidence {
  /** Made by the form, so that sending it twice records it once. */
  id: string;
  opportunityId: string;
  verifierId: string;
  givenOn: string;
  customerPerson: string;
  /** At least one of the two. */
  words: string;
  link: string;
}

/** Writes down that the customer gave what a verifier of the process in force asks for. Whoever sees the deal may. */
export async function recordEvidence(ctx: Ctx, given: NewEvidence): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId, personId, timeZone } = ctx.viewer;
    const deal = await opportunityForViewer(db, ctx, given.opportunityId);
    const now = ctx.clock.now();
    if (given.givenOn > dayAt(now, timeZone))
      throw new Refusal("givenOn", "That day is still to come. Write down what the customer has given, when they have given it.");
    const process = await processAt(db, orgId, now);
    const isKnown = process?.stages.some(({ tolls }) => tolls.some(({ verifierId }) => verifierId === given.verifierId));
    if (!isKnown) throw new Refusal("verifierId", "This is not asked for any more. Pick one from the list.");
    const made = await db
      .insertInto("evidence")
      .values({
        org_id: orgId,
        id: given.id,
        opportunity_id: deal.id,
        verifier_id: given.verifierId,
        given_on: given.givenOn,
        customer_person: given.customerPerson,
        words: given.words,
        link: given.link,
        recorded_by: personId,
        recorded_at: sql<Date>`viewer_now()`,
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) await recordEvent(db, ctx, "record", "evidence", given.id);
  });
}
