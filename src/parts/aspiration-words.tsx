import type { Child } from "hono/jsx";
import { money } from "./words.ts";

interface Props {
  /** "Your awesome", "Jonathan’s awesome". */
  title: string;
  words: string;
  /** Minor units of `currency`, of the year called `year`; the goal leads, the quota stands beside it. */
  goalMinor: number | undefined;
  quotaMinor: number | undefined;
  currency: string;
  year: string;
  /** What more is to say of it: the chance today, what moves it. */
  children?: Child;
}

/** A rep's own awesome, in their words, with the number it is. */
export function AspirationWords({ title, words, goalMinor, quotaMinor, currency, year, children }: Props) {
  return (
    <section class="sheet pad aspiration-words">
      <h2 class="label">{title}</h2>
      {words && <p class="say">“{words}”</p>}
      {goalMinor !== undefined && (
        <p class="small muted">
          That is {money(goalMinor, currency)} won in {year}
          {quotaMinor === undefined ? "" : `, ${besideQuota(goalMinor, quotaMinor)}`}.
        </p>
      )}
      {children}
    </section>
  );
}

/** "12 % above quota", "the quota". */
export function besideQuota(goalMinor: number, quotaMinor: number): string {
  if (quotaMinor === 0) return "with no quota to compare";
  const share = Math.round((goalMinor / quotaMinor - 1) * 100);
  if (share === 0) return "as much as the quota";
  return `${Math.abs(share)} % ${share > 0 ? "above" : "below"} quota`;
}
