import type { OwnedDeal } from "./closing-model.ts";
import type { Closed } from "./win-rates.ts";

/** How many deals each person won and lost; people without a closed deal are left out. */
export function closedOf(deals: readonly OwnedDeal[]): Closed[] {
  const closed = Map.groupBy(
    deals.filter(({ outcome }) => outcome !== "open"),
    ({ ownerId }) => ownerId,
  );
  return [...closed].map(([id, mine]) => {
    const won = mine.filter(({ outcome }) => outcome === "won").length;
    return { id, won, lost: mine.length - won };
  });
}
