import { type Estimate } from "./estimate.ts";
import { type LeverSteps, changesOf, gainOfOne } from "./lever-steps.ts";
import { type Baseline, type Gain, gainOf, type Lever, levers, type Range } from "./levers.ts";
import { minorUnits } from "./minor-units.ts";

/** The words of the small gains: the page and the sliders in it say the same, without a request. */

const locale = "en-US";
const formats = new Map<string, Intl.NumberFormat>();

/** To the whole unit: "$35,150". */
export function inMoney(minor: number, currency: string): string {
  let format = formats.get(currency);
  if (!format) formats.set(currency, (format = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 })));
  return format.format(Math.round(minor / minorUnits(currency)));
}

/** To about three figures, as a range cannot be told more exactly: "$18,900". */
function roughly(minor: number, currency: string): string {
  const unit = minorUnits(currency);
  const units = minor / unit;
  const grain = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(units)))) - 2);
  return inMoney(Math.round(units / grain) * grain * unit, currency);
}

export const rangeWords = ({ low, high }: Range, currency: string): string => `${roughly(low, currency)} to ${roughly(high, currency)}`;

const oneDigit = (n: number): string => n.toLocaleString(locale, { maximumFractionDigits: 1 });

/** What a lever comes to after so many steps: "17 → 18", "62 → 63 %", "+1 %", "48 → 47 days". */
export function leverSays(lever: Lever, steps: number, { opportunitiesAMonth, winChance, cycleDays }: Baseline): string {
  const [chance, days] = [Math.round(winChance * 100), Math.round(cycleDays)];
  if (lever === "opportunities")
    return steps === 0 ? oneDigit(opportunitiesAMonth) : `${oneDigit(opportunitiesAMonth)} → ${oneDigit(opportunitiesAMonth + steps)}`;
  if (lever === "win chance") return steps === 0 ? `${chance} %` : `${chance} → ${chance + steps} %`;
  if (lever === "deal size") return steps === 0 ? "as now" : `+${steps} %`;
  return steps === 0 ? `${days} days` : `${days} → ${days - steps} days`;
}

/** What so many steps of one lever are worth a year, and the range. */
export function worthWords(lever: Lever, steps: number, baseline: Baseline, currency: string): { worth: string; range: string } {
  const gain = gainOfOne(lever, steps, baseline);
  if (!gain.known) return { worth: "–", range: "" };
  return { worth: inMoney(gain.value.revenue.mid, currency), range: steps === 0 ? "" : rangeWords(gain.value.revenue, currency) };
}

export interface TogetherWords {
  /** "+14.6 %" */
  share: string;
  /** "$34,020 a year" */
  money: string;
  /** "$29,300 to $39,000" */
  range: string;
  /** "$2,720 in commission", or empty where no rate is known. */
  commission: string;
  assumesTimeIsUsed: boolean;
}

/** What all of it is worth together: more than one by one. Null where there is nothing to multiply. */
export function togetherWords(steps: LeverSteps, baseline: Baseline, currency: string): TogetherWords | null {
  const gain: Estimate<Gain> = gainOf(baseline, changesOf(steps, baseline));
  if (!gain.known) return null;
  const { multiplier, revenue, commission, assumesTimeIsUsed } = gain.value;
  return {
    share: `+${oneDigit((multiplier - 1) * 100)} %`,
    money: `${inMoney(revenue.mid, currency)} a year`,
    range: rangeWords(revenue, currency),
    commission: commission ? `${inMoney(commission.mid, currency)} in commission` : "",
    assumesTimeIsUsed,
  };
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const inWords = (n: number): string => numbers[n] ?? String(n);

/** "one more opportunity a month and two points of win rate"; empty without a step. */
export function stepsInWords(steps: LeverSteps): string {
  const words: Record<Lever, (n: number) => string> = {
    opportunities: (n) => `${inWords(n)} more ${n === 1 ? "opportunity" : "opportunities"} a month`,
    "win chance": (n) => `${inWords(n)} ${n === 1 ? "point" : "points"} of win rate`,
    "deal size": (n) => `${n} % larger deals`,
    cycle: (n) => `${inWords(n)} ${n === 1 ? "day" : "days"} off the cycle`,
  };
  const said = levers.filter((lever) => steps[lever] > 0).map((lever) => words[lever](steps[lever]));
  return said.length < 2 ? (said[0] ?? "") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}
