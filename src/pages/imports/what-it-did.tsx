import type { Run } from "../../domain/imports/import-settings.ts";
import type { RunSample } from "../../domain/imports/run-samples.ts";
import { canUndo } from "../../domain/imports/undo-import.ts";
import { changeWords } from "../../parts/deal-words.ts";
import { count, dayIn, fullDay, money, timeIn } from "../../parts/words.ts";

export interface RunPeople {
  startedBy: string | null;
  undoneBy: string | null;
}

const n = (value: number) => value.toLocaleString("en-US");

/** The rows of the file as a sum: nothing is dropped. */
export function RowSum({ run }: { run: Run }) {
  return (
    <p>
      {count(run.rowsTotal, "row")} in the file = {n(run.rowsNew)} new + {n(run.rowsChanged)} changed + {n(run.rowsSame)} unchanged +{" "}
      {n(run.rowsFailed)} left out and listed.
    </p>
  );
}

const fields: Record<string, string> = { ...changeWords, made: "New deal" };

interface SamplesProps {
  samples: readonly RunSample[];
  /** Deals the reader may open. */
  visible: ReadonlySet<string>;
  currency: string;
}

export function Samples({ samples, visible, currency }: SamplesProps) {
  if (samples.length === 0) return null;
  return (
    <section class="stack tight" aria-labelledby="samples">
      <h2 id="samples">Some of what it did</h2>
      <div class="sheet scroll" tabindex={0} role="region" aria-label="Deals and what became of them">
        <table>
          <thead>
            <tr>
              <th scope="col">Deal</th>
              <th scope="col">What</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Day</th>
            </tr>
          </thead>
          <tbody>
            {samples.map((sample) => (
              <tr>
                <td>
                  {visible.has(sample.opportunityId) ? <a href={`/opportunities/${sample.opportunityId}`}>{sample.name}</a> : sample.name}
                </td>
                <td>{fields[sample.field] ?? sample.field}</td>
                <td>
                  {sample.field === "made"
                    ? "not here before"
                    : valueWords(sample.field, sample.before, sample.currencyBefore ?? sample.currency ?? currency)}
                </td>
                <td>
                  {sample.field === "made"
                    ? `in the stage ${sample.after}`
                    : valueWords(sample.field, sample.after, sample.currency ?? currency)}
                </td>
                <td class="nowrap">{fullDay(sample.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function valueWords(field: string, value: string | null, currency: string): string {
  if (value === null) return field === "vanished" ? "in it" : "none";
  if (field === "amount") return money(Number(value), currency);
  if (field === "close_on") return fullDay(value);
  if (field === "vanished") return `since ${fullDay(value.slice(0, 10))}`;
  return value;
}

/** Taking a run back: behind a fold, because it is seldom wanted. */
export function TakeBack({ run }: { run: Run }) {
  if (run.state !== "applied" || !canUndo(run.what)) return null;
  if (!run.isRemembered) return <p class="muted">This import is older than Kept’s memory of what imports did. It cannot be taken back.</p>;
  return (
    <details class="sheet pad">
      <summary>
        <h2>Take this import back</h2>
      </summary>
      <div class="stack tight import-reading">
        <p>
          {run.what === "people"
            ? "The people it made go, and those it changed are as before. It is refused when one of them has signed in or has work in Kept, such as deals, quotas or one-on-ones, or has changed since."
            : "What it made goes, what it changed is as before, and every day reads as if it had not been. People it was matched to stay. It is refused when a later import, or somebody’s own work, builds on it."}
        </p>
        <form method="post" action={`/imports/${run.id}/undo`}>
          <button class="btn">Take it back</button>
        </form>
      </div>
    </details>
  );
}

export function Undone({ run, undoneBy, zone }: { run: Run; undoneBy: string | null; zone: string }) {
  const at = run.undoneAt;
  return (
    <p class="notice">
      Taken back{undoneBy ? ` by ${undoneBy}` : ""}
      {at ? ` on ${fullDay(dayIn(at, zone))}, ${timeIn(at, zone)}` : ""}. Nothing of it is left but this page.
    </p>
  );
}
