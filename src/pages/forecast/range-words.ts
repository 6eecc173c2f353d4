/** How often a range is meant to hold. */
const meant = 0.8;
/** Within five points of it nobody is told anything, and within what chance does to so many ranges neither. */
const slack = 0.05;
const chance = 1.64;

/** What it means that so many ranges held so often; empty where they held about as often as meant. */
export function rangeMeans(held: number, of: number): string {
  const off = Math.max(slack, chance * Math.sqrt((meant * (1 - meant)) / Math.max(1, of)));
  if (held > meant + off) return "wider than needed here";
  return held < meant - off ? "too narrow here" : "";
}
