import type { SeriesPreview } from "../../domain/series/preview-series.ts";
import { shortDay, timeIn, weekday } from "../../parts/words.ts";

interface Props {
  previews: SeriesPreview[];
  names: Map<string, string>;
  viewerZone: string;
  zone: string;
}

/** The next five dates of what is in the form, with what is in their way. */
export function Dates({ previews, names, viewerZone, zone }: Props) {
  return (
    <section class="sheet pad dates" id="dates" aria-label="The next dates" aria-live="polite">
      <h2>The next five dates</h2>
      {previews.length === 0 && <p class="muted small">Fill in who and when, and the dates appear here.</p>}
      {previews.map(({ repId, localTime, dates }) => (
        <div>
          {previews.length > 1 && (
            <h3>
              {names.get(repId)}, {localTime}
            </h3>
          )}
          {dates.length === 0 && <p class="small late">This rule gives no date in the next four years.</p>}
          <ol>
            {dates.map(({ on, start, off, holidays, clash }) => (
              <li>
                {weekday(on)} {shortDay(on)}, {localTime}
                {zone !== viewerZone && <span class="muted"> ({timeIn(start, viewerZone)} your time)</span>}
                {off.length > 0 && <span class="late"> · {off.map((id) => names.get(id) ?? "you").join(" and ")} off that day</span>}
                {holidays.map(({ name, personIds }) => (
                  <span class="late"> · {personIds.length > 1 ? name : `${name} for ${names.get(personIds[0] ?? "") ?? "you"}`}</span>
                ))}
                {clash && (
                  <span class="late">
                    {" "}
                    · overlaps {clash.kindName} with {clash.otherName}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
