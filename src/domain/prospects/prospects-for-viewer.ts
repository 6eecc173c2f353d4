import { fivePs, type Mark } from "../../method/five-ps.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { hasFivePs } from "../agendas/ready-made-kinds.ts";
import { type MeetingView, meetingForViewer } from "../meetings/meeting-access.ts";
import { canPrepare } from "../preparations/preparation-access.ts";
import { preparationOf } from "../preparations/preparation-queries.ts";
import { rolePlaysOf } from "../role-plays/role-play-queries.ts";
import { fivePsFacts } from "./five-ps-facts.ts";
import { type KeptProspect, keptProspects } from "./kept-prospects-queries.ts";
import { type Prospects, prospectsOf } from "./prospect-queries.ts";

export interface ProspectsForViewer {
  meeting: MeetingView;
  /** As they stand: for the rep who prepares, and for the pair while it sits together. */
  live: Prospects | undefined;
  /** As they were handed in and left, otherwise. */
  kept: KeptProspect[];
  /** Empty where the agenda does not go through them. */
  marks: Mark[];
}

/** The prospects of a one-on-one, for one of its pair: what its pages show of them. */
export async function prospectsForViewer(db: Db, ctx: Ctx, meetingId: string): Promise<ProspectsForViewer> {
  const { orgId } = ctx.viewer;
  const meeting = await meetingForViewer(db, ctx, meetingId);
  const prepares = meeting.side === "rep" && canPrepare(meeting.state);
  const live = prepares || meeting.state === "open" ? await prospectsOf(db, ctx, meeting) : undefined;
  const kept = live ? [] : await keptProspects(db, orgId, meeting.id);
  const isKnown = meeting.state === "closed" || (await preparationOf(db, orgId, meeting.id)).submittedAt !== null;
  const { sections } = await agendaOf(db, orgId, meeting);
  const rolePlays = await rolePlaysOf(db, orgId, meeting.id);
  const facts = { meeting, rolePlays, live: live?.list, kept: isKnown ? kept : undefined };
  return { meeting, live, kept, marks: hasFivePs(sections) ? fivePs(fivePsFacts(facts)) : [] };
}
