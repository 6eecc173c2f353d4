import { type DealGrade, prospectFacts } from "../../domain/evidence/prospect-facts.ts";
import type { VerifiedDeal } from "../../domain/evidence/verified-stages.ts";
import { exchangeRatesOf } from "../../domain/exchange-rates/exchange-rate-queries.ts";
import { fiscalCalendarOf } from "../../domain/organisations/fiscal-calendar-queries.ts";
import { type Forecast, forecastsOn } from "../../domain/forecasts/forecast-queries.ts";
import { type ClosingTimes, closingTimes } from "../../domain/opportunities/closing-times.ts";
import { type TargetRow, volumeAgainstTargets } from "../../domain/goals/volume-against-targets.ts";
import { type DealList, dealList } from "../../domain/opportunities/deal-list-queries.ts";
import type { DealScope } from "../../domain/opportunities/every-deal.ts";
import { type GroupTotal, openTotals } from "../../domain/evidence/proven-totals.ts";
import { type Member, stagesOf, treeOf } from "../../domain/opportunities/pipeline-queries.ts";
import { unlessLater } from "../../domain/opportunities/state-at.ts";
import { usualQuietDays } from "../../domain/opportunities/usual-quiet-days.ts";
import { type PersonView, personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { agreedNextSteps, type AgreedStep } from "../../domain/stories/agreed-next-steps.ts";
import { type LabelledStage, labelledStages } from "../../domain/processes/labelled-stages.ts";
import { hasTolls, type Process, processAt } from "../../domain/processes/process-queries.ts";
import type { ExchangeRates } from "../../method/exchange.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { horizonEnds } from "../../method/horizons.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isManager } from "../../platform/viewer.ts";
import { aheadOf, type OwnerAhead } from "./deal-facts.ts";
import { groupsOf, type NamedGroup } from "./deal-scope.ts";
import { isDescending, isFiltered, type PipelineQuery, readPipelineQuery } from "./pipeline-query.ts";
import { type ShownDay, shownDay } from "./shown-day.ts";

export const pageSize = 50;
const mostToTalkAbout = 5;
/** Of more owners than these each one's usual pauses are not worked out: thirty days without a change are stuck then. */
const mostOwnUsual = 30;

export interface PageFacts {
  verified: ReadonlyMap<string, VerifiedDeal>;
  grades: ReadonlyMap<string, DealGrade>;
  /** Next steps of the viewer's own pairs. */
  steps: ReadonlyMap<string, AgreedStep>;
}

export interface PipelineData {
  asked: PipelineQuery;
  shown: ShownDay;
  tree: Member[];
  /** Whose deals: a rep, a manager's people, or everybody of the viewer. */
  of: Member;
  /** Where these are the deals of one rep alone. */
  rep: PersonView | null;
  /** Managers one level down: none where the deals of one rep or one team are shown. */
  groups: NamedGroup[];
  totals: GroupTotal[];
  /** In the order of the process, those not in it where they stand in the CRM. */
  stages: LabelledStage[];
  stageLabels: ReadonlyMap<string, string>;
  closing: ClosingTimes | undefined;
  /** Undefined where totals by manager are shown instead. */
  list: DealList | undefined;
  /** Claimed ahead of verified by owner, of all deals of the list; undefined without one. */
  ahead: ReadonlyMap<string, OwnerAhead> | undefined;
  /** Something is asked of the customer, so that stages can be verified; and somebody, or a rule, grades. */
  isVerified: boolean;
  isGraded: boolean;
  /** Of the deals on the page shown. */
  onPage: PageFacts;
  /** What was last said about the periods that run on that day. */
  forecasts: Forecast[];
  /** Won and open volume against quota and own goal: none where a leader has not asked for it. */
  targets: TargetRow[];
  currency: string;
  calendar: FiscalCalendar;
  rates: ExchangeRates;
  me: string;
  /** The viewer manages or sets up, and so may expect to see others' deals here. */
  mayHavePeople: boolean;
}

export async function pipelineData(ctx: Ctx, raw: Record<string, string>, { whole = false } = {}): Promise<PipelineData> {
  const given = readPipelineQuery(raw);
  const { timeZone, orgId, personId: me, currency } = ctx.viewer;
  const shown = shownDay(given.asOf, ctx.clock.now(), timeZone);
  // An address with today in it would show a past day tomorrow.
  const asked = { ...given, asOf: shown.isToday ? "" : shown.day };
  return ctx.tx(async (db) => {
    const tree = await treeOf(db, ctx);
    const of = tree.find(({ id }) => id === (asked.rep || asked.manager || me));
    if (!of) throw new NotFound("This pipeline");
    const isOwn = of.id === me && [...ctx.viewer.roles].every((role) => role === "rep");
    const person = of.id !== me || isOwn || asked.rep ? await personForViewer(db, ctx, of.id) : null;
    if (person) await recordReading(db, ctx, person, "pipeline");
    const { groups, isLeader } = asked.rep
      ? { groups: [{ key: of.id, name: of.name, ownerIds: [of.id] }], isLeader: false }
      : groupsOf(tree, of, me);
    const ownerIds = groups.flatMap((group) => group.ownerIds);
    const wantsList = whole || !isLeader || asked.view === "deals";
    const closing = wantsList ? await closingTimes(db, { orgId, at: shown.at }) : undefined;
    const process = await processAt(db, orgId, shown.at);
    const stages = labelledStages(await stagesOf(db, orgId), process);
    const stageIds = stages.flatMap(({ id, outcome }) => (outcome === "open" ? [id] : []));
    const calendar = await fiscalCalendarOf(db, orgId);
    const ends = horizonEnds(shown.day, calendar);
    const open = { orgId, viewerId: me, at: shown.at, ends, process, stageIds };
    const totals = await openTotals(db, { ...open, groups });
    const rates = await exchangeRatesOf(db, orgId);
    const wantsTargets = !whole && (!isLeader || asked.view === "targets");
    return {
      asked,
      shown,
      tree,
      of,
      rep: asked.rep || isOwn ? person : null,
      groups: isLeader ? groups : [],
      totals,
      stages,
      isVerified: hasTolls(process),
      isGraded: process !== null,
      stageLabels: new Map(stages.map(({ id, label }) => [id, label])),
      closing,
      ...(wantsList ? await dealsOf(db, ctx, { ownerIds, asked, shown, closing, whole, stages, process, calendar }) : nothingListed),
      forecasts: await forecastsFor(db, { orgId, day: shown.day, rates }, { of, tree, ownerIds }),
      currency,
      calendar,
      rates,
      targets: wantsTargets ? await targetsFor(db, open, { tree, groups, isLeader, totals, shown, calendar, rates }) : [],
      me,
      mayHavePeople: isManager(ctx.viewer) || ctx.viewer.roles.has("admin"),
    };
  });
}

