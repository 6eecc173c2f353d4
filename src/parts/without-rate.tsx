import { isAdmin, type Viewer } from "../platform/viewer.ts";
import { count, list } from "./words.ts";

/** Deals that no rate exchanges are named, never dropped in silence. */
export function WithoutRate({ leftOut, viewer }: { leftOut: readonly { currency: string; deals: number }[]; viewer: Viewer | null }) {
  if (leftOut.length === 0) return null;
  const deals = leftOut.reduce((sum, one) => sum + one.deals, 0);
  const named = leftOut.map(({ currency, deals: many }) => `${count(many, "deal")} in ${currency}`);
  return (
    <>
      {list(named)} {deals === 1 ? "has" : "have"} no rate and {deals === 1 ? "is" : "are"} left out.{" "}
      {viewer && isAdmin(viewer) ? (
        <a href="/set-up/money#rates" target="_top">
          Add a rate
        </a>
      ) : (
        "An admin can add one."
      )}
    </>
  );
}
