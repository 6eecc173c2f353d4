import { type Agenda, type AgendaSection, agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { broughtTo, type Commitment } from "../../domain/commitments/commitment-queries.ts";
import { type MeetingView, meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { type MeetingPoint, pointsOf } from "../../domain/points/point-queries.ts";
import { canPrepare, monthOfMeeting } from "../../domain/preparations/preparation-access.ts";
import {
  type EarlierFigure,
  earlierFigures,
  type Measure,
  measuresOf,
  type Preparation,
  preparationOf,
  question,
} from "../../domain/preparations/preparation-queries.ts";
import type { Ctx } from "../../platform/context.ts";

/** Everything the page of a preparation shows, read in one transaction. */
export interface PreparationData {
  meeting: MeetingView;
  agenda: Agenda;
  preparation: Preparation;
  earlier: EarlierFigure[];
  promises: Commitment[];
  points: MeetingPoint[];
  /** YYYY-MM-01 */
  month: string;
  measures: Measure[];
  currency: string;
  canWrite: boolean;
}

const ownBlocks = new Set(["commitments", "results", "working", "points", "wrap_up"]);

/** The sections whose questions the rep thinks about beforehand; the others have a block of their own or need no thought. */
export const openSections = (agenda: Agenda): AgendaSection[] =>
  agenda.sections.filter(({ panel, prompts, position }) => prompts.length > 0 && !ownBlocks.has(panel) && position > 0);

export async function preparationData(ctx: Ctx, meetingId: string | undefined): Promise<PreparationData> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const meeting = await meetingForViewer(db, ctx, meetingId);
    const preparation = await preparationOf(db, orgId, meeting.id);
    return {
      meeting,
      agenda: await agendaOf(db, orgId, meeting),
      preparation,
      earlier: await earlierFigures(db, orgId, meeting),
      promises: await broughtTo(db, orgId, meeting),
      points: await pointsOf(db, meeting.id),
      month: preparation.answers.get(question.month)?.words ?? monthOfMeeting(meeting),
      measures: await measuresOf(db, orgId),
      currency: ctx.viewer.currency,
      canWrite: meeting.side === "rep" && canPrepare(meeting.state),
    };
  });
}
