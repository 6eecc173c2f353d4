import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { treeOf } from "../opportunities/pipeline-queries.ts";
import type { WordHorizon } from "./own-word-queries.ts";

export interface WonSoFar {
  /** Minor units of the organisation's currency, as the forecast page shows it; 0 until it is worked out. */
  minor: number;
  /** Of the viewer and everybody below them. */
  isTeam: boolean;
}

/** What is won already of a period that somebody gives their word for: a manager's word is about the team. */
export async function wonSoFar(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  { horizon, periodOn }: { horizon: WordHorizon; periodOn: string },
): Promise<WonSoFar> {
  const { orgId, currency } = ctx.viewer;
  const ids = (await treeOf(db, ctx)).map(({ id }) => id);
  const row = await db
    .selectFrom("period_forecast")
    .select(sql<number>`coalesce(sum(won_minor::float8), 0)::float8`.as("minor"))
    .where("org_id", "=", orgId)
    .where("moment", "=", "now")
    .where("currency", "=", currency)
    .where("horizon", "=", horizon)
    .where("period_on", "=", periodOn)
    .where(sql<boolean>`person_id = any(${ids}::uuid[])`)
    .executeTakeFirst();
  return { minor: row?.minor ?? 0, isTeam: ids.length > 1 };
}
