import type { Focus, Panel } from "../../domain/agendas/ready-made-kinds.ts";
import type { AgendaBalance } from "../../method/agenda-balance.ts";
import { cadenceOf, ruleFor } from "../../method/recurrence-rule.ts";
import { count } from "../../parts/words.ts";

/** What stands beside the talk while a section runs. */
export const panelWords: Record<Panel, string> = {
  none: "Nothing beside it",
  commitments: "Last promises",
  results: "Results against plan",
  new_opportunities: "New opportunities",
  prospects: "Prospects with their stories",
  opportunities: "Opportunities in motion",
  pipeline: "Pipeline by stage",
  practice: "Role-plays",
  working: "Working and not working",
  points: "Points from both",
  wrap_up: "Promises until next time",
};
export const panels = Object.keys(panelWords) as [Panel, ...Panel[]];

export const focusWords: Record<Focus, string> = { past: "Past", present: "Present", future: "Future" };
export const focuses = Object.keys(focusWords) as [Focus, ...Focus[]];

export const cadenceWords = {
  weekly: "Every week",
  "every 2 weeks": "Every 2 weeks",
  "every 3 weeks": "Every 3 weeks",
  monthly: "Once a month",
} as const;
export type CommonCadence = keyof typeof cadenceWords;
export const cadences = Object.keys(cadenceWords) as [CommonCadence, ...CommonCadence[]];

/** The rule of a cadence. One that says so already stays as it is, with its weekday. */
export function ruleOf(cadence: CommonCadence | "custom", before: string): string {
  if (cadence === "custom" || cadenceOf(before).cadence === cadence) return before;
  if (cadence === "monthly") return ruleFor("monthly", "MO");
  return cadence === "weekly" ? "FREQ=WEEKLY" : `FREQ=WEEKLY;INTERVAL=${cadence === "every 2 weeks" ? 2 : 3}`;
}

/** How often, without the weekday: that is the series' own. A rule beyond the common ones is shown as it is. */
export const howOften = (rrule: string): string => {
  const { cadence } = cadenceOf(rrule);
  return cadence === "custom" ? rrule : cadenceWords[cadence];
};

export const shareWords = ({ past, present, future }: AgendaBalance): string =>
  `Past ${past} % · present ${present} % · future ${future} %`;

/** "44 of 45 minutes are planned." */
export const planWords = ({ minutes, over }: AgendaBalance, length: number): string =>
  over > 0
    ? `${count(minutes, "minute")} planned in a one-on-one of ${length}: ${count(over, "minute")} too many.`
    : `${minutes} of ${count(length, "minute")} planned.`;

/** What a good agenda has and this one lacks, in a sentence each. */
export function adviceOn({ tooMuchPast, past, missing, over }: AgendaBalance): string[] {
  return [
    over > 0 ? "It will overrun every time. Shorten a section or make the one-on-one longer." : "",
    tooMuchPast ? `${past} % of the time looks back. Aim for 10 % at most, so that what comes next gets the time.` : "",
    missing.includes("commitments") ? "No section shows the last promises. Begin with what was promised and how it went." : "",
    missing.includes("wrap_up") ? "No section makes promises. End with what each will do by next time." : "",
  ].filter((line) => line !== "");
}
