/** A range meant to hold four times in five, told within five points of it. */
const [least, most] = [0.75, 0.85];

/** What it means that ranges held so often; empty where they held about as often as meant. */
export function rangeMeans(held: number): string {
  if (held > most) return "wider than needed here";
  return held < least ? "too narrow here" : "";
}
