import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import type { OrganisationSettings } from "./organisation-form.ts";

/** Name, currency, time zone and the two notices of the organisation. Row-level security lets an admin alone. */
export async function changeOrganisation(ctx: Ctx, settings: OrganisationSettings): Promise<void> {
  await ctx.tx(async (db) => {
    const { numUpdatedRows } = await db.updateTable("organisation").set(settings).where("org_id", "=", ctx.viewer.orgId).executeTakeFirst();
    if (numUpdatedRows === 1n) await recordEvent(db, ctx, "change", "organisation", ctx.viewer.orgId);
  });
}
