import type { Estimate } from "../../method/estimate.ts";
import { bias, brier, calibrationError, intervalCover, rocArea, wape } from "../../method/forecast-scores.ts";
import { type Forecaster, forecasters, type RepMonth } from "./back-test.ts";

/** How one forecaster did: shares, 0 perfect, but for `area` and `cover`. */
export interface Scores {
  /** Weighted absolute error of the months of each rep, of each team, and of everybody together. */
  rep: Estimate<number>;
  team: Estimate<number>;
  everybody: Estimate<number>;
  /** Of all together: above 0 promised too much. */
  bias: Estimate<number>;
  /** Of the chances of reaching .8, 1 and 1.2 of the own trailing mean. */
  brier: Estimate<number>;
  calibration: Estimate<number>;
  area: Estimate<number>;
}

export interface BackTestScores {
  of: Record<Forecaster, Scores>;
  /** How often what came lay within the nominal 80 % interval of Kept. */
  cover: Estimate<number>;
  /** How many people's months. */
  months: number;
}

export function scoresOf(months: readonly RepMonth[]): BackTestScores {
  const of = Object.fromEntries(forecasters.map((forecaster) => [forecaster, scoresBy(months, forecaster)])) as Record<Forecaster, Scores>;
  return { of, cover: intervalCover(months), months: months.length };
}

function scoresBy(months: readonly RepMonth[], forecaster: Forecaster): Scores {
  const summed = (key: (one: RepMonth) => string) =>
    [...Map.groupBy(months, key).values()].map((group) => ({
      forecast: group.reduce((sum, { said }) => sum + said[forecaster], 0),
      actual: group.reduce((sum, { actual }) => sum + actual, 0),
    }));
  const reps = summed(({ month, ownerId }) => `${month} ${ownerId}`);
  const chances = months.flatMap((one) => one.chances[forecaster]);
  return {
    rep: wape(reps),
    team: wape(summed(({ month, teamId }) => `${month} ${teamId}`)),
    everybody: wape(summed(({ month }) => String(month))),
    bias: bias(reps),
    brier: brier(chances),
    calibration: calibrationError(chances),
    area: rocArea(chances),
  };
}
