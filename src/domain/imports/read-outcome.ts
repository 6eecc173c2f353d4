import { plainKey } from "./import-fields.ts";

export type Outcome = "open" | "won" | "lost";

const won = new Set(["won", "closedwon", "dealwon", "gewonnen", "gagne", "gagnee", "ganado", "ganada", "vinto", "ganho", "win"]);
const lost = new Set([
  "lost",
  "closedlost",
  "deallost",
  "verloren",
  "perdu",
  "perdue",
  "perdido",
  "perdida",
  "perso",
  "closeddead",
  "dead",
]);
const known = new Map<string, Outcome>();

/** What a stage or status means by its name alone. */
export function outcomeOf(name: string): Outcome {
  let outcome = known.get(name);
  if (outcome === undefined) {
    const key = plainKey(name);
    outcome = won.has(key) ? "won" : lost.has(key) ? "lost" : "open";
    if (known.size < 1000) known.set(name, outcome);
  }
  return outcome;
}
