import { aheadByOwner, type ClaimedAhead } from "../../domain/evidence/claimed-ahead.ts";
import { type DealGrade, prospectFacts } from "../../domain/evidence/prospect-facts.ts";
import type { VerifiedDeal } from "../../domain/evidence/verified-stages.ts";
import { type DealScope, type OpenDeal, openDeals } from "../../domain/opportunities/deal-list-queries.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { PipelineQuery } from "./pipeline-query.ts";

/** What the customers have given and what the rules say, of every open deal in scope. */
export interface DealFacts {
  deals: OpenDeal[];
  /** Empty where no sales process asks anything of the customer. */
  verified: Map<string, VerifiedDeal>;
  grades: Map<string, DealGrade>;
  /** Deals claimed further than the customer has paid for. */
  ahead: string[];
  byOwner: Map<string, ClaimedAhead>;
  /** Whether for how long they have been ahead is known. */
  isDated: boolean;
}

/** With more deals than these, only those of the page shown are verified and graded. */
export const mostVerified = 10_000;
/** With more deals than these it is not said for how long they have been ahead: that takes a look at each one's history. */
const mostDated = 1000;

export async function dealFacts(db: Db, ctx: Ctx, scope: DealScope): Promise<DealFacts> {
  const deals = await openDeals(db, scope);
  const isDated = deals.length <= mostDated;
  const { verified, grades } = await prospectFacts(db, ctx, { deals, at: scope.at, today: scope.ends.day, dated: isDated });
  const ahead = deals.flatMap(({ id }) => ((verified.get(id)?.aheadBy ?? 0) > 0 ? [id] : []));
  return {
    deals,
    verified,
    grades,
    ahead,
    isDated,
    byOwner: aheadByOwner({ ownerIds: scope.ownerIds, deals, verified, at: scope.at }),
  };
}

/** The deals that a filter by evidence or grade leaves; undefined when nothing is asked of either. */
export function wantedIds({ only, grade }: PipelineQuery, { deals, ahead, grades }: DealFacts): string[] | undefined {
  if (only !== "ahead" && grade === null) return undefined;
  const from = only === "ahead" ? ahead : deals.map(({ id }) => id);
  if (grade === null) return from;
  return from.filter((id) => (grades.get(id)?.grade ?? "none") === grade);
}

/** Numbers to sort by: the place of the verified stage, or A before B before C. */
export function ranksOf(
  { sort }: PipelineQuery,
  { verified, grades }: DealFacts,
  position: ReadonlyMap<string, number>,
): Map<string, number> | undefined {
  if (sort === "verified")
    return new Map([...verified].map(([id, { verifiedStageId, aheadBy }]) => [id, aheadBy * 1000 - (position.get(verifiedStageId) ?? 0)]));
  if (sort === "grade") return new Map([...grades].flatMap(([id, { grade }]) => (grade ? [[id, grade.charCodeAt(0)] as const] : [])));
  return undefined;
}
