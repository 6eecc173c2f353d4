import { refusalWords } from "../../parts/refusal-words.ts";
import { ordinal } from "../../parts/words.ts";
import type { ResultsData } from "./results-data.ts";

/** The rep's own place, where the organisation uses ranks: last on the page, as a range, and nobody else's. */
export function RankPart({ data: { place, figures } }: { data: ResultsData }) {
  if (!place) return null;
  const year = figures.periods.find(({ horizon }) => horizon === "year")?.period.label ?? "the year";
  return (
    <section class="sheet pad stack tight" aria-labelledby="rank">
      <h2 id="rank">Your place</h2>
      {place.known ? (
        <>
          <p>
            <b>
              {place.value.best === place.value.worst
                ? ordinal(place.value.best)
                : `${ordinal(place.value.best)} to ${ordinal(place.value.worst)}`}{" "}
              of {place.value.among}
            </b>{" "}
            who have the same manager, by what was won in {year} so far.
          </p>
          <p class="small muted">
            Counted to the cent you stand {ordinal(place.value.place)}. Chance alone moves that place: were the same months to come again,
            it would lie in this range four times in five. Only you see it, and you see nobody else’s.
          </p>
        </>
      ) : (
        <p>Cannot tell yet. {refusalWords(place.refusal).what} A place from fewer would be chance.</p>
      )}
    </section>
  );
}
