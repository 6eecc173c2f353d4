import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { type PersonView, personForViewer, recordReading } from "../people/person-access.ts";
import { namedAt, type OpportunityAt } from "./opportunities-as-of.ts";

export interface OpportunityView extends OpportunityAt {
  owner: PersonView;
}

/** The only way to obtain one opportunity: its owner's, or of somebody below the viewer. A reading from above is written down. */
export async function opportunityForViewer(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, id: string | undefined): Promise<OpportunityView> {
  const { orgId } = ctx.viewer;
  const held = isId(id)
    ? await db.selectFrom("opportunity").select("owner_id").where("org_id", "=", orgId).where("id", "=", id).executeTakeFirst()
    : undefined;
  if (!held) throw new NotFound("This opportunity");
  const owner = await personForViewer(db, ctx, held.owner_id);
  const { rows } = await sql<OpportunityAt>`
    select * from (${namedAt({ orgId, ownerIds: [held.owner_id], at: ctx.clock.now() })}) n where n.id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) throw new NotFound("This opportunity");
  await recordReading(db, ctx, owner, "opportunity");
  return { ...row, owner };
}
