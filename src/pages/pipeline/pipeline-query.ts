import { z } from "zod";
import { concerns, dealSorts } from "../../domain/opportunities/deal-list-queries.ts";
import { horizons } from "../../method/horizons.ts";
import { textAsked } from "../../parts/asked.ts";

/** Everything that can be asked of the Pipeline page: all of it stands in its address. */
const query = z.object({
  asOf: z.string().default(""),
  rep: z.string().default(""),
  manager: z.string().default(""),
  /** A leader's list of every deal below, or the totals against quota, instead of totals by manager. */
  view: z.enum(["", "deals", "targets"]).catch(""),
  stage: z.uuid().nullable().catch(null),
  horizon: z.enum(horizons).nullable().catch(null),
  only: z.enum(concerns).nullable().catch(null),
  grade: z.enum(["A", "B", "C", "none"]).nullable().catch(null),
  q: z.string().optional().transform(textAsked).catch(""),
  sort: z.enum(dealSorts).catch("amount"),
  dir: z.enum(["asc", "desc"]).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type PipelineQuery = z.output<typeof query>;

export const readPipelineQuery = (raw: Record<string, string>): PipelineQuery => query.parse(raw);

const downward = new Set(["amount", "changed", "age", "slips", "verified"]);
export const isDescending = ({ sort, dir }: PipelineQuery): boolean => (dir ?? (downward.has(sort) ? "desc" : "asc")) === "desc";

/** Does the address narrow the list down, beyond whose deals it shows? */
export const isFiltered = ({ q, stage, horizon, only, grade }: PipelineQuery): boolean =>
  q !== "" || [stage, horizon, only, grade].some((one) => one !== null);

/** A link to the same pipeline with something else asked for; what is empty is left out, and the page begins anew. */
export function pipelineLink(
  asked: PipelineQuery,
  change: Partial<Record<keyof PipelineQuery, string | number | null>>,
  path = "/pipeline",
): string {
  const all: Record<string, unknown> = { ...asked, page: "", ...change };
  if (all.sort === "amount" && !all.dir) all.sort = "";
  const search = new URLSearchParams(
    Object.entries(all).flatMap(([name, value]) => (value === "" || value === null || value === undefined ? [] : [[name, String(value)]])),
  );
  return search.size > 0 ? `${path}?${search}` : path;
}
