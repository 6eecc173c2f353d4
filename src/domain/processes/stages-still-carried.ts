import { asActor, type Ctx } from "../../platform/context.ts";
import type { Process } from "./process-queries.ts";

export interface StageCarried {
  stageId: string;
  name: string;
  /** Open deals of the whole organisation that stand in it. */
  deals: number;
}

/** Stages that a process does not have while open deals stand in them: counted for everybody, as no deal is told. */
export async function stagesStillCarried(ctx: Ctx, stages: Pick<Process, "stages">["stages"]): Promise<StageCarried[]> {
  const { orgId } = ctx.viewer;
  return asActor(ctx, "set-up", orgId, (db) => {
    const ids = stages.map(({ stageId }) => stageId);
    return db
      .selectFrom("opportunity as o")
      .innerJoin("stage as s", (on) => on.onRef("s.org_id", "=", "o.org_id").onRef("s.id", "=", "o.stage_id"))
      .select((eb) => ["s.id as stageId", "s.name", eb.fn.countAll<number>().as("deals")])
      .where("o.org_id", "=", orgId)
      .where("o.outcome", "=", "open")
      .where((eb) => (ids.length > 0 ? eb("o.stage_id", "not in", ids) : eb.lit(true)))
      .groupBy(["s.id", "s.name", "s.position"])
      .orderBy("s.position")
      .execute();
  });
}
