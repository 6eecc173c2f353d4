import type { Child } from "hono/jsx";
import type { PipelineSort } from "../../domain/opportunities/pipeline-queries.ts";
import { dayIn, money, shortDay } from "../../parts/words.ts";
import { isDescending, pageSize, type PipelineData } from "./pipeline-data.ts";
import { pipelineLink } from "./pipeline-link.ts";

const columns: { sort: PipelineSort; title: string; num?: boolean }[] = [
  { sort: "name", title: "Opportunity" },
  { sort: "account", title: "Account" },
  { sort: "rep", title: "Rep" },
  { sort: "stage", title: "Stage" },
  { sort: "amount", title: "Amount", num: true },
  { sort: "close", title: "Closes" },
  { sort: "changed", title: "Last change" },
];

/** The deals, fifty a page; every column sorts. */
export function DealTable({ data, zone }: { data: PipelineData; zone: string }) {
  const { list, asked, tree } = data;
  if (!list) return null;
  const shown = tree.length > 1 && !asked.rep ? columns : columns.filter(({ sort }) => sort !== "rep");
  const withRep = shown.length === columns.length;
  return (
    <section class="sheet">
      <div class="scroll" tabindex={0} role="region" aria-label="Open opportunities">
        <table>
          <thead>
            <tr>
              {shown.map((column) => (
                <Heading data={data} {...column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((deal) => (
              <tr>
                <td>
                  <a href={`/opportunities/${deal.id}`}>{deal.name}</a>
                  {deal.nextStep && <div class="small muted">{deal.nextStep}</div>}
                </td>
                <td>{deal.accountName ?? <Missing words="no account" />}</td>
                {withRep && <td>{deal.ownerName}</td>}
                <td>{deal.stage}</td>
                <td class="num">
                  {deal.amountMinor === null ? <Missing words="no amount" /> : money(deal.amountMinor, deal.currency)}
                  {deal.isListPrice && <div class="small muted">list price</div>}
                </td>
                <td class="nowrap">{deal.closeOn ? shortDay(deal.closeOn) : <Missing words="no day" />}</td>
                <td class="nowrap">{shortDay(dayIn(deal.lastChangeAt, zone))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pages data={data} />
    </section>
  );
}

const Missing = ({ words }: { words: string }): Child => <span class="muted">{words}</span>;

function Heading({ data: { asked }, sort, title, num }: { data: PipelineData; sort: PipelineSort; title: string; num?: boolean }) {
  const isThis = asked.sort === sort;
  const descending = isThis ? isDescending(asked) : undefined;
  const dir = isThis ? (descending ? "asc" : "desc") : "";
  return (
    <th class={num ? "num" : undefined} aria-sort={isThis ? (descending ? "descending" : "ascending") : undefined}>
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
        {asked.page > 1 && <a href={pipelineLink(asked, { page: asked.page - 1 })}>Previous</a>}
        {until < list.total && <a href={pipelineLink(asked, { page: asked.page + 1 })}>Next</a>}
      </span>
    </nav>
  );
}
