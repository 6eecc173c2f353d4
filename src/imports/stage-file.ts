import type pg from "pg";
import type { What } from "../domain/imports/import-fields.ts";
import type { Lookups } from "../domain/imports/import-lookups.ts";
import type { Found, Reading, Settings } from "../domain/imports/import-settings.ts";
import { addCells, linesWithoutCells } from "../domain/imports/keep-outcome.ts";
import { changeStaging } from "../domain/imports/stage-changes.ts";
import { activityStaging } from "../domain/imports/stage-activities.ts";
import { accountStaging, productStaging } from "../domain/imports/stage-catalogue.ts";
import { forecastStaging, quotaStaging } from "../domain/imports/stage-figures.ts";
import { salesforceId } from "../domain/imports/salesforce-id.ts";
import { opportunityStaging } from "../domain/imports/stage-opportunities.ts";
import { personStaging } from "../domain/imports/stage-people.ts";
import { makeStaged, type Staging, type Value } from "../domain/imports/staging.ts";
import { minorUnits } from "../method/minor-units.ts";
import { changeConverter } from "./change-rows.ts";
import { activityConverter } from "./activity-rows.ts";
import { accountConverter, productConverter } from "./catalogue-rows.ts";
import { copyLine, copyRows } from "./copy-rows.ts";
import { forecastConverter, quotaConverter, readingOfWide } from "./figure-rows.ts";
import type { KeptRows } from "./kept-rows.ts";
import { opportunityConverter } from "./opportunity-rows.ts";
import { rowsOf } from "./open-sheet.ts";
import type { Sheet } from "./sheet.ts";
import { personConverter } from "./person-rows.ts";
import type { Fitting } from "../domain/imports/plan-opportunities.ts";
import type { SourceRow } from "./read-records.ts";
import type { Converter } from "./row-converter.ts";
import { outcomesOf } from "./stage-sense.ts";
import { RowReader } from "./row-reader.ts";

export const stagings: Record<What, Staging> = {
  people: personStaging,
  products: productStaging,
  accounts: accountStaging,
  opportunities: opportunityStaging,
  quotas: quotaStaging,
  activities: activityStaging,
  forecasts: forecastStaging,
  changes: changeStaging,
};

export interface Staged {
  what: What;
  source: string;
  sheet: Sheet;
  found: Found;
  settings: Settings;
  reading: Reading;
  lookups: Lookups;
  fitting: Fitting;
  exportedAt: Date;
  today: string;
}

function converterFor(reader: RowReader, staged: Staged): Converter {
  const { what, lookups, settings, fitting, found, exportedAt } = staged;
  const scale = minorUnits(lookups.currency);
  const { answers } = settings;
  const plan = { lookups, answers, columns: found.columns, header: staged.sheet.header };
  switch (what) {
    case "people":
      return personConverter(reader, lookups);
    case "products":
      return productConverter(reader, lookups, scale);
    case "accounts":
      return accountConverter(reader, lookups, scale, found.unit);
    case "quotas":
      return quotaConverter(reader, plan);
    case "activities":
      return activityConverter(reader, plan);
    case "forecasts":
      return forecastConverter(reader, plan, answers.exportedOn ?? staged.today, staged.today);
    case "changes":
      return changeConverter(reader, {
        source: staged.source,
        lookups,
        answers,
        reading: staged.reading,
        scale,
        stageFor: fitting.stage,
        productFor: fitting.product,
      });
    case "opportunities":
      return opportunityConverter(reader, {
        source: staged.source,
        lookups,
        answers,
        scale,
        exportedAt: exportedAt.getTime(),
        outcomes: outcomesOf(found.sensed ?? []),
        openingStage: found.openingStage === null ? null : fitting.stage(found.openingStage),
        stageFor: fitting.stage,
        stageOfOutcome: fitting.stageOfOutcome,
        productFor: fitting.product,
      });
  }
}

