import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { chanceWords } from "../../method/chance-words.ts";
import { daysBetween } from "../../method/days.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, list, longDay, monthName, oneDigit, percent, shortMoney, wholeMoney } from "../../parts/words.ts";
import { type ShownHorizon } from "./coverage-data.ts";

/** Who is spoken of: the reader, or somebody by first name. */
export interface Who {
  isSelf: boolean;
  name: string;
}
export const subject = ({ isSelf, name }: Who): string => (isSelf ? "You" : name);
export const object = ({ isSelf, name }: Who): string => (isSelf ? "you" : name);
export const own = ({ isSelf, name }: Who): string => (isSelf ? "your" : `${name}’s`);

/** "November 2026" → "November" */
const monthOf = ({ label, from }: { label: string; from: string }): string => label.split(" ")[0] || monthName(from);

/** "November", "Quarter", "Year end": beside a bar. */
export const horizonTitle = ({ horizon, figures }: ShownHorizon): string =>
  ({ month: monthOf(figures), quarter: "Quarter", year: "Year end" })[horizon];
/** "November", "the quarter", "the year": within a sentence. */
export const horizonInWords = ({ horizon, figures }: ShownHorizon): string =>
  ({ month: monthOf(figures), quarter: "the quarter", year: "the year" })[horizon];

