import type { Refusal } from "../method/estimate.ts";
import { count } from "./words.ts";

/** Why there is no number, for a reader: what there is too little of, and what can be done about it. */
export interface RefusalWords {
  what: string;
  todo: string;
}

const all = (n: number, unit: string): string => `${n.toLocaleString("en-US")} ${n === 1 ? unit.replace(/s\b/, "") : unit}`;

export function refusalWords({ lack, have, need, unit }: Refusal): RefusalWords {
  if (unit === "days until then")
    return {
      what: `${count(have, "day is", "days are")} left, and half of the deals won here take at least ${count(need, "day")}: nothing found from today on comes in time.`,
      todo: "Work on what is open already.",
    };
  if (lack === "history")
    return {
      what: `Not enough history: ${all(have, unit)}, ${need} needed.`,
      todo: `Bring older closed deals from the CRM, or wait ${count(Math.max(1, need - have), "day")}: the numbers then come by themselves.`,
    };
  if (unit.startsWith("open deals that") || unit.startsWith("deals that"))
    return { what: "No open deal can still be won by then.", todo: "Look at the days the deals are expected to close, or find new ones." };
  if (lack === "deals")
    return { what: `Not enough open deals: ${have}, ${need} needed.`, todo: "Find more, or see whether the CRM’s last export is here." };
  if (lack === "outcomes")
    return {
      what: `Not enough closed deals: ${have}, ${need} needed.`,
      todo: "Bring older won and lost deals from the CRM, or wait until more are decided.",
    };
  if (lack === "wins") return { what: `Not enough ${unit}: ${have}, ${need} needed.`, todo: "It comes with the next wins." };
  if (lack === "a way there")
    return { what: `Ten percent better at everything makes ${have} % of today; it takes ${need} %.`, todo: "Look at the goal again." };
  return { what: `Not enough ${lack}: ${all(have, unit)}, ${need} needed.`, todo: "It comes with time." };
}
