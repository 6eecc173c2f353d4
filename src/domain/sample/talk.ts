import { missedInARow } from "../../method/missed-in-a-row.ts";
import { dayAt } from "../../method/days.ts";
import { monthAsked, monthsBack } from "../../method/months-asked.ts";
import type { AgendaSection } from "../agendas/agenda-queries.ts";
import { openAt, type DealState, wonIn } from "./deal-state.ts";
import { contactsAt, dollars, fill, onDeal, onNewDeal } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import type { SectionNote } from "./notes.ts";
import type { Promised } from "./promises.ts";
import type { Random } from "./random.ts";
import { instant, randomFor } from "./setting.ts";
import { allKept, leaderPractice, leaderSaw, notYet, pipelineWords, practice, skillLines, smallTalk, whatISaw } from "./talk-words.ts";
import { pairOf, type World } from "./world.ts";

/** What the two look at while they talk. */
export interface Scene {
  meeting: Meeting;
  /** On the wall there, when they met. */
  today: string;
  open: DealState[];
  /** Created since they last met. */
  fresh: DealState[];
  /** Those of the others that are talked about. */
  moving: DealState[];
  brought: Promised[];
  months: { month: string; result: number; plan: number | null }[];
  missed: number;
  smallTalk: string;
}

/** Something else every time, until it begins again. */
function smallTalkOf(world: World, meeting: Meeting): string {
  const lines = randomFor(`small talk ${meeting.rep.key}`).some(smallTalk, smallTalk.length);
  return lines[(world.meetingsOf.get(pairOf(meeting)) ?? []).indexOf(meeting) % lines.length] ?? "";
}

export function sceneOf(world: World, meeting: Meeting, lastMetAt: number | undefined, brought: Promised[], random: Random): Scene {
  const { stages } = world.catalogue;
  const today = dayAt(instant(meeting.openedAt), meeting.series.zone);
  const open = openAt(world.dealsOf.get(meeting.rep.id) ?? [], stages, meeting.openedAt);
  const fresh = lastMetAt === undefined ? [] : open.filter(({ deal }) => deal.createdAt > lastMetAt).slice(0, 4);
  const others = open.filter((state) => !fresh.includes(state));
  const months = monthsBack(monthAsked(today), 4).map((month) => ({
    month,
    result: wonIn(world.salesOf.get(meeting.rep.id) ?? [], month, meeting.openedAt),
    plan: world.quotas.get(meeting.rep.id)?.get(month) ?? null,
  }));
  const whole = months.filter(({ month }) => month.slice(0, 7) < today.slice(0, 7)).toReversed();
  // One deal an account: two lines on the same customer would contradict each other.
  const seen = new Set(fresh.map(({ deal }) => deal.account.id));
  const apart = others.slice(0, 12).filter(({ deal }) => !seen.has(deal.account.id) && seen.add(deal.account.id));
  return {
    meeting,
    today,
    open,
    fresh,
    moving: random.some(apart, 4),
    brought,
    months,
    missed: missedInARow(whole) ?? 0,
    smallTalk: smallTalkOf(world, meeting),
  };
}

const months = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });
const monthName = (month: string): string => months.format(new Date(month));

function onPromises({ brought, meeting }: Scene, random: Random): string[] {
  const here = brought.filter(({ settledIn }) => settledIn === meeting.id);
  const waits = here.filter(({ outcome }) => outcome === "missed" || outcome === "partly");
  if (here.length === 0) return [];
  if (waits.length === 0) return random.chance(0.5) ? [here.length > 1 ? random.pick(allKept) : "Done."] : [];
  return [`Still open: ${waits.map(({ words }) => words.slice(0, 1).toLowerCase() + words.slice(1)).join("; ")}. ${random.pick(notYet)}`];
}

