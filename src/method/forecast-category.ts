/** How sure somebody is of an amount, surest first. */
export const forecastCategories = ["closed", "commit", "best case", "pipeline", "omitted"] as const;
export type ForecastCategory = (typeof forecastCategories)[number];

const names: Record<string, ForecastCategory> = {
  closed: "closed",
  closedwon: "closed",
  won: "closed",
  booked: "closed",
  commit: "commit",
  committed: "commit",
  commitment: "commit",
  commitforecast: "commit",
  bestcase: "best case",
  best: "best case",
  upside: "best case",
  mostlikely: "best case",
  pipeline: "pipeline",
  openpipeline: "pipeline",
  pipe: "pipeline",
  omitted: "omitted",
  omit: "omitted",
  notforecasted: "omitted",
};

/** The category a word of a CRM means; null when it means none. */
export function forecastCategory(words: string): ForecastCategory | null {
  const key = words.toLowerCase().replace(/[^a-z]/g, "");
  return Object.hasOwn(names, key) ? (names[key] ?? null) : null;
}
