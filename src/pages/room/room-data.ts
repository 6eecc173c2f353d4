import { exchangeRatesOf } from "../../domain/exchange-rates/exchange-rate-queries.ts";
import { type ExchangedSum, exchangeSum } from "../../method/exchange-sum.ts";
import type { ExchangeRates } from "../../method/exchange.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { fiscalMonth, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { dayAt, startOfDay } from "../../method/days.ts";
import { monthsBack } from "../../method/months-asked.ts";
import { activitiesBetween } from "../../domain/activities/activity-levels-queries.ts";
import { type Agenda, type AgendaSection, agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { hasFivePs } from "../../domain/agendas/ready-made-kinds.ts";
import { broughtTo, type Commitment, commitmentsOf } from "../../domain/commitments/commitment-queries.ts";
import { type DealStanding, dealStandings } from "../../domain/evidence/deal-standings.ts";
import { promisedOn } from "../../domain/evidence/evidence-queries.ts";
import { type VerifiedDeal, verifiedStages } from "../../domain/evidence/verified-stages.ts";
import { type Entry, entriesOf } from "../../domain/entries/entry-queries.ts";
import { type Listed, listedIn, listedLastTime } from "../../domain/meetings/listed-opportunities.ts";
import { lastMetAt, type MeetingView, meetingForViewer } from "../../domain/meetings/meeting-access.ts";
import { nextPlanned, pivotsOf, type Timing, timingsOf } from "../../domain/meetings/room-queries.ts";
import { calendarOf } from "../../domain/organisations/organisation-calendar.ts";
import { storedNumbers } from "../../domain/numbers/stored-numbers-queries.ts";
import { monthResults, type PersonResults } from "../../domain/opportunities/month-results.ts";
import { opportunitiesAsOf, type OpportunityAt } from "../../domain/opportunities/opportunities-as-of.ts";
import { opportunityNews, type OwnerNews } from "../../domain/opportunities/opportunity-news.ts";
import { type WordSince, wordsSince } from "../../domain/own-words/words-since.ts";
import { type MeetingPoint, pointsOf } from "../../domain/points/point-queries.ts";
import { fivePsFacts } from "../../domain/prospects/five-ps-facts.ts";
import { preparedProspects, type Prospects, type ProspectState, prospectsOf } from "../../domain/prospects/prospect-queries.ts";
import { isInTree } from "../../domain/preparations/briefing-queries.ts";
import { type Preparation, preparationOf } from "../../domain/preparations/preparation-queries.ts";
import { type NextStep, nextStepsOf, type StepAgreed, stepsAgreed } from "../../domain/results/next-steps.ts";
import { type RolePlay, rolePlaysOf } from "../../domain/role-plays/role-play-queries.ts";
import { fivePs, type Mark } from "../../method/five-ps.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { dayIn } from "../../parts/words.ts";
import { numbersShown, type ShownNumbers } from "../coverage/coverage-data.ts";

/** Everything the room shows, read in one transaction. */
export interface RoomData {
  meeting: MeetingView;
  now: Date;
  agenda: Agenda;
  section: AgendaSection;
  running: Timing | undefined;
  timings: Timing[];
  points: MeetingPoint[];
  pivot: "inform" | "praise" | undefined;
  brought: Commitment[];
  commitments: Commitment[];
  /** Where the deals stand that commitments hang on. */
  standings: Map<string, DealStanding>;
  /** When commitments made now are due unless said otherwise: the day of the next one-on-one, or a week from now. */
  dueOn: string;
  /** What the viewer may see of the rep's preparation: the rep all of it, the others once it is handed in. */
  prepared: Preparation;
  currency: string;
  /** Into that currency. */
  rates: ExchangeRates;
  calendar: FiscalCalendar;
  /** The viewer sees the rep's pipeline and results. */
  seesResults: boolean;
  panel: PanelData;
  rolePlays: RolePlay[];
  fivePs: Mark[];
  /** What was typed and could not be taken, by field name. */
  wrong?: { errors: Record<string, string>; typed: Record<string, string> } | undefined;
}

interface RoomResults {
  months: string[];
  person: PersonResults | undefined;
  nextSteps: NextStep[];
  /** The latest one agreed on since the last whole month ended, in this one-on-one or another. */
  agreed: StepAgreed | null;
  /** Open deals ready to be closed. */
  aProspects: ProspectState[];
  /** Activities done in the last whole month, by type. */
  done: Map<string, number>;
}

interface PanelData {
  entries: Entry[];
  results: RoomResults | undefined;
  /** What is stored of the rep, as far as the viewer sees it; undefined where the section has no use for it. */
  numbers: ShownNumbers | undefined;
  /** What the rep says of the running month and quarter, where the section is about results or pipeline. */
  words: WordSince[];
  since: Date | null;
  news: OwnerNews | undefined;
  open: OpportunityAt[];
  /** The verified stage of the open deals, and where a promise made of what is missing is written down. */
  verified: Map<string, VerifiedDeal>;
  promised: Set<string>;
  listed: Map<string, Listed>;
  last: { heldAt: Date; listed: Listed[] } | undefined;
  prospects: Prospects | undefined;
  /** The prospects are those that were handed in. */
  isPrepared: boolean;
}

async function readPanel(db: Db, ctx: Ctx, meeting: MeetingView, section: AgendaSection): Promise<PanelData> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  const { panel } = section;
  const prospects = ["prospects", "opportunities", "practice", "none", "wrap_up"].includes(panel)
    ? await prospectsOf(db, ctx, meeting)
    : undefined;
  const pipeline = ["new_opportunities", "opportunities", "pipeline", "wrap_up"].includes(panel);
  const news = ["new_opportunities", "opportunities"].includes(panel);
  const since = await lastMetAt(db, { orgId, managerId: meeting.managerId, repId: meeting.repId }, meeting.openedAt ?? now);
  const after = since ?? new Date(now.getTime() - 30 * 86_400_000);
  const running = fiscalPeriods(await fiscalCalendarOf(db, orgId), dayNumber(dayIn(now, meeting.timeZone))).month.month;
  const months = monthsBack(running, 4);
  const open = pipeline
    ? (await opportunitiesAsOf(db, { orgId, ownerIds: [meeting.repId], at: now })).filter(({ outcome }) => outcome === "open")
    : [];
  return {
    entries: panel === "working" ? await entriesOf(db, orgId, meeting.id) : [],
    results: panel === "results" ? await readResults(db, ctx, meeting, months) : undefined,
    numbers: ["results", "pipeline", "wrap_up"].includes(panel) ? await readNumbers(db, orgId, meeting.repId) : undefined,
    words: panel === "results" || panel === "pipeline" ? await wordsSince(db, { orgId, personId: meeting.repId, at: now, since }) : [],
    since,
    news: news ? (await opportunityNews(db, { orgId, ownerIds: [meeting.repId], after, until: now })).get(meeting.repId) : undefined,
    open,
    verified: pipeline ? await verifiedStages(db, { orgId, deals: open, at: now }) : new Map(),
    promised: await promisedOn(db, orgId, [...(news ? open : []), ...(prospects?.list.map((one) => ({ id: one.opportunityId })) ?? [])]),
    listed: new Map((news ? await listedIn(db, orgId, meeting.id) : []).map((row) => [row.opportunityId, row])),
    last: panel === "opportunities" ? await listedLastTime(db, orgId, meeting) : undefined,
    prospects,
    isPrepared: prospects !== undefined && (await preparedProspects(db, orgId, meeting.id)).some(({ keptAt }) => keptAt !== null),
  };
}

