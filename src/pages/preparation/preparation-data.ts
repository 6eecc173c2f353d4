import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { type Agenda, type AgendaSection, agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { hasFivePs, hasProspects } from "../../domain/agendas/ready-made-kinds.ts";
import { broughtTo, type Commitment } from "../../domain/commitments/commitment-queries.ts";
import { type MeetingView, meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { type MeetingPoint, pointsOf } from "../../domain/points/point-queries.ts";
import { type OwnWord, ownWords, type WordHorizon, wordPeriods, wordsOfPreparation } from "../../domain/own-words/own-word-queries.ts";
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
import { verifiedAsListed } from "../../domain/evidence/deal-standings.ts";
import type { VerifiedDeal } from "../../domain/evidence/verified-stages.ts";
import { fivePsFacts } from "../../domain/prospects/five-ps-facts.ts";
import { type KeptProspect, keptProspects } from "../../domain/prospects/kept-prospects-queries.ts";
import { type Prospects, prospectsOf } from "../../domain/prospects/prospect-queries.ts";
import { rolePlaysOf } from "../../domain/role-plays/role-play-queries.ts";
import { fivePs, type Mark } from "../../method/five-ps.ts";
import type { FiscalPeriod } from "../../method/fiscal-calendar.ts";
import { dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

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
  calendar: FiscalCalendar;
  measures: Measure[];
  currency: string;
  canWrite: boolean;
  /** The deals to go through, where the agenda does; for its writer. */
  prospects: Prospects | undefined;
  /** The verified stage of those kept, as known then. */
  keptVerified: Map<string, VerifiedDeal>;
  /** The same as they were handed in, to read. */
  kept: KeptProspect[];
  fivePs: Mark[];
  words: PreparedWords;
}

/** The rep's own word of the month and the quarter the one-on-one lies in. */
export interface PreparedWords {
  /** The day of the one-on-one, YYYY-MM-DD. */
  on: string;
  periods: Record<WordHorizon, FiscalPeriod>;
  /** Said in this preparation. */
  said: ReadonlyMap<WordHorizon, OwnWord>;
  /** Said last before it, by the rep. */
  before: readonly OwnWord[];
}

async function preparedWords(db: Db, ctx: Ctx, meeting: MeetingView): Promise<PreparedWords> {
  const { orgId, currency } = ctx.viewer;
  const on = dayAt(meeting.plannedStart, meeting.timeZone);
  const periods = await wordPeriods(db, orgId, on);
  const said = await wordsOfPreparation(db, orgId, meeting.id);
  const before = await ownWords(db, { orgId, personIds: [meeting.repId], periods, at: ctx.clock.now(), currency });
  return { on, periods, said, before: before.filter(({ saidIn }) => saidIn !== meeting.id) };
}

const ownBlocks = new Set(["commitments", "results", "working", "points", "wrap_up", "prospects", "practice"]);

/** The sections whose questions the rep thinks about beforehand; the others have a block of their own or need no thought. */
export const openSections = (agenda: Agenda): AgendaSection[] =>
  agenda.sections.filter(({ panel, prompts, position }) => prompts.length > 0 && !ownBlocks.has(panel) && position > 0);

export async function preparationData(ctx: Ctx, meetingId: string | undefined): Promise<PreparationData> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const meeting = await meetingForViewer(db, ctx, meetingId);
    const preparation = await preparationOf(db, orgId, meeting.id);
    const agenda = await agendaOf(db, orgId, meeting);
    const canWrite = meeting.side === "rep" && canPrepare(meeting.state);
    const prospects = canWrite && hasProspects(agenda.sections) ? await prospectsOf(db, ctx, meeting) : undefined;
    const kept = canWrite ? [] : await keptProspects(db, orgId, meeting.id);
    return {
      meeting,
      agenda,
      preparation,
      earlier: await earlierFigures(db, orgId, meeting),
      promises: await broughtTo(db, orgId, meeting),
      points: await pointsOf(db, meeting.id),
      month: preparation.answers.get(question.month)?.words ?? (await monthOfMeeting(db, orgId, meeting)),
      calendar: await fiscalCalendarOf(db, orgId),
      measures: await measuresOf(db, orgId),
      currency: ctx.viewer.currency,
      canWrite,
      prospects,
      kept,
      words: await preparedWords(db, ctx, meeting),
      keptVerified: await verifiedAsListed(db, {
        orgId,
        listed: kept,
        at: meeting.closedAt ?? preparation.submittedAt ?? ctx.clock.now(),
      }),
      fivePs: hasFivePs(agenda.sections)
        ? fivePs(
            fivePsFacts({
              meeting,
              rolePlays: canWrite ? [] : await rolePlaysOf(db, orgId, meeting.id),
              live: prospects?.list,
              kept: preparation.submittedAt ? kept : undefined,
            }),
          )
        : [],
    };
  });
}
