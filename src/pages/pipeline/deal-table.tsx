import { count } from "../../parts/words.ts";
import { type DealColumn, dealColumns } from "./deal-columns.tsx";
import { pageSize, type PipelineData } from "./pipeline-data.ts";
import { isDescending, isFiltered, pipelineLink } from "./pipeline-query.ts";

interface Props {
  data: PipelineData;
  zone: string;
  /** Keys of the columns chosen; undefined for the usual ones. */
  chosen: readonly string[] | undefined;
}

function columnsOf({ data, chosen }: Props): DealColumn[] {
  const manyReps = data.tree.length > 1 && !data.asked.rep;
  const tells = (key: string): boolean => {
    if (key === "rep") return manyReps;
    if (key === "verified") return data.isVerified;
    return key !== "grade" || data.isGraded;
  };
  return dealColumns.filter(({ key, usual }) => key === "name" || ((chosen?.includes(key) ?? usual) && tells(key)));
}

/** The deals, fifty a page; every column sorts, and arrows lead from row to row. */
export function DealTable(props: Props) {
  const { data, zone } = props;
  const { list, asked, closing, stageLabels, onPage } = data;
  if (!list) return null;
  const columns = columnsOf(props);
  return (
    <section class="sheet deals" aria-labelledby="deals-title">
      <div class="pad spread">
        <h2 id="deals-title">
          {isFiltered(asked)
            ? `${count(list.total, "deal")} of ${list.counts.all.toLocaleString("en-US")}`
            : count(list.total, "open deal")}
        </h2>
        {isFiltered(asked) && (
          <a href={pipelineLink(asked, { q: "", stage: null, horizon: null, only: null, grade: null })} class="no-print">
            Show all
          </a>
        )}
      </div>
      {list.total === 0 ? (
        <p class="pad muted">Nothing open matches. Take a filter away.</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label="Open deals">
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Heading data={data} column={column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {list.rows.map((deal) => (
                <tr>
                  {columns.map(({ key, title, num, cell }) => (
                    <td class={`of-${key}${num ? " num" : ""}`} data-title={title}>
                      {cell(deal, { zone, closing, stageLabels, onPage })}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pages data={data} />
      <Foot {...props} />
    </section>
  );
}

function Heading({ data: { asked }, column: { sort, title, num } }: { data: PipelineData; column: DealColumn }) {
  const isThis = asked.sort === sort;
  const descending = isThis ? isDescending(asked) : undefined;
  const dir = isThis ? (descending ? "asc" : "desc") : "";
  return (
    <th class={num ? "num" : undefined} scope="col" aria-sort={isThis ? (descending ? "descending" : "ascending") : undefined}>
      <a href={pipelineLink(asked, { sort, dir })}>{title}</a>
    </th>
  );
}

function Pages({ data: { list, asked } }: { data: PipelineData }) {
  if (!list || list.total <= pageSize) return null;
  const from = (asked.page - 1) * pageSize;
  const until = from + list.rows.length;
  return (
    <nav class="pad spread" aria-label="Pages">
      <span class="muted">
        {from + 1}–{until} of {list.total.toLocaleString("en-US")}
      </span>
      <span class="row">
        {asked.page > 1 && (
          <a href={pipelineLink(asked, { page: asked.page - 1 })} rel="prev">
            Previous
          </a>
        )}
        {until < list.total && (
          <a href={pipelineLink(asked, { page: asked.page + 1 })} rel="next">
            Next
          </a>
        )}
      </span>
    </nav>
  );
}

function Foot({ data, chosen }: Props) {
  const shown = new Set(chosen ?? dealColumns.flatMap(({ key, usual }) => (usual ? [key] : [])));
  const kept = Object.entries(data.asked).filter(
    ([name, value]) => name !== "page" && value !== "" && value !== null && value !== undefined,
  );
  return (
    <div class="pad spread small no-print table-foot">
      <details>
        <summary>Columns</summary>
        <form action="/pipeline" method="get" class="row">
          {kept.map(([name, value]) => (
            <input type="hidden" name={name} value={String(value)} />
          ))}
          <input type="hidden" name="columns" value="name" />
          {dealColumns
            .filter(({ key }) => key !== "name")
            .map(({ key, title }) => (
              <label class="choice">
                <input type="checkbox" name="columns" value={key} checked={shown.has(key)} />
                <span>{title}</span>
              </label>
            ))}
          <button class="btn">Show these</button>
        </form>
      </details>
      <p class="muted keys">
        Keys: <kbd>↓</kbd> <kbd>↑</kbd> or <kbd>j</kbd> <kbd>k</kbd> from deal to deal, <kbd>Enter</kbd> opens it, <kbd>/</kbd> searches.
      </p>
    </div>
  );
}
