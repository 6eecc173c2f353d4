import { type Commitment, goalsInHand } from "../../domain/commitments/commitment-queries.ts";
import { type PersonHead, personHead } from "../../domain/people/person-head-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { type NumbersThen, type StoredNumbers, storedNumbers } from "../../domain/numbers/stored-numbers-queries.ts";
import type { HorizonFigures, PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import type { Refusal } from "../../method/estimate.ts";
import { type GoalHorizon, goalHorizons } from "../../method/fiscal-calendar.ts";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";

/** One horizon as it is shown: against the rep's own goal where the viewer may see one, else against quota. */
export interface ShownHorizon {
  horizon: GoalHorizon;
  figures: HorizonFigures;
  /** Null where nobody set one. */
  goal: HorizonFigures["goal"];
  isOwn: boolean;
  /** The quota beside an own goal. */
  quotaMinor: number | null;
}

export interface CoverageData {
  head: PersonHead;
  stored: StoredNumbers;
  /** The stored row shown, its day and when it was made; null while there is none. */
  made: NumbersThen | null;
  /** Null while there are none, or where they are refused as a whole. */
  numbers: PersonNumbers | null;
  refusal: Refusal | null;
  horizons: ShownHorizon[];
  /** Share of what is won; null where none is set, or not for the viewer to see. */
  commissionRate: number | null;
  /** Coaching goals in hand; none for anybody outside the pair. */
  goals: Commitment[];
}

export async function coverageData(ctx: Ctx, id: string | undefined): Promise<CoverageData> {
  return ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, id);
    if (!person.roles.includes("rep") || (person.standing === "admin" && !person.isInTree)) throw new NotFound("This page");
    await recordReading(db, ctx, person, "coverage");
    const stored = (await storedNumbers(db, ctx.viewer.orgId, [person.id])).get(person.id) ?? { quota: null, goal: null, dueSince: null };
    return {
      head: await personHead(db, ctx, person),
      stored,
      ...shown(stored),
      commissionRate: null,
      goals: await goalsInHand(db, ctx.viewer.orgId, person.id),
    };
  });
}

function shown({ quota, goal }: StoredNumbers): Pick<CoverageData, "made" | "numbers" | "refusal" | "horizons"> {
  const made = goal ?? quota;
  if (!made) return { made, numbers: null, refusal: null, horizons: [] };
  if (!made.numbers.known) return { made, numbers: null, refusal: made.numbers.refusal, horizons: [] };
  const numbers = made.numbers.value;
  const byQuota = quota?.numbers.known ? quota.numbers.value : null;
  const horizons = goalHorizons.map((horizon): ShownHorizon => {
    const own = goal ? numbers.horizons[horizon] : null;
    const asked = byQuota?.horizons[horizon] ?? null;
    const isOwn = own?.goal != null;
    const figures = (isOwn ? own : asked) ?? numbers.horizons[horizon];
    return { horizon, figures, goal: figures.goal, isOwn, quotaMinor: asked?.goal?.goalMinor ?? null };
  });
  return { made, numbers, refusal: null, horizons };
}

/** The farthest horizon for which something has to be found. */
export const toFind = (horizons: readonly ShownHorizon[]): ShownHorizon | undefined =>
  horizons.findLast(({ goal }) => goal?.finding.known && goal.finding.value.opportunities > 0);
