import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { processAt } from "./process-queries.ts";

export interface StageInUse {
  id: string;
  name: string;
  position: number;
  outcome: "open" | "won" | "lost";
  /** Whether the process in force has it; won and lost ones, and all where there is none, count as had. */
  isInProcess: boolean;
}

/** Every stage of the organisation, in their order. */
export async function stagesInUse(db: Db, ctx: Pick<Ctx, "viewer" | "clock">): Promise<StageInUse[]> {
  const { orgId } = ctx.viewer;
  const process = await processAt(db, orgId, ctx.clock.now());
  const rows = await db
    .selectFrom("stage")
    .select(["id", "name", "position", "outcome"])
    .where("org_id", "=", orgId)
    .orderBy("position")
    .orderBy("name")
    .execute();
  const had = process && new Set(process.stages.map(({ stageId }) => stageId));
  return rows.map((row) => ({ ...row, isInProcess: row.outcome !== "open" || (had?.has(row.id) ?? true) }));
}