async function readResults(db: Db, ctx: Ctx, meeting: MeetingView, months: string[]): Promise<RoomResults> {
  const { orgId } = ctx.viewer;
  const { list, others } = await prospectsOf(db, ctx, meeting);
  const { timeZone, fiscal } = await calendarOf(db, orgId);
  const last = fiscalMonth(fiscal, months[1] ?? months[0] ?? "");
  const running = fiscalPeriods(fiscal, dayNumber(dayAt(ctx.clock.now(), timeZone))).month;
  const since = startOfDay(dayOf(running.from), timeZone);
  const days = { timeZone, from: dayOf(last.from), until: dayOf(last.until) };
  return {
    months,
    person: (await monthResults(db, { orgId, personIds: [meeting.repId], months, at: ctx.clock.now() })).get(meeting.repId),
    nextSteps: await nextStepsOf(db, orgId, meeting.id),
    agreed: (await stepsAgreed(db, { orgId, repIds: [meeting.repId], since })).get(meeting.repId) ?? null,
    aProspects: [...list, ...others].filter(({ grade }) => grade === "A"),
    done: await activitiesBetween(db, { orgId, personId: meeting.repId, ...days }),
  };
}

async function readNumbers(db: Db, orgId: string, repId: string): Promise<ShownNumbers | undefined> {
  const stored = (await storedNumbers(db, orgId, [repId])).get(repId);
  return stored && numbersShown(stored);
}

