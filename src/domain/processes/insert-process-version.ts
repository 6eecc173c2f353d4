import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import type { CarriedStage, ProcessRule, ProcessStage } from "./process-queries.ts";

export interface NewProcessVersion {
  id: string;
  orgId: string;
  version: number;
  name: string;
  stages: readonly ProcessStage[];
  rules: readonly ProcessRule[];
  carried?: readonly CarriedStage[];
  publishedBy: string | null;
  /** Left out: from this transaction's moment. */
  validFrom?: Date;
}

/** Writes a whole version. A verifier whose id was never seen is made; one that is known keeps its evidence under the new words. */
export async function insertProcessVersion(
  db: Db,
  { id, orgId, version, name, stages, rules, carried = [], publishedBy, validFrom }: NewProcessVersion,
): Promise<void> {
  const from = validFrom ?? sql<Date>`viewer_now()`;
  await db
    .insertInto("process_version")
    .values({ org_id: orgId, id, version, name, valid_from: from, published_by: publishedBy })
    .execute();
  await db
    .insertInto("process_stage")
    .values(
      stages.map(({ stageId, experience, probability }, position) => ({
        org_id: orgId,
        version_id: id,
        stage_id: stageId,
        position,
        experience,
        probability,
      })),
    )
    .execute();
  await insertTolls(db, { id, orgId, stages, from });
  if (carried.length > 0)
    await db
      .insertInto("process_carried")
      .values(carried.map(({ stageId, asStageId }) => ({ org_id: orgId, version_id: id, stage_id: stageId, as_stage_id: asStageId })))
      .execute();
  if (rules.length > 0)
    await db
      .insertInto("process_rule")
      .values(
        rules.map(({ grade, field, stageId, number }, position) => ({
          org_id: orgId,
          version_id: id,
          grade,
          position,
          field,
          stage_id: stageId,
          number,
        })),
      )
      .execute();
}

async function insertTolls(
  db: Db,
  { id, orgId, stages, from }: Pick<NewProcessVersion, "id" | "orgId" | "stages"> & { from: Date | RawBuilder<Date> },
): Promise<void> {
  const tolls = stages.flatMap(({ stageId, tolls }) => tolls.map((toll, position) => ({ ...toll, stageId, position })));
  if (tolls.length === 0) return;
  await db
    .insertInto("verifier")
    .values(tolls.map(({ verifierId }) => ({ org_id: orgId, id: verifierId, created_at: from })))
    .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
    .execute();
  await db
    .insertInto("process_verifier")
    .values(
      tolls.map(({ verifierId, stageId, position, words, who }) => ({
        org_id: orgId,
        version_id: id,
        verifier_id: verifierId,
        stage_id: stageId,
        position,
        words,
        who,
      })),
    )
    .execute();
}
