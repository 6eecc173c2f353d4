import { addDays, mondayOf } from "../../method/days.ts";
import type { Cast, Person } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import { stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { addMonths, atHour, periodsOf, randomFor, type Setting } from "./setting.ts";

const weeksBack = 13;
const categoryOf: Record<string, "commit" | "best case" | "pipeline"> = {
  Commit: "commit",
  "Best case": "best case",
  Pipeline: "pipeline",
};

/** Each Monday every rep says what the quarter will bring, by category: their deals, as sure as they are of them. */
export function addForecasts(setting: Setting, catalogue: Catalogue, cast: Cast, deals: readonly Deal[]): void {
  const byOwner = Map.groupBy(deals, ({ owner }) => owner.id);
  const reps = [...cast.reps.values()].flat();
  for (let back = weeksBack; back >= 0; back--) {
    const asOf = addDays(mondayOf(setting.today), -7 * back);
    if (asOf > setting.today) continue;
    for (const rep of reps) if (rep.startedOn <= asOf) addOne(setting, catalogue, rep, byOwner.get(rep.id) ?? [], asOf);
  }
}

function addOne(setting: Setting, { stages }: Catalogue, rep: Person, deals: readonly Deal[], asOf: string): void {
  const { rows, now } = setting;
  const { quarter } = periodsOf(setting, asOf);
  const ends = addMonths(quarter, 3);
  const at = Math.min(atHour(setting, asOf, 9), now);
  const sums = { closed: 0, commit: 0, "best case": 0, pipeline: 0 };
  for (const deal of deals) {
    const state = stateAt(deal, stages, at);
    if (!state?.closeOn || state.closeOn < quarter || state.closeOn >= ends) continue;
    if (state.stage.outcome === "won") sums.closed += state.amountMinor ?? 0;
    const category = state.stage.outcome === "open" ? categoryOf[state.forecastCategory ?? ""] : undefined;
    if (category) sums[category] += state.amountMinor ?? 0;
  }
  const random = randomFor(`forecast ${rep.key} ${asOf}`);
  for (const [category, sum] of Object.entries(sums)) {
    const said = category === "closed" ? sum : Math.round((sum * random.aroundOne(rep.profile.vague)) / 500_00) * 500_00;
    rows.add("forecast", {
      person_id: rep.id,
      period_on: quarter,
      months: 3,
      category: category as keyof typeof sums,
      as_of: asOf,
      amount_minor: said,
      currency: "USD",
    });
  }
}