function shortOfPlan(open: readonly DealState[], gap: number, plan: number, first: string, random: Random): string {
  const agreed = open.filter(({ stage }) => stage.position === 3).length;
  const proposed = open.filter(({ stage }) => stage.position === 2).length;
  return random.pick([
    agreed > 0
      ? `${dollars(gap)} to go, ${agreed === 1 ? "one deal" : `${agreed} deals`} in Agreed.`
      : `${dollars(gap)} to go and nothing in Agreed. ${first} names two that could get there.`,
    proposed > 1
      ? `${dollars(gap)} short. ${proposed} proposals are out, ${first} expects two answers this week.`
      : `${dollars(gap)} short. ${first} says: too few proposals out.`,
    `${first} wants to be at ${dollars(Math.ceil((plan * 1.05) / 100_000) * 100_000)} and has named the deals for it.`,
  ]);
}

function onResults({ months, meeting, missed, open }: Scene, random: Random): string[] {
  const [asked] = months;
  if (!asked || asked.plan === null) return ["First weeks, no plan yet. Wants to know what good looks like by month three."];
  const { month, result, plan } = asked;
  const gap = plan - result;
  const first = meeting.rep.firstName;
  const lines = [`${monthName(month)}: ${dollars(result)} of ${dollars(plan)}.`];
  if (gap <= 0)
    lines.push(
      random.pick([
        `Reached. ${first} says the trials made it.`,
        "Over plan. Celebrated, then: what would make it happen again?",
        `Reached with two deals nobody had on the list in time. ${first} is pleased.`,
      ]),
    );
  else if (missed > 1)
    lines.push(
      `${missed === 2 ? "The two" : `The ${missed}`} months before were below plan. Enough visits, too few of them with somebody who can sign.`,
    );
  else lines.push(shortOfPlan(open, gap, plan, first, random));
  return lines;
}

function onPipeline({ open, today }: Scene, random: Random): string[] {
  const late = open.filter(({ stage }) => stage.position >= 2).length;
  const value = open.reduce((sum, { amountMinor, deal }) => sum + (amountMinor ?? deal.product.listMinor), 0);
  const values = {
    late: String(late),
    early: String(open.length - late),
    open: String(open.length),
    value: dollars(value),
    balance: open.length - late > late ? "fine" : "thin",
    month: monthName(monthsBack(today, 1)[0] ?? today),
  };
  const next = Temporal.PlainDate.from(today).add({ months: 2 }).toString();
  return random.some(pipelineWords, random.int(1, 2)).map((words) => fill(words, { ...values, month: monthName(next) }));
}

const dealsShown = 3;

function onTitle(scene: Scene, section: AgendaSection, random: Random): string[] {
  const about = scene.moving[0] ?? scene.open[0];
  const coaching = scene.meeting.manager.role === "leader";
  const values = {
    account: about?.deal.account.name ?? "a new customer",
    contact: about ? (contactsAt(about.deal.account)[0] ?? "") : "the customer",
  };
  if (section.position === 0) return random.chance(0.45) ? [scene.smallTalk] : [];
  if (section.title === "Practice")
    return [random.pick(coaching ? leaderPractice : practice), ...(random.chance(0.6) ? [random.pick(skillLines)] : [])];
  return [fill(random.pick(coaching ? leaderSaw : whatISaw), values)];
}

function linesOf(scene: Scene, section: AgendaSection, random: Random): string[] {
  switch (section.panel) {
    case "commitments":
      return onPromises(scene, random);
    case "results":
      return onResults(scene, random);
    case "new_opportunities":
      return scene.fresh.length > 0
        ? scene.fresh.slice(0, dealsShown).map((state) => onNewDeal(state, random))
        : ["Nothing new since we met."];
    case "opportunities":
      return scene.moving.slice(0, dealsShown).map((state) => onDeal(state, random));
    case "pipeline":
      return random.chance(0.8) ? onPipeline(scene, random) : [];
    case "wrap_up":
      return random.chance(0.2) ? ["Asked what else three times. That is all for now."] : [];
    case "none":
      return onTitle(scene, section, random);
    default:
      return [];
  }
}

/** What was written down, section by section. */
export const notesOf = (scene: Scene, random: Random): SectionNote[] =>
  scene.meeting.agenda.sections
    .map((section) => ({ sectionId: section.id, title: section.title, lines: linesOf(scene, section, random) }))
    .filter(({ lines }) => lines.length > 0);
