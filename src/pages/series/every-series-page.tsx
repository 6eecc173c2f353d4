import type { SeriesOfAll } from "../../domain/series/all-series-queries.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { Field } from "../../parts/field.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { count } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { Viewer } from "../../platform/viewer.ts";

export const seriesPageSize = 100;

interface Props {
  c: Request;
  viewer: Viewer;
  rows: SeriesOfAll[];
  total: number;
  text: string;
  page: number;
  /** They hold or have one-on-ones of their own too. */
  hasOwn: boolean;
}

/** For an admin: every fixed slot of the organisation by its people and its time. */
export function EverySeriesPage({ c, viewer, rows, total, text, page, hasOwn }: Props) {
  return (
    <Shell c={c} title="Everybody’s one-on-ones" current={hasOwn ? "week" : "set-up"}>
      <Head
        title="Everybody’s one-on-ones"
        lead={total > 0 ? `${count(total, "slot")}, each coming back by itself.` : ""}
        readers="As an admin you see who meets and when, never what is said."
      >
        {hasOwn && (
          <a class="btn" href="/series?of=mine">
            Your own
          </a>
        )}
        <a class="btn primary" href="/series/new">
          Schedule
        </a>
      </Head>
      {total === 0 && text === "" ? (
        <div class="sheet empty">
          <h2>No one-on-one is scheduled</h2>
          <p>Managers schedule them with their reps, or you do it for them: choose the kind, who holds it, with whom, and when.</p>
          <a class="btn primary" href="/series/new">
            Schedule the first
          </a>
        </div>
      ) : (
        <>
          <form method="get" action="/series" class="filters" role="search">
            <input type="hidden" name="of" value="everybody" />
            <Field name="q" label="Find a person" type="search" value={text} />
            <button class="btn">Find</button>
          </form>
          {rows.length === 0 ? (
            <div class="sheet empty">
              <h2>Nobody of that name has a one-on-one</h2>
              <a href="/series?of=everybody">Show all</a>
            </div>
          ) : (
            <Table rows={rows} viewer={viewer} />
          )}
          <Pages total={total} page={page} text={text} />
        </>
      )}
    </Shell>
  );
}

function Table({ rows, viewer }: Pick<Props, "rows" | "viewer">) {
  return (
    <div class="sheet scroll" tabindex={0} role="region" aria-label="Everybody’s one-on-ones">
      <table>
        <thead>
          <tr>
            <th scope="col">Held by</th>
            <th scope="col">With</th>
            <th scope="col">Kind</th>
            <th scope="col">Slot</th>
            <th scope="col">Next</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td>{row.managerName}</td>
              <td>
                <a href={`/series/${row.id}`} aria-label={`${row.kindName} of ${row.repName} and ${row.managerName}`}>
                  <b>{row.repName}</b>
                </a>
              </td>
              <td>{row.kindName}</td>
              <td>
                {ruleInWords(row.rrule)}, {row.localTime}
                <div class="muted">
                  {row.minutes} min
                  {row.timeZone === viewer.timeZone ? "" : ` · ${row.timeZone.replaceAll("_", " ")}`}
                </div>
              </td>
              <td>{row.nextStart ? whenInWords(row.nextStart, viewer.timeZone) : "none"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pages({ total, page, text }: Pick<Props, "total" | "page" | "text">) {
  const last = Math.max(1, Math.ceil(total / seriesPageSize));
  if (last === 1) return null;
  const href = (to: number) => `/series?${new URLSearchParams({ of: "everybody", ...(text ? { q: text } : {}), page: String(to) })}`;
  return (
    <nav class="row apart" aria-label="Pages">
      {page > 1 && (
        <a class="btn" href={href(page - 1)} rel="prev">
          Before
        </a>
      )}
      <span class="muted small">
        Page {page} of {last}
      </span>
      {page < last && (
        <a class="btn" href={href(page + 1)} rel="next">
          Further
        </a>
      )}
    </nav>
  );
}
