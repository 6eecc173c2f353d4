import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { type Agenda, agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { hasFivePs } from "../../domain/agendas/ready-made-kinds.ts";
import { type Commitment, goalsInHand } from "../../domain/commitments/commitment-queries.ts";
import { type PlaceToPromise, placeToPromise } from "../../domain/commitments/promise-verifier.ts";
import { promisedOn } from "../../domain/evidence/evidence-queries.ts";
import { type AheadDeal, dealsAhead } from "../../domain/evidence/deals-ahead.ts";
import { verifiedAsListed } from "../../domain/evidence/deal-standings.ts";
import type { VerifiedDeal } from "../../domain/evidence/verified-stages.ts";
import { type MeetingView, meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { type WordSince, wordsSince } from "../../domain/own-words/words-since.ts";
import { storedNumbers } from "../../domain/numbers/stored-numbers-queries.ts";
import { type MonthResult, monthResults } from "../../domain/opportunities/month-results.ts";
import { opportunityNews, type OwnerNews } from "../../domain/opportunities/opportunity-news.ts";
import { type MeetingPoint, pointsOf } from "../../domain/points/point-queries.ts";
import {
  entriesOfMeetings,
  heldBefore,
  type HeldBefore,
  isInTree,
  type OpenWorth,
  openWorth,
  promisesToReview,
  type ThemeEntry,
} from "../../domain/preparations/briefing-queries.ts";
import { monthOfMeeting } from "../../domain/preparations/preparation-access.ts";
import {
  type EarlierFigure,
  earlierFigures,
  type Preparation,
  preparationOf,
  question,
} from "../../domain/preparations/preparation-queries.ts";
import { fivePsFacts } from "../../domain/prospects/five-ps-facts.ts";
import { type KeptProspect, keptProspects } from "../../domain/prospects/kept-prospects-queries.ts";
import { rolePlaysOf } from "../../domain/role-plays/role-play-queries.ts";
import { fivePs, type Mark } from "../../method/five-ps.ts";
import { missedInARow } from "../../method/missed-in-a-row.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { startOfDay } from "../../method/days.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { calendarOf } from "../../domain/organisations/organisation-calendar.ts";
import { answers, type StepAgreed, stepsAgreed } from "../../domain/results/next-steps.ts";
import { monthsBack } from "../../method/months-asked.ts";
import { dayIn } from "../../parts/words.ts";
import { numbersShown, type ShownNumbers } from "../coverage/coverage-data.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

/** Everything a briefing says, read in one transaction. */
export interface BriefingData {
  meeting: MeetingView;
  agenda: Agenda;
  /** The instant the briefing speaks of: now, or when the meeting began. */
  at: Date;
  today: string;
  last: HeldBefore | undefined;
  promises: Commitment[];
  preparation: Preparation;
  /** The prospects as they were handed in. */
  prospects: KeptProspect[];
  prospectsVerified: Map<string, VerifiedDeal>;
  fivePs: Mark[];
  earlier: EarlierFigure[];
  points: MeetingPoint[];
  entries: ThemeEntry[];
  month: string;
  calendar: FiscalCalendar;
  /** Undefined where the viewer may not read this rep's pipeline. */
  deals: Deals | undefined;
  /** "<deal> <verifier>" of what is a promise already, and where a new one is written down: nowhere once the one-on-one is over. */
  promised: Set<string>;
  place: PlaceToPromise | undefined;
  /** What is stored of the rep and the coaching goals in hand; undefined once the one-on-one is over, which was held with others. */
  numbers: { shown: ShownNumbers; goal: Commitment | undefined } | undefined;
}

export interface Deals {
  /** Since the pair last met; the last thirty days when they never have. */
  since: Date;
  news: OwnerNews;
  open: OpenWorth[];
  /** Claimed further than the customer has paid for. */
  ahead: AheadDeal[];
  /** The verified stage of everything open. */
  verified: Map<string, VerifiedDeal>;
  /** The month asked about and those before it, newest first. */
  months: MonthResult[];
  trailingMeanMinor: number | null;
  missed: number | null;
  /** The step agreed on for them since. */
  agreed: StepAgreed | null;
  /** What the rep says of the running month and quarter. */
  words: WordSince[];
}

const thirtyDays = 30 * 86_400_000;

export async function briefingData(ctx: Ctx, meetingId: string | undefined): Promise<BriefingData> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const meeting = await meetingForViewer(db, ctx, meetingId);
    const at = meeting.openedAt ?? ctx.clock.now();
    const held = await heldBefore(db, { orgId, managerId: meeting.managerId, repId: meeting.repId }, at, 3);
    const preparation = await preparationOf(db, orgId, meeting.id);
    const month = preparation.answers.get(question.month)?.words ?? (await monthOfMeeting(db, orgId, meeting));
    const agenda = await agendaOf(db, orgId, meeting);
    const prospects = await keptProspects(db, orgId, meeting.id);
    const kept = preparation.submittedAt ? prospects : undefined;
    const rolePlays = await rolePlaysOf(db, orgId, meeting.id);
    const deals = (await isInTree(db, meeting.repId))
      ? await readDeals(db, { orgId, viewerId: ctx.viewer.personId, ownerId: meeting.repId, at, since: held[0]?.heldAt, month })
      : undefined;
    const ahead = deals?.ahead ?? [];
    return {
      meeting,
      agenda,
      prospects,
      prospectsVerified: await verifiedAsListed(db, { orgId, listed: prospects, at: preparation.submittedAt ?? at }),
      fivePs: hasFivePs(agenda.sections) ? fivePs(fivePsFacts({ meeting, rolePlays, kept })) : [],
      at,
      today: dayIn(at, meeting.timeZone),
      last: held[0],
      promises: await promisesToReview(db, orgId, meeting, held[0]),
      preparation,
      earlier: await earlierFigures(db, orgId, meeting),
      points: await pointsOf(db, meeting.id),
      entries: await entriesOfMeetings(db, orgId, held),
      month,
      calendar: await fiscalCalendarOf(db, orgId),
      deals,
      promised: await promisedOn(db, orgId, ahead),
      place: ahead.length > 0 && meeting.state !== "closed" ? await placeToPromise(db, ctx, meeting.repId) : undefined,
      numbers: meeting.state === "closed" ? undefined : await readNumbers(db, orgId, meeting.repId),
    };
  });
}

