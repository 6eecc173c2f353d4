import { addDays } from "../../method/days.ts";
import type { Cast, Person } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Sale, salesOf, stateAt, wonIn } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { evenOutResults } from "./even-out-results.ts";
import { addMonths, firstOfMonth, periodsOf, randomFor, type Setting } from "./setting.ts";
import { turn } from "./turn-deal.ts";

/** Quotas by rep and month. */
export type Quotas = Map<string, Map<string, number>>;

const toHundreds = (minor: number): number => Math.max(500_00, Math.round(minor / 500_00) * 500_00);
/** What a new rep is asked for in the first months, of what they will be asked for in the end. */
const ramp = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9];
const basis: Record<Person["profile"]["level"], number> = { new: 17_000_00, developing: 30_000_00, experienced: 48_000_00 };

function quotasOf(setting: Setting, rep: Person, sales: readonly Sale[]): Map<string, number> {
  const thisMonth = firstOfMonth(setting.today);
  const lastMonth = addMonths(periodsOf(setting, setting.today).year, 11);
  const year = Array.from({ length: 12 }, (_, back) => addMonths(thisMonth, -1 - back));
  const average = year.reduce((sum, month) => sum + wonIn(sales, month), 0) / year.length;
  const settled = rep.profile.level === "new" ? basis.new : average * (rep.profile.story === "ahead" ? 0.68 : 0.95);
  const random = randomFor(`quota ${rep.key}`);
  const quotas = new Map<string, number>();
  const begin = firstOfMonth(addDays(rep.startedOn, 20));
  for (let month = addMonths(thisMonth, -24), back = 24; month <= lastMonth; month = addMonths(month, 1), back--) {
    if (month < begin) continue;
    const inJob = quotas.size;
    // Asked for more with every month until now; what is ahead was set at what is asked for today.
    const growth = 1 - 0.008 * Math.max(0, back);
    const seasonal = month.slice(5, 7) === "12" ? 1.1 : month.slice(5, 7) === "08" ? 0.85 : 1;
    quotas.set(
      month,
      toHundreds(settled * growth * seasonal * (rep.profile.level === "new" ? (ramp[inJob] ?? 1) : 1) * random.between(0.97, 1.03)),
    );
  }
  return quotas;
}

const endedIn = (deals: readonly Deal[], { stages }: Catalogue, month: string, outcome: "won" | "lost"): Deal[] =>
  deals.filter((deal) => {
    const state = stateAt(deal, stages, Infinity);
    return state?.stage.outcome === outcome && state.closeOn?.startsWith(month.slice(0, 7));
  });

/** Loses sales of that month until it is clearly short, and not empty where that can be helped. */
function fallShort(deals: readonly Deal[], catalogue: Catalogue, month: string, plan: number): void {
  const won = () => wonIn(salesOf(deals, catalogue), month);
  const sizeOf = (deal: Deal) => stateAt(deal, catalogue.stages, Infinity)?.amountMinor ?? 0;
  const sales = endedIn(deals, catalogue, month, "won").sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const deal of sales) if (won() > plan * 0.78 && won() - sizeOf(deal) > plan * 0.3) turn(deal, catalogue, "lost");
  for (const deal of sales) if (won() > plan * 0.9) turn(deal, catalogue, "lost");
}

/** One rep has missed the last two months, one is far ahead, and nobody else has missed both. */
function tellStory(
  rep: Person,
  deals: readonly Deal[],
  catalogue: Catalogue,
  quotas: ReadonlyMap<string, number>,
  months: readonly [string, string],
): void {
  const won = (month: string) => wonIn(salesOf(deals, catalogue), month);
  const plan = (month: string) => quotas.get(month) ?? 0;
  if (rep.profile.story === "behind") {
    for (const month of months) fallShort(deals, catalogue, month, plan(month));
    return;
  }
  if (months.some((month) => won(month) >= plan(month))) return;
  const last = months[1];
  for (const deal of endedIn(deals, catalogue, last, "lost")) if (won(last) < plan(last)) turn(deal, catalogue, "won");
}

/** Sets every rep's quotas by their own past, and bends the last two months where a story wants it. */
export function planQuotas(setting: Setting, catalogue: Catalogue, cast: Cast, deals: readonly Deal[]): Quotas {
  const thisMonth = firstOfMonth(setting.today);
  const byOwner = Map.groupBy(deals, ({ owner }) => owner.id);
  return new Map(
    [...cast.reps.values()].flat().map((rep) => {
      const own = byOwner.get(rep.id) ?? [];
      const quotas = quotasOf(setting, rep, salesOf(own, catalogue));
      evenOutResults(setting, rep, own, catalogue, quotas);
      tellStory(rep, own, catalogue, quotas, [addMonths(thisMonth, -2), addMonths(thisMonth, -1)]);
      return [rep.id, quotas];
    }),
  );
}

/** Every rep's; a team's quota is what its reps are asked for together, and needs no row. */
export function addQuotas({ rows }: Setting, quotas: Quotas): void {
  for (const [personId, months] of quotas)
    for (const [month, amount] of months) rows.add("quota", { person_id: personId, month, amount_minor: amount, currency: "USD" });
}