/** Reads, converts and copies every row into `staged`; a row that cannot be read goes there with its reason and its cells. */
export async function stageFile(client: pg.ClientBase, staged: Staged, kept: KeptRows | null, onRows: (n: number) => void): Promise<void> {
  const staging = stagings[staged.what];
  await makeStaged(client, staging);
  const columns = ["line", "reason", "warning", "cells", ...staging.columns.map(({ name }) => name)];
  await copyRows(client, `staged (${columns.join(", ")})`, linesOf(staged, kept, staging.columns.length, onRows));
}

async function* linesOf(staged: Staged, kept: KeptRows | null, width: number, onRows: (n: number) => void): AsyncGenerator<Buffer> {
  const { columns } = staged.found;
  const reader = new RowReader(columns, readingOfWide(columns, staged.reading));
  const convert = converterFor(reader, staged);
  const nothing = nothingFor(staged, reader, width);
  const { header, hasNul } = staged.sheet;
  const { newStages: stages, newProducts: products } = staged.fitting;
  const skip = kept?.rows ?? 0;
  if (kept) yield* kept.read();
  if (kept?.isDone) return onRows(skip);
  let done = 0;
  for await (const batch of rowsOf(staged.sheet)) {
    done += batch.length;
    if (done <= skip) continue;
    const fresh = batch.slice(Math.max(0, skip - (done - batch.length)));
    let text = "";
    for (const row of fresh) {
      const problem = shapeProblem(row, header.length, hasNul);
      if (!problem) reader.open(row.cells);
      const converted = problem ? null : convert();
      for (const values of converted?.more ?? []) text += copyLine([row.line, null, null, null, ...values]);
      if (converted && !converted.warning) text += copyLine([row.line, null, null, null, ...converted.values]);
      else if (converted) text += copyLine([row.line, null, converted.warning, cellsOf(row), ...converted.values]);
      else text += copyLine([row.line, problem ?? sentence(reader.problems), null, cellsOf(row), ...nothing(row)]);
    }
    // One piece for both: what is kept beside is what is copied.
    const chunk = Buffer.from(text);
    await kept?.keep(chunk, done, { stages, products });
    yield chunk;
    onRows(done);
  }
  await kept?.end(done, { stages, products });
}

/** Of a row that cannot be taken in only its id is kept: so that its deal is not thought to have gone. */
function nothingFor({ what, source }: Staged, reader: RowReader, width: number): (row: SourceRow) => Value[] {
  const empty: Value[] = Array.from({ length: width }, () => null);
  if (what !== "opportunities") return () => empty;
  const at = stagings[what].columns.findIndex(({ name }) => name === "external_id");
  return ({ cells }) => {
    reader.open(cells);
    const id = reader.has("external_id") ? reader.text("external_id")?.replaceAll("\0", "") : null;
    return empty.with(at, id ? (source === "salesforce" ? salesforceId(id) : id) : null);
  };
}

const keptCells = (cells: readonly string[]): string[] => cells.map((cell) => cell.replaceAll("\0", "").slice(0, 10_000).toWellFormed());
const cellsOf = ({ cells }: SourceRow): string => JSON.stringify(keptCells(cells));
const sentence = (problems: readonly string[]): string => problems.join("; ").replaceAll("\0", "").slice(0, 2000) || "it cannot be read";

function shapeProblem({ cells }: SourceRow, width: number, hasNul: boolean): string | null {
  if (hasNul && cells.some((cell) => cell.includes("\0"))) return "it holds a NUL byte, which is no text";
  if (cells.length === width) return null;
  const extra = cells.slice(width);
  // Cells left out at the end, or empty ones added there, do no harm.
  if (cells.length > width && extra.every((cell) => cell.trim() === "")) return null;
  return `it has ${cells.length} ${cells.length === 1 ? "cell" : "cells"} where the columns are ${width}`;
}

/** Rows that only the database found something about get their cells in a second reading: it is rare, and memory stays flat. */
export async function fetchCells(client: pg.ClientBase, sheet: Sheet): Promise<void> {
  const lines = new Set(await linesWithoutCells(client));
  if (lines.size === 0) return;
  for await (const batch of rowsOf(sheet)) {
    const rows = batch.filter(({ line }) => lines.has(line));
    if (rows.length > 0)
      await addCells(
        client,
        rows.map((row) => ({ line: row.line, cells: keptCells(row.cells) })),
      );
  }
}