interface TargetsAsked extends Pick<PipelineData, "tree" | "groups" | "totals" | "shown" | "calendar" | "rates"> {
  isLeader: boolean;
}

/** A leader's groups, or each person shown, and all of them together where they are several. */
async function targetsFor(db: Db, open: Omit<Parameters<typeof openTotals>[1], "groups">, asked: TargetsAsked): Promise<TargetRow[]> {
  const { tree, groups, isLeader, totals, shown, calendar, rates } = asked;
  const ownerIds = groups.flatMap((group) => group.ownerIds);
  const each = isLeader ? groups : tree.flatMap(({ id }) => (ownerIds.includes(id) ? [{ key: id, ownerIds: [id] }] : []));
  const own = isLeader ? totals : await openTotals(db, { ...open, groups: each });
  const isMany = each.length > 1;
  const rows = await volumeAgainstTargets(db, {
    orgId: open.orgId,
    viewerId: open.viewerId,
    groups: isMany ? [...each, { key: "together", ownerIds }] : each,
    managerOf: new Map(tree.map(({ id, managerId }) => [id, managerId])),
    totals: isMany ? [...own, ...totals.map((total) => ({ ...total, key: "together" }))] : own,
    at: shown.at,
    day: shown.day,
    isToday: shown.isToday,
    calendar,
    rates,
  });
  return rows.filter(isTold);
}

/** Managers without a quota, or a deal, of their own are left out. */
const isTold = ({ horizons }: TargetRow): boolean =>
  Object.values(horizons).some(({ quota, goal, open, won }) => quota !== null || goal !== null || open > 0 || won > 0);

/** The reps' figures added up; a manager's own, which are about the same deals, only where no rep has said anything. */
async function forecastsFor(
  db: Db,
  asked: { orgId: string; day: string; rates: ExchangeRates },
  { of, tree, ownerIds }: { of: Member; tree: readonly Member[]; ownerIds: readonly string[] },
): Promise<Forecast[]> {
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const said = await forecastsOn(db, { ...asked, personIds: ownerIds.filter((id) => !managers.has(id)) });
  return said.length > 0 ? said : forecastsOn(db, { ...asked, personIds: [of.id] });
}

interface Asked {
  ownerIds: readonly string[];
  asked: PipelineQuery;
  shown: ShownDay;
  closing: ClosingTimes | undefined;
  whole: boolean;
  stages: readonly LabelledStage[];
  process: Process | null;
  calendar: FiscalCalendar;
}

type Listed = Pick<PipelineData, "list" | "ahead" | "onPage">;
const nothingListed: Listed = { list: undefined, ahead: undefined, onPage: { verified: new Map(), grades: new Map(), steps: new Map() } };

async function dealsOf(db: Db, ctx: Ctx, asking: Asked): Promise<Listed> {
  const { ownerIds, asked, shown, closing, whole, stages, process, calendar } = asking;
  const { orgId, personId: me, currency } = ctx.viewer;
  const { at, day } = shown;
  const scope: DealScope = {
    ...(await unlessLater(db, { orgId, ownerIds, at, outcomes: ["open"] })),
    ends: horizonEnds(day, calendar),
    stuckAfter: ownerIds.length <= mostOwnUsual ? await usualQuietDays(db, { orgId, viewerId: me, ownerIds, at }) : new Map(),
    oldAfterDays: closing?.upperDays ?? null,
    viewerId: me,
    process,
    stageIds: stages.map(({ id }) => id),
    currency,
  };
  const list = await dealList(db, scope, {
    text: asked.q,
    stageId: asked.stage,
    horizon: asked.horizon,
    concern: asked.only,
    grade: asked.grade,
    sort: asked.sort,
    descending: isDescending(asked),
    limit: whole ? 100_000 : pageSize,
    offset: whole ? 0 : (asked.page - 1) * pageSize,
    talk: whole || isFiltered(asked) || asked.page > 1 ? 0 : mostToTalkAbout,
  });
  const rows = [...list.rows, ...list.talk];
  const { verified, grades } = await prospectFacts(db, ctx, { deals: rows, at, today: day, dated: false });
  // What the pair tells of the next step is told as of now; a past day shows what the CRM knew.
  const steps = shown.isToday
    ? await agreedNextSteps(
        db,
        orgId,
        me,
        rows.map(({ id }) => id),
      )
    : new Map();
  return { list, ahead: whole ? undefined : await aheadOf(db, scope, list), onPage: { verified, grades, steps } };
}
