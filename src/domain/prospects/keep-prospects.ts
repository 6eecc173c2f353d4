import { storyFields } from "../../method/story-gaps.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { prospectsOf, type Prospect } from "./prospect-queries.ts";
import { putProspect } from "./review-prospect.ts";

type Taken = "hand-in" | "close";

/** With the preparation the prospects are handed in as they stand: the record keeps what was said then. */
export async function keepHandedIn(db: Db, ctx: Ctx, meeting: MeetingView): Promise<void> {
  const { list } = await prospectsOf(db, ctx, meeting);
  for (const prospect of list) await putProspect(db, ctx, meeting, prospect, { kept_at: ctx.clock.now() });
  await keepLines(db, ctx, meeting, list, "hand-in");
}

/** At the close: the stories of those prospects as the two left them. */
export async function keepAtClose(db: Db, ctx: Ctx, meeting: MeetingView): Promise<void> {
  const { list } = await prospectsOf(db, ctx, meeting);
  const told = list.filter(({ story }) => story.lines.size > 0);
  await keepLines(db, ctx, meeting, told, "close");
}

async function keepLines(db: Db, ctx: Ctx, meeting: MeetingView, list: readonly Prospect[], taken: Taken): Promise<void> {
  const rows = list.flatMap(({ opportunityId, story }) =>
    storyFields
      .filter((field) => story.lines.has(field))
      .map((field) => ({
        org_id: ctx.viewer.orgId,
        meeting_id: meeting.id,
        opportunity_id: opportunityId,
        taken,
        field,
        words: story.lines.get(field)?.words ?? "",
      })),
  );
  if (rows.length === 0) return;
  const insert = db.insertInto("prospect_line").values(rows);
  const columns = ["org_id", "meeting_id", "opportunity_id", "taken", "field"] as const;
  await (
    taken === "close"
      ? insert.onConflict((conflict) => conflict.doNothing())
      : insert.onConflict((conflict) => conflict.columns(columns).doUpdateSet((eb) => ({ words: eb.ref("excluded.words") })))
  ).execute();
}
