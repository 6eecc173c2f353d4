import type { OwnedDeal } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { seededRandom } from "../../src/method/seeded-random.ts";

/** The first day of the made history. */
export const began = dayNumber("2025-01-01");

interface Wanted {
  people?: number;
  days?: number;
  /** New deals of each person a day. */
  newADay?: number;
  seed?: number;
}

/**
 * A history in which every deal is won on any day with chance .01, lost with .01, up to its 120th day, and open for ever after;
 * each is worth 1000.00.
 */
export function madeDeals({ people = 8, days = 400, newADay = 0.5, seed = 1 }: Wanted = {}): OwnedDeal[] {
  const random = seededRandom(seed);
  const deals: OwnedDeal[] = [];
  for (let day = 0; day < days; day++)
    for (let person = 0; person < people; person++)
      for (let left = random.poisson(newADay); left > 0; left--)
        deals.push(lived(random.uniform, `rep ${person}`, began + day, began + days));
  return deals;
}

function lived(uniform: () => number, ownerId: string, createdOn: number, end: number): OwnedDeal {
  for (let age = 0; age <= 120 && createdOn + age < end; age++) {
    const drawn = uniform();
    if (drawn >= 0.02) continue;
    const outcome = drawn < 0.01 ? "won" : "lost";
    return { ownerId, createdOn, endedOn: createdOn + age, outcome, openMinor: 100_000, wonMinor: outcome === "won" ? 100_000 : 0 };
  }
  return { ownerId, createdOn, endedOn: null, outcome: "open", openMinor: 100_000, wonMinor: 0 };
}