/** "Jonathan wins 1 in 1.6 deals at $2,930 in 48 days." What is not known is left out; empty when nothing is. */
function ownPace({ winRate, dealSize, cycle, currency }: PersonNumbers, who: Who): string {
  const parts = [
    winRate.known && `1 in ${oneDigit(1 / winRate.value.rate)} deals`,
    dealSize.known && `at ${wholeMoney(dealSize.value.minor, currency)}`,
    cycle.known && `in ${count(Math.round(cycle.value.days), "day")}`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return "";
  return `${subject(who)} ${who.isSelf ? "win" : "wins"} ${winRate.known ? "" : "deals "}${parts.join(" ")}.`;
}

/** Own pace, and what follows from it; either where only one is known, and empty where neither is. */
export function paceAndNeed(numbers: PersonNumbers, horizons: readonly ShownHorizon[], who: Who): string {
  const [pace, need] = [ownPace(numbers, who), insteadOfFlat(horizons, who)];
  return pace && need ? `${pace} So ${who.isSelf ? need.replace(/^Y/, "y") : need}` : pace || need;
}

/** "You need 1.7× in open pipeline for the quarter, not 3×." Of the nearest horizon that says something; empty when none does. */
function insteadOfFlat(horizons: readonly ShownHorizon[], who: Who): string {
  const said = ["quarter", "year", "month"].map((name) => horizons.find(({ horizon }) => horizon === name));
  const one = said.find((shown) => shown?.goal?.coverage.known && shown.goal.coverage.value.times);
  const times = one?.goal?.coverage.known ? one.goal.coverage.value.times : null;
  if (!one || !times || times > mostTimes) return "";
  const needs = `${who.isSelf ? "You need" : `${who.name} needs`} ${oneDigit(times)}× in open pipeline for ${horizonInWords(one)}`;
  if (Math.abs(times - 3) < 0.25) return `${needs}, about the usual 3×.`;
  return times < 3 ? `${needs}, not 3×.` : `${needs}: 3× would be too little.`;
}

/** Beyond it more of the same deals is no answer, unless there is a fair chance all the same. */
const mostTimes = 25;
const leastChance = 0.1;

/** "enough on average": a few large deals or a good month carry the mean, and more often than not it ends below. */
export type Verdict = "reached" | "enough" | "enough on average" | "short" | "out of reach" | "unknown" | "no goal";

export function verdictOf({ goal }: ShownHorizon, openMinor: number): Verdict {
  if (!goal) return "no goal";
  if (goal.gapMinor <= 0) return "reached";
  if (!goal.coverage.known) return "unknown";
  const { neededMinor, times } = goal.coverage.value;
  if (neededMinor <= openMinor) return goal.chance.known && goal.chance.value.chance < 0.5 ? "enough on average" : "enough";
  const isUnlikely = !goal.chance.known || goal.chance.value.chance < leastChance;
  return times !== null && times > mostTimes && isUnlikely ? "out of reach" : "short";
}

/** What a horizon says in one plain sentence or two. */
export function verdictWords(shown: ShownHorizon, { currency, open }: PersonNumbers, hasQuota = true): { head: string; rest: string } {
  const { goal } = shown;
  const money = (minor: number) => shortMoney(minor, currency);
  const when = horizonInWords(shown);
  const verdict = verdictOf(shown, open.minor);
  if (!goal)
    return { head: `No ${hasQuota ? "quota or goal" : "goal"} for ${when}.`, rest: `${money(shown.figures.won.minor)} won so far.` };
  if (goal.goalMinor <= 0)
    return {
      head: `Nothing is asked for ${when}.`,
      rest: `The ${shown.isOwn ? "own goal" : "quota"} is ${money(0)}; ${money(shown.figures.won.minor)} is won.`,
    };
  if (verdict === "reached") return { head: "Reached.", rest: `${money(shown.figures.won.minor)} is won of ${money(goal.goalMinor)}.` };
  if (!goal.coverage.known) {
    const { what, todo } = refusalWords(goal.coverage.refusal);
    return { head: `Cannot tell for ${when}.`, rest: `${what} ${todo}` };
  }
  const { neededMinor } = goal.coverage.value;
  const chance = goal.chance.known ? ` Chance ${chanceWords(goal.chance.value.chance)}.` : "";
  const head = `Enough for ${when}${verdict === "enough" ? "" : ", but only on average"}.`;
  const below = verdict === "enough" ? chance : chance.replace(/\.$/, ": more often than not it ends below.");
  if ((verdict === "enough" || verdict === "enough on average") && neededMinor <= 0)
    return { head, rest: `Deals still to be found bring it at the usual pace; ${money(open.minor)} is open besides.${below}` };
  if (verdict === "enough" || verdict === "enough on average")
    return { head, rest: `${money(open.minor)} is open, ${money(neededMinor)} is needed.${below}` };
  if (verdict === "out of reach")
    return { head: `Not from deals like these.`, rest: `Too little time is left to win ${money(goal.gapMinor)} for ${when}.${chance}` };
  const lacking = money(neededMinor - open.minor);
  return { head: `${lacking} short for ${when}.`, rest: `${money(open.minor)} is open, ${money(neededMinor)} is needed.${chance}` };
}

export interface FindingWords {
  /** "9 new opportunities by 10 November" */
  goal: string;
  /** " close the year-end gap: about 3 meetings a week." */
  effect: string;
  /** "about 3 meetings a week", or empty. */
  pace: string;
  /** "5 of them come at your usual pace." */
  anyway: string;
}

/** A gap as something to do; null where there is nothing to find or nothing can be said. */
export function findingWords(shown: ShownHorizon, asOf: string, who: Who): FindingWords | null {
  const finding = shown.goal?.finding;
  if (!finding?.known || finding.value.opportunities === 0) return null;
  const { opportunities, by, anyway, more, activities } = finding.value;
  const day = by === asOf ? "today" : longDay(by);
  const weeks = Math.max(1, daysBetween(asOf, by) / 7);
  const [first] = activities.toSorted((a, b) => Number(b.type === "meeting") - Number(a.type === "meeting"));
  const pace = first ? `about ${count(Math.max(1, Math.round(first.many / weeks)), first.type)} a week` : "";
  const isUsual = finding.value.reach === "usual pace";
  return {
    goal: `${count(opportunities, "new opportunity", "new opportunities")} by ${day}`,
    effect: isUsual
      ? ` ${opportunities === 1 ? "is" : "are"} still to come for ${horizonInWords(shown)}: ${own(who)} usual pace${pace && `, ${pace}`}.`
      : ` ${opportunities === 1 ? "closes" : "close"} ${gapOf(shown)}${pace && `: ${pace}`}.`,
    pace,
    anyway: anyway === 0 || isUsual ? "" : `${own(who).replace(/^y/, "Y")} usual pace brings ${anyway}, so ${more} more than usual.`,
  };
}

const gapOf = (shown: ShownHorizon): string =>
  ({ month: `the gap of ${horizonInWords(shown)}`, quarter: "the quarter’s gap", year: "the year-end gap" })[shown.horizon];

/** Why the gap is not closed by finding new deals, and what else would close it. */
export function beyondFindingWords(shown: ShownHorizon, asOf: string, { currency, open }: PersonNumbers, who: Who): string {
  const { goal, figures } = shown;
  if (!goal?.finding.known) return "";
  const { leadDays, opportunities, by, mostFound, toFindMinor, reach, restMinor, openMore } = goal.finding.value;
  const [left, when] = [daysBetween(asOf, figures.until), horizonInWords(shown)];
  const gap = shortMoney(toFindMinor, currency);
  if (reach === "too late")
    return `New deals come too late for the ${gap} that open ones leave for ${when}: half of those won here took at least ${count(leadDays, "day")}, and ${count(left, "day is", "days are")} left. ${
      verdictOf(shown, open.minor) === "out of reach"
        ? "What is open does not bring it either: look at the goal."
        : "It has to come from what is open."
    }`;
  const most =
    mostFound === 0
      ? "and none was found in as long before"
      : `and ${mostFound} is the most ${who.isSelf ? "you" : who.name} ever found in as long`;
  const rest = shortMoney(restMinor, currency);
  const otherwise =
    openMore !== null && openMore <= mostOpenMore
      ? `Found as usual, ${rest} is left: ${percent(openMore)} more from what is open brings it, won more often or larger.`
      : `Found as usual, ${rest} is left: that takes more wins, larger deals or another goal.`;
  return `Finding alone does not close the ${gap} that open deals leave for ${when}: it would take ${count(opportunities, "new one")} by ${longDay(by)}, ${most}. ${otherwise}`;
}

/** Nobody is asked to win more than so much more of what is open than is expected. */
export const mostOpenMore = 0.5;

/** Which goals a page is told against. */
export function basisWords(horizons: readonly ShownHorizon[], who: Who): string {
  const owned = horizons.filter(({ isOwn }) => isOwn);
  if (owned.length === horizons.length) return `Against ${own(who)} own goals.`;
  if (owned.length === 0) return horizons.some(({ goal }) => goal) ? "Against quota." : "";
  return `Against ${own(who)} own goal for ${list(owned.map(horizonInWords))}, against quota otherwise.`;
}
