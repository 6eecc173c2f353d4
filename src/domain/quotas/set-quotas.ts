import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { assertToSetFor } from "./quota-access.ts";

export interface QuotaWanted {
  personId: string;
  /** YYYY-MM-01 */
  month: string;
  /** Null: no quota, which is not zero. */
  amountMinor: number | null;
  currency: string;
}

/** Sets quotas of months; what they were is kept by the database. Row-level security lets managers of their own people and admins. */
export async function setQuotas(ctx: Ctx, wanted: readonly QuotaWanted[]): Promise<void> {
  if (wanted.length === 0) return;
  const { orgId } = ctx.viewer;
  await ctx.tx(async (db) => {
    await assertToSetFor(
      db,
      ctx,
      wanted.map(({ personId }) => personId),
    );
    const there = wanted.filter(({ amountMinor }) => amountMinor !== null);
    if (there.length > 0)
      await db
        .insertInto("quota")
        .values(
          there.map(({ personId, month, amountMinor, currency }) => ({
            org_id: orgId,
            person_id: personId,
            month,
            amount_minor: amountMinor ?? 0,
            currency,
            share_of: 1,
          })),
        )
        .onConflict((on) =>
          on.columns(["org_id", "person_id", "month"]).doUpdateSet((set) => ({
            amount_minor: set.ref("excluded.amount_minor"),
            currency: set.ref("excluded.currency"),
            share_of: set.ref("excluded.share_of"),
            import_run_id: null,
          })),
        )
        .execute();
    for (const { personId, month } of wanted.filter(({ amountMinor }) => amountMinor === null))
      await db.deleteFrom("quota").where("org_id", "=", orgId).where("person_id", "=", personId).where("month", "=", month).execute();
    for (const personId of new Set(wanted.map((one) => one.personId))) await recordEvent(db, ctx, "set", "quotas", personId);
  });
}
