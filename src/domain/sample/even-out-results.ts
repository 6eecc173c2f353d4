import type { Person } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import { type DealState, stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { addMonths, firstOfMonth, randomFor, type Setting } from "./setting.ts";
import { turn } from "./turn-deal.ts";

type Range = readonly [least: number, most: number];

const usual: Record<Person["profile"]["level"], Range> = {
  new: [0.55, 1.2],
  developing: [0.82, 1.34],
  experienced: [0.9, 1.36],
};
/** Nobody's deals grow or shrink beyond belief for the sake of a month. */
const mostScaled = 2.4;
/** Before that much of a month is over it says nothing yet. */
const earlyShare = 0.35;

/** How far into its month the company is today, between 0 and 1. */
function shareOver(setting: Setting, month: string): number {
  if (month < firstOfMonth(setting.today)) return 1;
  const today = Temporal.PlainDate.from(setting.today);
  return today.day / today.daysInMonth;
}

/** What of the plan of a month this rep reaches. */
function rangeFor({ profile }: Person, monthsAgo: number): Range {
  if (profile.story === "ahead") return [1.15, 1.6];
  if (profile.story === "behind" && monthsAgo <= 3)
    return (
      (
        [
          [0.5, 0.75],
          [0.45, 0.72],
          [0.45, 0.72],
          [1.02, 1.1],
        ] as const
      )[monthsAgo] ?? usual.developing
    );
  // Two months in a row below plan are the story of one rep alone: for everybody else the last one was reached.
  if (monthsAgo === 1 && profile.story === undefined && profile.level !== "new") return [1.02, 1.25];
  return usual[profile.level];
}

const amountOf = ({ amountMinor }: DealState): number => amountMinor ?? 0;

function scale(deals: readonly Deal[], factor: number): void {
  for (const change of deals.flatMap(({ changes }) => changes))
    if (change.field === "amount" && change.after !== null)
      change.after = String(Math.max(10_000, Math.round((Number(change.after) * factor) / 5_000) * 5_000));
}

/**
 * Months go up and down, yet a rep with a plan of 40 does not sell 0 in one and 150 in the next: where nothing was won the
 * deal that came furthest is, and the deals of a month are sized so that they add up to something near the plan.
 */
export function evenOutResults(
  setting: Setting,
  rep: Person,
  deals: readonly Deal[],
  catalogue: Catalogue,
  quotas: ReadonlyMap<string, number>,
): void {
  const random = randomFor(`results ${rep.key}`);
  const ended = deals
    .map((deal) => stateAt(deal, catalogue.stages, Infinity))
    .filter((state): state is DealState => state !== undefined && state.stage.outcome !== "open");
  const byMonth = Map.groupBy(ended, ({ closeOn }) => firstOfMonth(closeOn ?? setting.today));
  const thisMonth = firstOfMonth(setting.today);
  for (const [month, plan] of [...quotas].filter(([month]) => month <= thisMonth)) {
    const monthsAgo = Temporal.PlainDate.from(month).until(thisMonth, { largestUnit: "months" }).months;
    const over = shareOver(setting, month);
    const [least, most] = rangeFor(rep, monthsAgo);
    const goal = plan * over * random.between(least, most);
    const here = byMonth.get(month) ?? [];
    const won = here.filter(({ stage }) => stage.outcome === "won");
    const isFirstMonths = month < addMonths(firstOfMonth(rep.startedOn), 2);
    const nearest = here
      .filter(({ stage }) => stage.outcome === "lost")
      .toSorted((a, b) => b.deal.changes.length - a.deal.changes.length)[0];
    if (won.length === 0 && nearest && over > earlyShare && !isFirstMonths) {
      turn(nearest.deal, catalogue, "won");
      won.push(nearest);
    }
    const sum = won.reduce((total, state) => total + amountOf(state), 0);
    if (sum > 0)
      scale(
        won.map(({ deal }) => deal),
        Math.min(mostScaled, Math.max(1 / mostScaled, goal / sum)),
      );
  }
}
