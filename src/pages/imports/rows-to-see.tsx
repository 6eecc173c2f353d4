import type { FailedRow, RowReason } from "../../domain/imports/import-run-store.ts";
import type { Run } from "../../domain/imports/import-settings.ts";
import { count } from "../../parts/words.ts";

interface Props {
  run: Run;
  rows: FailedRow[];
  reasons: RowReason[];
  /** Line after which the list of rows begins. */
  after: number;
  pageSize: number;
}

/** Rows that were left out, or go in with a remark: each reason once where many share it, then row by row. */
export function RowsToSee({ run, rows, reasons, after, pageSize }: Props) {
  if (rows.length === 0 && after === 0) return null;
  const shown = rows.slice(0, pageSize);
  const isGrouped = after === 0 && reasons.some(({ rows: n }) => n >= few) && reasons.length * 2 <= run.rowsFailed;
  const hasWarned = shown.some(({ outcome }) => outcome === "warned");
  return (
    <section class="stack tight" id="rows" aria-labelledby="rows-head">
      <div class="spread">
        <h2 id="rows-head">
          {run.rowsFailed > 0 ? `${count(run.rowsFailed, "row")} left out` : "Rows to look at"}
          {hasWarned && run.rowsFailed > 0 ? ", and some to look at" : ""}
        </h2>
        <a class="btn" href={`/imports/${run.id}/rows.csv`} data-turbo="false">
          Download them with reasons
        </a>
      </div>
      <PeopleFirst run={run} reasons={reasons} />
      {isGrouped && <Reasons reasons={reasons} />}
      {isGrouped ? (
        <details>
          <summary>The rows themselves</summary>
          <TheRows run={run} rows={rows} pageSize={pageSize} />
        </details>
      ) : (
        <TheRows run={run} rows={rows} pageSize={pageSize} />
      )}
    </section>
  );
}

function TheRows({ run, rows, pageSize }: Pick<Props, "run" | "rows" | "pageSize">) {
  const shown = rows.slice(0, pageSize);
  return (
    <>
      <div class="sheet scroll" tabindex={0} role="region" aria-label="Rows left out, with reasons">
        <table>
          <thead>
            <tr>
              <th scope="col" class="num">
                Line
              </th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
              <th scope="col">The row</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, outcome, reason, cells }) => (
              <tr>
                <td class="num">{line}</td>
                <td>{valueIn(reason)}</td>
                <td>
                  {outcome === "warned" && <span class="tag watch">{run.state === "checked" ? "Goes in" : "Taken in"}</span>}{" "}
                  {sentence(reason)}
                </td>
                <td class="muted">{cells.filter(Boolean).slice(0, 6).join(" · ").slice(0, 120)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > pageSize && (
        <p>
          <a class="btn" href={`/imports/${run.id}?after=${shown.at(-1)?.line ?? 0}#rows`}>
            Further rows
          </a>
        </p>
      )}
    </>
  );
}

const few = 5;

/** A reason that many rows share is said once. */
function Reasons({ reasons }: { reasons: RowReason[] }) {
  return (
    <div class="sheet scroll" tabindex={0} role="region" aria-label="Reasons, with how many rows have each">
      <table>
        <thead>
          <tr>
            <th scope="col">Why</th>
            <th scope="col" class="num">
              Rows
            </th>
            <th scope="col" class="num">
              First in line
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ reason, rows, line }) => (
            <tr>
              <td>{sentence(reason)}</td>
              <td class="num">{rows.toLocaleString("en-US")}</td>
              <td class="num">{line}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A pipeline before its people: the way out is not to answer name by name. */
function PeopleFirst({ run, reasons }: Pick<Props, "run" | "reasons">) {
  const unknown = reasons.filter(({ reason }) => reason.startsWith("nobody here is called"));
  const rows = unknown.reduce((sum, one) => sum + one.rows, 0);
  if (run.state !== "checked" || unknown.length === 0 || rows * 2 < run.rowsFailed) return null;
  return (
    <div class="notice watch row">
      <span>
        {count(rows, "row")} {rows === 1 ? "names" : "name"} {count(unknown.length, "person", "people")} who{" "}
        {unknown.length === 1 ? "is" : "are"} not here. Bring in people first, then look at this file again.
      </span>
      <a class="btn" href="/imports/new?what=people">
        Bring in people first
      </a>
    </div>
  );
}

/** What was wrong stands in quotes in the reason. */
const valueIn = (reason: string): string => /“([^”]*)”/.exec(reason)?.[1] ?? "";
const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
