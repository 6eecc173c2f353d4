import { type ImportField, targets, type What } from "../../domain/imports/import-fields.ts";
import type { DayOrder, DecimalMark, Found, Run } from "../../domain/imports/import-settings.ts";
import { withWideFields } from "../../domain/imports/wide-columns.ts";
import { readDate } from "../../imports/read-date.ts";
import { plainNumber } from "../../imports/read-number.ts";
import { count, fullDay, list } from "../../parts/words.ts";
import { delimiterWords, encodingWords } from "./import-words.ts";

/** What would happen, or has: four numbers that add up to the rows of the file. */
export function Counts({ run }: { run: Run }) {
  const isDone = run.state === "applied";
  const figures = [
    { n: run.rowsNew, words: isDone ? "made" : "new" },
    { n: run.rowsChanged, words: "changed" },
    { n: run.rowsSame, words: "the same" },
    { n: run.rowsFailed, words: "left out", tone: run.rowsFailed > 0 ? "bad" : "" },
  ];
  return (
    <dl class="import-counts sheet">
      {figures.map(({ n, words, tone }) => (
        <div class={tone}>
          <dt>{words}</dt>
          <dd>{n.toLocaleString("en-US")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Things Kept did or would do on the way that nobody asked for by name. */
export function Remarks({ run, found }: { run: Run; found: Found }) {
  const remarks = remarksOf(run, found);
  if (remarks.length === 0) return null;
  return (
    <section class="sheet pad" aria-labelledby="remarks">
      <h2 id="remarks">Good to know</h2>
      <ul class="import-list">
        {remarks.map((words) => (
          <li>{words}</li>
        ))}
      </ul>
    </section>
  );
}

function remarksOf(run: Run, found: Found): string[] {
  const remarks = [...found.notes];
  for (const { value, rows, to } of found.products.filter((one) => one.to).slice(0, 10))
    remarks.push(`Product “${value}” in ${count(rows, "row")} is taken for “${to?.name}”.`);
  const fresh = found.products.filter((one) => !one.to).map(({ value }) => value);
  if (fresh.length > 0)
    remarks.push(
      `${count(fresh.length, "product is", "products are")} new: ${list(fresh.slice(0, 10))}. ${fresh.length === 1 ? "It has" : "They have"} no list price yet.`,
    );
  const { vanishing } = found;
  const gone = vanishing?.covers === "whole" ? vanishing.gone : vanishing?.covers === "owners" ? vanishing.ofOwners : 0;
  if (gone > 0 && !vanishing?.mustAsk)
    remarks.push(`${count(gone, "open deal is", "open deals are")} not in the file any more, and marked as gone from the export.`);
  const asked = new Set((found.sensed ?? []).filter(({ isSure }) => !isSure).map(({ name }) => name));
  const stages = found.newStages.filter(({ name }) => !asked.has(name));
  if (stages.length > 0) remarks.push(`New stages: ${list(stages.map(({ name, outcome }) => `${name} (${outcome})`))}.`);
  if (found.newAccounts > 0)
    remarks.push(`${count(found.newAccounts, "account is", "accounts are")} named only here, and made with just that name.`);
  if (found.newManagers.length > 0)
    remarks.push(
      `${count(found.newManagers.length, "manager is", "managers are")} named but not listed, and made as people: ${list(found.newManagers.slice(0, 12))}${found.newManagers.length > 12 ? " and more" : ""}.`,
    );
  const exported = found.exportedOn;
  if (exported && found.exportedFrom?.how === "end")
    remarks.push(`Exported on ${fullDay(exported)}, as it says at its end: “${found.exportedFrom.words}”.`);
  if (run.what === "opportunities" && exported && found.exportedFrom?.how === "latest" && run.state === "checked")
    remarks.push(
      `Taken as exported on ${fullDay(exported)}, the latest day in it. If that was another day, say so under “How the file is read”.`,
    );
  if (run.what === "opportunities" && found.undatedRows > 0 && exported && run.problem === null)
    remarks.push(
      `${count(found.undatedRows, "row has", "rows have")} no date of creation: ${found.undatedRows === 1 ? "it counts" : "they count"} from ${fullDay(exported)}, the day of the export.`,
    );
  if (run.what === "accounts" && found.unit > 1 && found.columns.annual_revenue != null)
    remarks.push(`Revenue is read in ${found.unit === 1000 ? "thousands" : "millions"}.`);
  if (!found.isGuessed) remarks.push(...unusedRemarks(run, found));
  return remarks;
}

const unusedColumns = (found: Found) =>
  found.header.flatMap((name, at) => (Object.values(found.columns).includes(at) ? [] : [{ name: name || `column ${at + 1}`, at }]));

const mostUnused = 30;

/** What of the file stays outside Kept, so that nobody looks for it later. */
function unusedRemarks(run: Run, found: Found): string[] {
  const unused = unusedColumns(found).map(({ name }) => name);
  const named = unused.length > mostUnused ? [...unused.slice(0, mostUnused), `${unused.length - mostUnused} more`] : unused;
  const remarks = unused.length > 0 ? [`Not used: ${list(named)}. Kept has no place for ${unused.length === 1 ? "it" : "them"}.`] : [];
  if (run.what === "opportunities" && found.columns.probability != null)
    remarks.push(
      Object.keys(found.chances ?? {}).length > 0
        ? `The probability is kept by stage, not by deal: ${list(Object.entries(found.chances ?? {}).map(([stage, chance]) => `${stage} ${chance} %`))}. A sales process begins with it.`
        : "The probability differs from deal to deal and is not kept: Kept goes by the stage, and by what the customer has given.",
    );
  return remarks;
}

/** The first rows under the names of what they are taken for; while columns are asked about, what is not taken stands beside. */
export function FirstRows({ what, found, isAsked = false }: { what: What; found: Found; isAsked?: boolean }) {
  const fields = withWideFields(targets[what].fields, found.columns).filter(({ key }) => found.columns[key] != null);
  const rest = unusedColumns(found);
  const beside = isAsked ? rest.slice(0, 40) : [];
  return (
    <section class="stack tight" aria-labelledby="first-rows">
      <h2 id="first-rows">The first rows, as Kept reads them</h2>
      <div class="sheet scroll" tabindex={0} role="region" aria-label="The first rows of the file">
        <table>
          <thead>
            <tr>
              <th scope="col" class="num">
                Line
              </th>
              {fields.map(({ key, words }) => (
                <th scope="col">
                  {words}
                  {found.header[found.columns[key] ?? -1] !== words && (
                    <div class="muted small">{found.header[found.columns[key] ?? -1]}</div>
                  )}
                </th>
              ))}
              {beside.map(({ name }) => (
                <th scope="col">
                  {name}
                  <div class="muted small">not taken yet</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.first.map(({ line, cells }) => (
              <tr>
                <td class="num muted">{line}</td>
                {fields.map((field) => (
                  <td>{shown(field, cells[found.columns[field.key] ?? -1] ?? "", found)}</td>
                ))}
                {beside.map(({ at }) => (
                  <td class="muted">{(cells[at] ?? "").slice(0, 80)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">
        {found.encoding && found.delimiter
          ? `${encodingWords[found.encoding]}, ${delimiterWords[found.delimiter]} between the cells.`
          : `Sheet “${found.sheet}” of the workbook.`}
      </p>
    </section>
  );
}

/** The value as it will be taken; as it stands in the file where it cannot be. */
function shown({ key, type }: ImportField, cell: string, { reading }: Found): string {
  const text = cell.trim();
  if (text === "") return "";
  if (type === "date") return asDay(text, reading.dates[key] ?? null);
  if (type === "money") return asNumber(text, reading.numbers[key] ?? reading.numbers.amount ?? null);
  return text.slice(0, 80);
}

/** An order that was not settled leaves a date as it stands: it is what is being asked. */
function asDay(text: string, order: DayOrder | null): string {
  const isSettled = order !== null || !/^\d{1,2}[/-]\d{1,2}[/-]/.test(text);
  const date = isSettled ? readDate(text, order) : null;
  return date ? fullDay(date.day) : text.slice(0, 80);
}

function asNumber(text: string, mark: DecimalMark | null): string {
  const number = plainNumber(text, mark);
  const isSettled = mark !== null || !/[.,]/.test(text);
  return number !== null && isSettled ? Number(number).toLocaleString("en-US", { maximumFractionDigits: 3 }) : text.slice(0, 80);
}
