import { targets, type What } from "../domain/imports/import-fields.ts";
import type { Columns } from "../domain/imports/import-settings.ts";
import { wideIn } from "../domain/imports/wide-columns.ts";
import { rowsOf } from "./open-sheet.ts";
import { cellText } from "./cell-text.ts";
import type { Sheet } from "./sheet.ts";
import { outcomeOf } from "../domain/imports/read-outcome.ts";
import { DealSample } from "./sample-deals.ts";
import { type DateEvidence, noDateEvidence, weighDate } from "./read-date.ts";
import { noNumberEvidence, type NumberEvidence, weighNumber } from "./read-number.ts";
import { StagesSeen } from "./stage-facts.ts";
import type { SourceRow } from "./read-records.ts";

/** What one look over all rows of a file shows. */
export interface Survey {
  rows: number;
  first: SourceRow[];
  dates: Map<string, DateEvidence>;
  numbers: Map<string, NumberEvidence>;
  /** How often each owner, product and stage occurs. */
  values: Map<string, Map<string, number>>;
  /** Stages that some row with a creation date is in. */
  datedStages: Set<string>;
  undatedRows: number;
  /** Stages of each pipeline, by the pipeline's name. */
  pipelines: Map<string, Set<string>>;
  /** Further words for an owner, by the first: a mail address or id beside the name. */
  alsoCalled: Map<string, string>;
  /** What the rows in each stage tell about it. */
  stagesSeen: StagesSeen;
  /** Some of its deals, evenly over all of it. */
  sample: DealSample;
}

const shownRows = 5;
const mostValues = 20_000;
const mostPipelines = 200;
const counted = new Set(["owner", "product", "stage", "person", "pipeline"]);

type Look = (cells: readonly string[]) => void;

export async function surveyRows(sheet: Sheet, what: What, columns: Columns): Promise<Survey> {
  const survey: Survey = {
    rows: 0,
    first: [],
    dates: new Map(),
    numbers: new Map(),
    values: new Map(),
    datedStages: new Set(),
    undatedRows: 0,
    pipelines: new Map(),
    alsoCalled: new Map(),
    stagesSeen: new StagesSeen(columns),
    sample: new DealSample(columns),
  };
  const looks = looksFor(survey, what, columns);
  for await (const batch of rowsOf(sheet)) {
    survey.rows += batch.length;
    if (survey.first.length < shownRows) survey.first.push(...batch.slice(0, shownRows - survey.first.length));
    for (const { cells } of batch) for (const look of looks) look(cells);
  }
  return survey;
}

function looksFor(survey: Survey, what: What, columns: Columns): Look[] {
  const looks: Look[] = [];
  for (const { key, type } of targets[what].fields) {
    const at = columns[key];
    if (at == null) continue;
    if (type === "date" || type === "month") looks.push(dateLook(survey, key, at, key === "close_on" ? isClosed(columns) : always));
    else if (type === "money" || type === "whole") looks.push(numberLook(survey, key, at));
    else if (counted.has(key)) looks.push(valueLook(survey, key, at));
  }
  for (const { at } of wideIn(columns)) looks.push(numberLook(survey, "amount", at));
  if (what === "opportunities")
    looks.push(survey.sample.look, survey.stagesSeen.look, undatedLook(survey, columns), ...alsoLooks(survey, columns));
  return looks;
}

/** A piece of a text keeps the whole text in memory for as long as it lives; what is kept must be a copy. */
const ownCopy = (text: string): string => Buffer.from(text).toString();

function addOnce(values: Set<string>, text: string): void {
  if (!values.has(text) && values.size < mostValues) values.add(ownCopy(text));
}

const always = () => true;

/** The close date of an open opportunity is only hoped for: it says nothing about the day of the export. */
function isClosed(columns: Columns): (cells: readonly string[]) => boolean {
  const [stage, status] = [columns.stage ?? -1, columns.status ?? -1];
  return (cells) => outcomeOf(cells[stage] ?? "") !== "open" || outcomeOf(cells[status] ?? "") !== "open";
}

function dateLook(survey: Survey, key: string, at: number, hasHappened: (cells: readonly string[]) => boolean): Look {
  const evidence = noDateEvidence();
  survey.dates.set(key, evidence);
  const seen = [new Set<string>(), new Set<string>()];
  return (cells) => {
    const text = cells[at]?.trim();
    if (!text) return;
    const happened = hasHappened(cells);
    const known = seen[happened ? 1 : 0] ?? new Set();
    if (known.has(text)) return;
    if (known.size > mostValues) known.clear();
    known.add(ownCopy(text));
    weighDate(evidence, text, happened);
  };
}

function numberLook(survey: Survey, key: string, at: number): Look {
  const evidence = survey.numbers.get(key) ?? noNumberEvidence();
  survey.numbers.set(key, evidence);
  return (cells) => {
    const text = cells[at]?.trim();
    if (text) weighNumber(evidence, text);
  };
}

function valueLook(survey: Survey, key: string, at: number): Look {
  const values = new Map<string, number>();
  survey.values.set(key, values);
  return (cells) => {
    const text = cellText(cells[at]);
    if (!text) return;
    const n = values.get(text);
    if (n !== undefined || values.size < mostValues) values.set(n === undefined ? ownCopy(text) : text, (n ?? 0) + 1);
  };
}

/** What stands beside a stage or an owner and tells more about it. */
function alsoLooks(survey: Survey, columns: Columns): Look[] {
  const looks: Look[] = [];
  const { pipeline, stage, owner } = columns;
  if (pipeline != null && stage != null)
    looks.push((cells) => {
      const name = cellText(cells[pipeline]);
      if (!name) return;
      const stages = survey.pipelines.get(name);
      if (stages) addOnce(stages, cellText(cells[stage]));
      else if (survey.pipelines.size < mostPipelines) survey.pipelines.set(ownCopy(name), new Set([ownCopy(cellText(cells[stage]))]));
    });
  for (const also of [columns.owner_id, columns.owner_email])
    if (owner != null && also != null)
      looks.push((cells) => {
        const [name, other] = [cellText(cells[owner]), cellText(cells[also])];
        if (!name || !other || survey.alsoCalled.size >= mostValues || survey.alsoCalled.has(name)) return;
        survey.alsoCalled.set(ownCopy(name), ownCopy(other));
      });
  return looks;
}

function undatedLook(survey: Survey, columns: Columns): Look {
  const created = columns.created_on ?? -1;
  const stage = columns.stage ?? -1;
  return (cells) => {
    if (cells[created]?.trim()) addOnce(survey.datedStages, cellText(cells[stage]));
    else survey.undatedRows++;
  };
}
