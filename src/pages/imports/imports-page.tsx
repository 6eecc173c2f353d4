import { targets } from "../../domain/imports/import-fields.ts";
import type { Run } from "../../domain/imports/import-settings.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, shortDay, timeIn } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { stateOf } from "./import-words.ts";
import { FilesThatWork } from "./new-import-page.tsx";

interface Props {
  c: Request;
  runs: Run[];
  /** Names by id: who brought each in. */
  people: ReadonlyMap<string, string>;
  zone: string;
}

export function ImportsPage({ c, runs, people, zone }: Props) {
  return (
    <Shell c={c} title="Imports" current="set-up">
      <Head
        title="Imports"
        lead="People, products, accounts, opportunities and their history, activities, quotas and forecasts, from the files of your other systems."
        readers="Admins see this."
      >
        <a class="btn" href="/imports/remembered">
          What is remembered
        </a>
        <a class="btn primary" href="/imports/new">
          Bring in a file
        </a>
      </Head>
      {runs.length === 0 ? (
        <section class="sheet empty">
          <h2>Nothing has been brought in yet</h2>
          <p>
            Begin with your people, so that Kept knows who reports to whom. Then products, accounts, and last the opportunities they own.
          </p>
          <p>
            <a class="btn primary" href="/imports/new?what=people">
              Bring in people
            </a>
          </p>
          <FilesThatWork />
        </section>
      ) : (
        <section class="sheet scroll" tabindex={0} role="region" aria-label="Imports so far">
          <table>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">State</th>
                <th scope="col">What</th>
                <th scope="col">When</th>
                <th scope="col">By</th>
                <th scope="col" class="num">
                  New
                </th>
                <th scope="col" class="num">
                  Changed
                </th>
                <th scope="col" class="num">
                  The same
                </th>
                <th scope="col" class="num">
                  Left out
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <Row run={run} by={people.get(run.createdBy ?? "") ?? ""} zone={zone} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Shell>
  );
}

function Row({ run, by, zone }: { run: Run; by: string; zone: string }) {
  const counted = run.state === "checked" || run.state === "applied";
  const figure = (n: number) => (counted ? n.toLocaleString("en-US") : "");
  return (
    <tr>
      <td>
        <a href={`/imports/${run.id}`}>{run.fileName || "A file without a name"}</a>
      </td>
      <td>
        <span class={`tag ${stateOf(run).tone}`}>{stateOf(run).words}</span>
      </td>
      <td>{run.what ? targets[run.what].words : ""}</td>
      <td class="import-when">
        {shortDay(dayIn(run.createdAt, zone))} {dayIn(run.createdAt, zone).slice(0, 4)}, {timeIn(run.createdAt, zone)}
      </td>
      <td>{by}</td>
      <td class="num">{figure(run.rowsNew)}</td>
      <td class="num">{figure(run.rowsChanged)}</td>
      <td class="num">{figure(run.rowsSame)}</td>
      <td class="num">
        {counted && run.rowsFailed > 0 ? <a href={`/imports/${run.id}#rows`}>{count(run.rowsFailed, "row")}</a> : figure(run.rowsFailed)}
      </td>
    </tr>
  );
}
