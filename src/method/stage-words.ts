import type { VerifiedStage } from "./verified-stage.ts";

type Standing = Pick<VerifiedStage, "verifiedName" | "aheadBy" | "isBacked" | "inProcess" | "wasInProcess">;

/** The name of a stage claimed, and whether the sales process still has it: "Demo (no longer in the process)". */
export function stageName(claimed: string, standing: "in" | "former" | "never" | Standing | undefined): string {
  const how = typeof standing === "object" ? (standing.inProcess ? "in" : standing.wasInProcess ? "former" : "never") : (standing ?? "in");
  if (how === "in") return claimed;
  return `${claimed} (${how === "former" ? "no longer in the process" : "not in the process"})`;
}

/** Claimed and verified in running words: "Proposal, verified: Qualified"; claimed alone where nothing is asked of the customer. */
export function stageWords(claimed: string, verified: Standing | undefined): string {
  if (!verified) return claimed;
  const name = stageName(claimed, verified);
  if (verified.aheadBy === 0 && verified.inProcess) return verified.isBacked ? `${name}, verified` : name;
  return `${name}, verified: ${verified.verifiedName}`;
}

/** "Missing: Customer sent the data we asked for, and 2 more." */
export function missingWords({ missing }: Pick<VerifiedStage, "missing">): string {
  const [first, ...more] = missing;
  if (!first) return "";
  return `Missing: ${first.words}${more.length > 0 ? `, and ${more.length} more` : ""}.`;
}
