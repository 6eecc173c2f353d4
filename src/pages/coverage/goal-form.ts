import { z } from "zod";
import type { ProposedGoal } from "../../domain/commitments/propose-goal.ts";
import { leverSays, stepsInWords, worthWords } from "../../method/gain-words.ts";
import { mostSteps, noSteps } from "../../method/lever-steps.ts";
import { type Lever, levers } from "../../method/levers.ts";
import { type GoalHorizon, goalHorizons } from "../../method/fiscal-calendar.ts";
import { longDay, shortMoney } from "../../parts/words.ts";
import { addDays } from "../../method/days.ts";
import { type CoverageData, isFindable, type ShownHorizon } from "./coverage-data.ts";
import { findingWords, horizonInWords, mostOpenMore, own, type Who } from "./coverage-words.ts";

/** What the goal is made of: a gap of a horizon, or a lever. All of it stands in the address. */
export interface GoalSource {
  gap: GoalHorizon | null;
  lever: Lever | null;
  /** Of the lever. */
  steps: number;
}

const source = z.object({
  gap: z.enum(goalHorizons).nullable().catch(null),
  lever: z.enum(levers).nullable().catch(null),
  steps: z.coerce.number().int().min(1).max(1000).catch(1),
});
export const goalSource = (raw: Record<string, unknown>): GoalSource =>
  source.parse({ gap: raw.gap ?? null, lever: raw.lever ?? null, steps: raw.steps });

export interface OfferedGoal {
  words: string;
  /** Null: by the end of the quarter of a lever, else by the next one-on-one. */
  dueOn: string | null;
  hangsOn: ProposedGoal["hangsOn"];
  hangsWords: string;
}

/** The words of a goal out of the figures, to be changed before they are put to the rep. */
export function offeredGoal(source: GoalSource, data: CoverageData, who: Who): OfferedGoal {
  return source.lever ? leverGoal(source, data) : gapGoal(source, data, who);
}

const nothing: OfferedGoal = { words: "", dueOn: null, hangsOn: "pipeline gap", hangsWords: "" };

/** A lever, so many steps of it. */
function leverGoal({ lever, steps }: GoalSource, { numbers, commissionRate }: CoverageData): OfferedGoal {
  if (!lever || !numbers?.baseline.known) return nothing;
  const baseline = { ...numbers.baseline.value, commissionRate };
  const many = Math.min(steps, mostSteps(lever, baseline));
  const words = stepsInWords({ ...noSteps, [lever]: many });
  const { worth } = worthWords(lever, many, baseline, numbers.currency);
  return {
    words: `${words.replace(/^./, (first) => first.toUpperCase())}${lever === "opportunities" || lever === "deal size" ? "" : `: ${leverSays(lever, many, baseline)}`}`,
    dueOn: null,
    hangsOn: lever === "opportunities" ? "pipeline gap" : "skill",
    hangsWords: `worth ${worth} a year`,
  };
}

function gapGoal({ gap }: GoalSource, { horizons, made, numbers }: CoverageData, who: Who): OfferedGoal {
  const shown = horizons.find(({ horizon }) => horizon === gap);
  const words = shown && made && numbers ? findingWords(shown, made.asOf, who) : null;
  if (!shown?.goal?.finding.known || !words || !numbers || !made) return nothing;
  const { toFindMinor, by } = shown.goal.finding.value;
  if (!isFindable(shown)) return beyondGoal(shown, numbers.currency, who);
  const pace = words.pace ? `, ${words.pace}` : "";
  return {
    words: `Find ${words.goal}${pace}`,
    dueOn: by,
    hangsOn: "pipeline gap",
    hangsWords: `${shortMoney(toFindMinor, numbers.currency)} to find for ${own(who)} ${horizonInWords(shown).replace(/^the /, "")}`.slice(
      0,
      500,
    ),
  };
}

/** Where finding alone does not close the gap: more of what is open, as far as that can be asked, else what to change. */
function beyondGoal(shown: ShownHorizon, currency: string, who: Who): OfferedGoal {
  const finding = shown.goal?.finding.known ? shown.goal.finding.value : null;
  const rest = shortMoney(finding?.restMinor ?? 0, currency);
  const isAskable = finding?.openMore != null && finding.openMore <= mostOpenMore;
  const when = horizonInWords(shown);
  return {
    words: isAskable
      ? `Bring ${rest} more than expected from what is open, by ${longDay(addDays(shown.figures.until, -1))}`
      : `Choose how the ${rest} still missing for ${when} comes in: more deals won, larger deals, or another goal`,
    dueOn: isAskable ? addDays(shown.figures.until, -1) : null,
    hangsOn: "pipeline gap",
    hangsWords: `${rest} that open deals and the usual finding leave for ${own(who)} ${when.replace(/^the /, "")}`.slice(0, 500),
  };
}

export const goalForm = z.object({
  id: z.uuid(),
  words: z.string().trim().min(1, "Say what it is, in a few words.").max(2000, "Use at most 2,000 characters."),
  due_on: z.iso.date("That day does not exist. Pick one from the calendar."),
});
