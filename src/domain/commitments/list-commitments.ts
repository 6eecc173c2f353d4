import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type Commitment, commitments } from "./commitment-queries.ts";

export interface CommitmentRange {
  id?: string | undefined;
  state?: "open" | "settled" | undefined;
  ownerId?: string | undefined;
  after: string | null;
  limit: number;
}

/** The commitments of the viewer's own pairs, with their words, page by page in the order they were made. */
export async function listCommitments(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  { id, state, ownerId, after, limit }: CommitmentRange,
): Promise<Commitment[]> {
  const me = ctx.viewer.personId;
  let query = commitments(db, ctx.viewer.orgId).where((eb) =>
    eb.or([eb("c.manager_id", "=", me), eb("c.rep_id", "=", me), eb("c.co_coach_id", "=", me)]),
  );
  if (id) query = query.where("c.id", "=", id);
  if (state) query = query.where("c.outcome", state === "open" ? "is" : "is not", null);
  if (ownerId) query = query.where("c.owner_id", "=", ownerId);
  if (after) query = query.where("c.id", ">", after);
  return query.orderBy("c.id").limit(limit).execute();
}
