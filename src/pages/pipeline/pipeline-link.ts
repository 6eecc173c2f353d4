import type { PipelineQuery } from "./pipeline-data.ts";

/** A link to the same pipeline with something else asked for; what is empty is left out, and the page begins anew. */
export function pipelineLink(
  asked: PipelineQuery,
  change: Partial<Record<keyof PipelineQuery, string | number>>,
  path = "/pipeline",
): string {
  const all: Record<string, unknown> = { ...asked, page: "", ...change };
  if (all.sort === "amount" && !asked.dir && !change.dir) all.sort = "";
  const query = new URLSearchParams(
    Object.entries(all).flatMap(([name, value]) => (value === "" || value === null || value === undefined ? [] : [[name, String(value)]])),
  );
  return query.size > 0 ? `${path}?${query}` : path;
}
