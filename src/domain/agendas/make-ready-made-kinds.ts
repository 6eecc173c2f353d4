import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { insertAgendaVersion } from "./insert-agenda-version.ts";
import { readyMadeKinds } from "./ready-made-kinds.ts";

/** Gives a new organisation its five kinds, each with version 1 of its agenda. Returns kind ids by slug. */
export async function makeReadyMadeKinds(db: Db, orgId: string, at: Date): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [position, plan] of readyMadeKinds.entries()) {
    const id = newId();
    ids.set(plan.slug, id);
    await db
      .insertInto("kind")
      .values({
        org_id: orgId,
        id,
        slug: plan.slug,
        name: plan.name,
        purpose: plan.purpose,
        rrule: plan.rrule,
        minutes: plan.minutes,
        position,
      })
      .execute();
    await insertAgendaVersion(db, { orgId, kindId: id, version: 1, sections: plan.sections, by: null, at });
  }
  return ids;
}