/** `sectionId` is the section looked at; without one it is the section that runs. */
export async function roomData(ctx: Ctx, meetingId: string | undefined, sectionId: string | undefined): Promise<RoomData> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const now = ctx.clock.now();
    const meeting = await meetingForViewer(db, ctx, meetingId);
    const agenda = await agendaOf(db, orgId, meeting);
    const timings = await timingsOf(db, orgId, meeting.id);
    const running = timings.find(({ endedAt }) => endedAt === null);
    const section =
      agenda.sections.find(({ id }) => id === sectionId) ??
      agenda.sections.find(({ id }) => id === running?.sectionId) ??
      agenda.sections[0];
    if (!section) throw new Error("an agenda without sections");
    const pair = { orgId, managerId: meeting.managerId, repId: meeting.repId };
    const next = await nextPlanned(db, pair, now);
    const panel = await readPanel(db, ctx, meeting, section);
    const rolePlays = await rolePlaysOf(db, orgId, meeting.id);
    const brought = await broughtTo(db, orgId, meeting);
    const commitments = await commitmentsOf(db, orgId, meeting.id);
    const today = Temporal.PlainDate.from(dayIn(now, meeting.timeZone));
    return {
      meeting,
      now,
      agenda,
      section,
      running,
      timings,
      points: await pointsOf(db, meeting.id),
      pivot: (await pivotsOf(db, orgId, meeting.id)).get(section.id),
      brought,
      commitments,
      standings: await dealStandings(db, { orgId, ids: [...brought, ...commitments].map(({ opportunityId }) => opportunityId), at: now }),
      dueOn: next ? dayIn(next.plannedStart, next.timeZone) : today.add({ days: 7 }).toString(),
      prepared: await preparationOf(db, orgId, meeting.id),
      currency: ctx.viewer.currency,
      rates: await exchangeRatesOf(db, orgId),
      calendar: await fiscalCalendarOf(db, orgId),
      seesResults: meeting.side === "rep" || (await isInTree(db, meeting.repId)),
      panel,
      rolePlays,
      fivePs:
        section.panel === "wrap_up" && hasFivePs(agenda.sections)
          ? fivePs(fivePsFacts({ meeting, rolePlays, live: panel.prospects?.list }))
          : [],
    };
  });
}

/** Amounts of deals in the organisation's currency, by the rates of today. */
export const worthOf = (
  { rates, now, meeting }: Pick<RoomData, "rates" | "now" | "meeting">,
  deals: readonly { currency: string; amountMinor: number | null }[],
): ExchangedSum =>
  exchangeSum(
    rates,
    deals.map(({ currency, amountMinor }) => ({ currency, sumMinor: amountMinor ?? 0, deals: 1 })),
    dayNumber(dayIn(now, meeting.timeZone)),
  );