async function readNumbers(db: Db, orgId: string, repId: string): Promise<BriefingData["numbers"]> {
  const stored = (await storedNumbers(db, orgId, [repId])).get(repId);
  const [goal] = await goalsInHand(db, orgId, repId);
  return stored && { shown: numbersShown(stored), goal };
}

interface Asked {
  orgId: string;
  viewerId: string;
  ownerId: string;
  at: Date;
  since: Date | undefined;
  month: string;
}

async function readDeals(db: Db, { orgId, viewerId, ownerId, at, since, month }: Asked): Promise<Deals | undefined> {
  const after = since ?? new Date(at.getTime() - thirtyDays);
  const months = monthsBack(month, 4);
  const news = (await opportunityNews(db, { orgId, ownerIds: [ownerId], after, until: at, ownUsualFor: viewerId })).get(ownerId);
  const results = (await monthResults(db, { orgId, personIds: [ownerId], months, at })).get(ownerId);
  if (!news || !results) return undefined;
  // A month that still runs is not missed yet.
  const { fiscal, timeZone } = await calendarOf(db, orgId);
  const { month: running, from } = fiscalPeriods(fiscal, dayNumber(at.toISOString())).month;
  const whole = results.months.filter((one) => one.month < running).toReversed();
  const missed = missedInARow(whole.map(({ wonMinor, quotaMinor }) => ({ result: wonMinor, plan: quotaMinor })));
  const repIds = missed !== null && missed > 1 ? [ownerId] : [];
  const [step] = (await stepsAgreed(db, { orgId, repIds, since: startOfDay(dayOf(from), timeZone) })).values();
  return {
    since: after,
    news,
    open: await openWorth(db, { orgId, ownerId, at }),
    ...(await dealsAhead(db, { orgId, ownerIds: [ownerId], at })),
    months: results.months,
    trailingMeanMinor: results.trailingMeanMinor,
    words: await wordsSince(db, { orgId, personId: ownerId, at, since }),
    missed,
    agreed: answers(step, missed ?? 0),
  };
}
