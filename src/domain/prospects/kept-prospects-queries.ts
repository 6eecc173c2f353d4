import { type StoryField, storyFields } from "../../method/story-gaps.ts";
import type { Db } from "../../platform/database.ts";
import { preparedProspects, type ProspectState } from "./prospect-queries.ts";

/** What was said of one deal in a one-on-one: as it was handed in, and as it stood at the close. */
export interface KeptProspect extends ProspectState {
  reviewedAt: Date | null;
  /** Words by field; empty lines are left out. */
  handedIn: Map<StoryField, string>;
  atClose: Map<StoryField, string>;
}

/** The prospects of a one-on-one as they were handed in and left, for its preparation and its record. */
export async function keptProspects(db: Db, orgId: string, meetingId: string): Promise<KeptProspect[]> {
  const prepared = await preparedProspects(db, orgId, meetingId);
  const lines = await db
    .selectFrom("prospect_line")
    .select(["opportunity_id", "taken", "field", "words"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .where("words", "<>", "")
    .execute();
  const of = (id: string, taken: "hand-in" | "close") => {
    const words = new Map(
      lines.filter((line) => line.opportunity_id === id && line.taken === taken).map((line) => [line.field, line.words]),
    );
    return new Map(storyFields.flatMap((field) => (words.has(field) ? [[field, words.get(field) ?? ""] as const] : [])));
  };
  const kept = prepared
    .filter(({ keptAt }) => keptAt !== null)
    .map((one) => ({ ...one, handedIn: of(one.opportunityId, "hand-in"), atClose: of(one.opportunityId, "close") }));
  return [...kept, ...(await talkedAbout(db, orgId, new Set(kept.map(({ opportunityId }) => opportunityId)), lines, of))];
}

/** Not prepared, yet told in the room: their names come with the deals listed there, or with the deal as far as it may be seen. */
async function talkedAbout(
  db: Db,
  orgId: string,
  known: ReadonlySet<string>,
  lines: readonly { opportunity_id: string }[],
  of: (id: string, taken: "hand-in" | "close") => Map<StoryField, string>,
): Promise<KeptProspect[]> {
  const ids = [...new Set(lines.map((line) => line.opportunity_id))].filter((id) => !known.has(id));
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("opportunity as o")
    .innerJoin("stage as s", (on) => on.onRef("s.org_id", "=", "o.org_id").onRef("s.id", "=", "o.stage_id"))
    .leftJoin("account as a", (on) => on.onRef("a.org_id", "=", "o.org_id").onRef("a.id", "=", "o.account_id"))
    .select([
      "a.name as account",
      "o.id as opportunityId",
      "o.name",
      "s.name as stage",
      "o.amount_minor as amountMinor",
      "o.currency",
      "o.close_on as closeOn",
    ])
    .where("o.org_id", "=", orgId)
    .where("o.id", "in", ids)
    .orderBy("o.name")
    .execute();
  return rows.map((row) => ({
    ...row,
    grade: null,
    reviewedAt: null,
    handedIn: of(row.opportunityId, "hand-in"),
    atClose: of(row.opportunityId, "close"),
  }));
}
