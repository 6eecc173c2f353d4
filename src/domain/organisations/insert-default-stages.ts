import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";

const stages = [
  { name: "Prospecting", outcome: "open" },
  { name: "Engaging", outcome: "open" },
  { name: "Won", outcome: "won" },
  { name: "Lost", outcome: "lost" },
] as const;

/** The stages a new organisation starts with. An import adds the ones it finds. */
export async function insertDefaultStages(db: Db, orgId: string): Promise<void> {
  await db
    .insertInto("stage")
    .values(stages.map((stage, position) => ({ org_id: orgId, id: newId(), position, is_default: true, ...stage })))
    .execute();
}
