import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { assertToSetFor } from "../quotas/quota-access.ts";
import { type CommissionRate, commissionRatesOf } from "./commission-rate-queries.ts";

/** "8", "8.25 %", "8,25" as hundredths of a percent; null when it is no share from 0 to 100 with at most two decimals. */
export function readBasisPoints(text: string): number | null {
  const plain = text.replace("%", "").trim().replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  const points = Math.round(Number(plain) * 100);
  return points <= 10_000 ? points : null;
}

/** Sets rates from a day on; one of the same person and day is corrected. Row-level security lets managers of their own people and admins. */
export async function setCommissionRates(ctx: Ctx, rates: readonly CommissionRate[]): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  const once = [...new Map(rates.map((rate) => [`${rate.personId} ${rate.fromOn}`, rate])).values()];
  if (once.length === 0) return;
  await ctx.tx(async (db) => {
    await assertToSetFor(
      db,
      ctx,
      once.map((one) => one.personId),
    );
    await sql`
      insert into commission_rate (org_id, person_id, from_on, basis_points, set_by, set_at)
      select ${orgId}::uuid, r.person_id, r.from_on, r.points, ${personId}::uuid, ${ctx.clock.now()}
      from unnest(${once.map((one) => one.personId)}::uuid[], ${once.map(({ fromOn }) => fromOn)}::date[],
        ${once.map(({ basisPoints }) => basisPoints)}::integer[]) as r(person_id, from_on, points)
      on conflict (org_id, person_id, from_on) do update set basis_points = excluded.basis_points, set_by = excluded.set_by, set_at = excluded.set_at
        where commission_rate.basis_points <> excluded.basis_points`.execute(db);
    for (const id of new Set(once.map((one) => one.personId))) await recordEvent(db, ctx, "set", "commission rate", id);
  });
}

/** Takes a rate away: the one before it holds on. Returns whether there is one. */
export async function removeCommissionRate(ctx: Ctx, { personId, fromOn }: { personId: string; fromOn: string }): Promise<boolean> {
  return ctx.tx(async (db) => {
    const gone = await db
      .deleteFrom("commission_rate")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("person_id", "=", personId)
      .where("from_on", "=", fromOn)
      .executeTakeFirst();
    if (gone.numDeletedRows === 1n) await recordEvent(db, ctx, "take away", "commission rate", personId);
    const left = await commissionRatesOf(db, ctx.viewer.orgId, [personId]);
    return left.some((rate) => rate.fromOn < fromOn);
  });
}
