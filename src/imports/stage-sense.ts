import { plainKey } from "../domain/imports/import-fields.ts";
import type { Lookups } from "../domain/imports/import-lookups.ts";
import type { Answers, Columns, Reading, SensedStage } from "../domain/imports/import-settings.ts";
import { stageNameIn } from "../domain/imports/plan-opportunities.ts";
import { guessOutcome } from "../domain/imports/read-outcome.ts";
import type { StageFacts, StagesSeen } from "./stage-facts.ts";
import type { Survey } from "./survey-rows.ts";

interface Seen {
  survey: Survey;
  columns: Columns;
  answers: Answers;
  reading: Reading;
  lookups: Lookups;
  /** The latest day in the file that has happened. */
  latestDay: string | null;
}

/** Each stage of the file that is not here yet: what it is taken for, why, and whether somebody should say. */
export function senseStages(seen: Seen): SensedStage[] {
  const { survey, lookups, answers } = seen;
  const here = new Set(lookups.stages.map(({ name }) => plainKey(name) || name));
  const sensed: SensedStage[] = [];
  for (const [name, facts] of survey.stagesSeen.stages) {
    const called = stageNameIn(name, answers);
    if (here.has(plainKey(called) || called)) continue;
    const said = answers.outcomes?.[name];
    const sense = said ? { outcome: said, isSure: true, why: "as was said" } : senseOf(called, facts, seen);
    sensed.push({ name, rows: facts.rows, examples: facts.examples, ...sense });
  }
  return sensed;
}

type Sense = Pick<SensedStage, "outcome" | "isSure" | "why">;
const sure = (outcome: SensedStage["outcome"], why = ""): Sense => ({ outcome, isSure: true, why });
const unsure = (outcome: SensedStage["outcome"], why: string): Sense => ({ outcome, isSure: false, why });

function senseOf(name: string, facts: StageFacts, { survey, columns, reading, latestDay }: Seen): Sense {
  const guess = guessOutcome(name);
  if (guess.isSure && guess.outcome !== "open") return sure(guess.outcome, "by its name");
  // A deal that is lost keeps the stage it was in: what stands beside the stage speaks of the deal, not of the stage.
  if (columns.status != null || columns.is_won != null || columns.won_on != null)
    return sure("open", "each row says itself whether it is won or lost");
  const likely = byProbability(facts, survey.stagesSeen);
  if (likely) return guess.outcome === likely.outcome ? sure(likely.outcome, likely.why) : likely;
  if (guess.outcome !== "open") return unsure(guess.outcome, "its name could mean that");
  if (!guess.isSure) return unsure(null, "its name says that it is over, not how it ended");
  return isAllPast(facts, reading, latestDay) ? unsure(null, "every close date in it has passed") : sure("open");
}

/** All or nothing in every row of it; a column that says the same of every stage tells nothing. */
function byProbability({ likely, rows }: StageFacts, { mostLikely, stages }: StagesSeen): Sense | null {
  if (likely.rows < rows) return null;
  const whole = mostLikely <= 1 ? 1 : 100;
  const differs = [...stages.values()].some(
    (one) => one.likely.rows > 0 && (one.likely.least !== likely.least || one.likely.most !== likely.most),
  );
  if (!differs) return null;
  if (likely.least === whole && mostLikely === whole) return unsure("won", "its probability is 100% in every row");
  return likely.most === 0 ? unsure("lost", "its probability is 0% in every row") : null;
}

const few = 3;

function isAllPast({ closes, rows }: StageFacts, reading: Reading, latestDay: string | null): boolean {
  const order = reading.dates.close_on ?? "dmy";
  return latestDay !== null && closes.rows >= few && closes.rows >= Math.min(rows, 200) && closes.latest[order] < latestDay;
}

/** What each stage of the file is taken for, by its name there. */
export const outcomesOf = (sensed: readonly SensedStage[]): ReadonlyMap<string, "open" | "won" | "lost"> =>
  new Map(sensed.map(({ name, outcome }) => [name, outcome ?? "open"]));
