import type { Cast, Person } from "./cast.ts";
import type { Catalogue, Stage } from "./catalogue.ts";
import { type Sale, salesOf, stateAt, wonIn } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { addMonths, firstOfMonth, randomFor, type Setting } from "./setting.ts";

/** Quotas by rep and month. */
export type Quotas = Map<string, Map<string, number>>;

const toHundreds = (minor: number): number => Math.max(500_00, Math.round(minor / 500_00) * 500_00);
/** What a new rep is asked for in the first months, of what they will be asked for in the end. */
const ramp = [0.2, 0.35, 0.5, 0.65, 0.8, 0.9];
const basis: Record<Person["profile"]["level"], number> = { new: 17_000_00, developing: 30_000_00, experienced: 48_000_00 };

function quotasOf(setting: Setting, rep: Person, sales: readonly Sale[]): Map<string, number> {
  const thisMonth = firstOfMonth(setting.today);
  const year = Array.from({ length: 14 }, (_, back) => addMonths(thisMonth, -1 - back));
  const average = year.reduce((sum, month) => sum + wonIn(sales, month), 0) / year.length;
  const settled = rep.profile.level === "new" ? basis.new : average * (rep.profile.story === "ahead" ? 0.66 : 0.86);
  const random = randomFor(`quota ${rep.key}`);
  const quotas = new Map<string, number>();
  const begin = firstOfMonth(rep.startedOn);
  for (let month = addMonths(thisMonth, -24), back = 24; month <= addMonths(thisMonth, 3); month = addMonths(month, 1), back--) {
    if (month < begin) continue;
    const inJob = quotas.size;
    const growth = 1 - 0.008 * back;
    const seasonal = month.slice(5, 7) === "12" ? 1.1 : month.slice(5, 7) === "08" ? 0.85 : 1;
    quotas.set(
      month,
      toHundreds(settled * growth * seasonal * (rep.profile.level === "new" ? (ramp[inJob] ?? 1) : 1) * random.between(0.97, 1.03)),
    );
  }
  return quotas;
}

/** The deal ended the other way on the same day. */
function turn(deal: Deal, { stages }: Catalogue, outcome: "won" | "lost"): void {
  const target = stages.find((stage) => stage.outcome === outcome) as Stage;
  const last = deal.changes.findLast(({ field }) => field === "stage");
  const category = deal.changes.findLast(({ field }) => field === "forecast_category");
  if (last) last.after = target.id;
  if (category) category.after = outcome === "won" ? "Closed" : "Omitted";
}

const endedIn = (deals: readonly Deal[], { stages }: Catalogue, month: string, outcome: "won" | "lost"): Deal[] =>
  deals.filter((deal) => {
    const state = stateAt(deal, stages, Infinity);
    return state?.stage.outcome === outcome && state.closeOn?.startsWith(month.slice(0, 7));
  });

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
    for (const month of months)
      for (const deal of endedIn(deals, catalogue, month, "won")) if (won(month) > plan(month) * 0.78) turn(deal, catalogue, "lost");
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
      tellStory(rep, own, catalogue, quotas, [addMonths(thisMonth, -2), addMonths(thisMonth, -1)]);
      return [rep.id, quotas];
    }),
  );
}

export function addQuotas({ rows }: Setting, quotas: Quotas): void {
  for (const [personId, months] of quotas)
    for (const [month, amount] of months) rows.add("quota", { person_id: personId, month, amount_minor: amount, currency: "USD" });
}
