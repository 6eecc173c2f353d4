import { z } from "zod";
import type { Choices } from "../../domain/imports/import-access.ts";
import { isCrm, isWhat, plainKey, targets, type What } from "../../domain/imports/import-fields.ts";
import type { Answers, Columns, DayOrder, DecimalMark, Delimiter, Run } from "../../domain/imports/import-settings.ts";
import { makeFormer } from "../../domain/imports/import-matches.ts";
import { hasLeft, leaveOut } from "./match-names.tsx";
import { anotherList } from "./vanishing-question.tsx";
import type { Errors } from "../../parts/form-errors.ts";

const delimiters: Record<string, Delimiter> = { ",": ",", ";": ";", tab: "\t", "|": "|" };
const day = z.iso.date();

interface Read {
  what: What | null;
  answers: Answers;
  errors: Errors;
}

/** What the form says, with what cannot be understood at its field. */
export function answersFromForm(form: Record<string, string>, run: Run, choices: Choices): Read {
  const errors: Errors = {};
  const answers: Answers = {};
  const what = isWhat(form.what) ? form.what : null;
  const delimiter = delimiters[form.delimiter ?? ""];
  if (delimiter) answers.delimiter = delimiter;
  readWhere(form, run, answers, errors);
  // Another kind of thing, or other cells: the columns chosen before say nothing any more.
  const before = run.settings.answers;
  const isSameSheet =
    what === run.what &&
    answers.delimiter === before.delimiter &&
    answers.headerLine === before.headerLine &&
    (answers.sheet ?? run.settings.found?.sheet ?? null) === (run.settings.found?.sheet ?? null);
  if (what && isSameSheet) answers.columns = columnsOf(form, what, run);
  readQuestions(form, run, answers);
  if (isCrm(form.source) || form.source === "csv") answers.source = form.source;
  readList(form, run, answers);
  readPipelines(form, run, answers, errors);
  readStages(form, run, choices, answers);
  // What Kept took it for is no answer: another reading of the file may tell another day.
  const isOwnDay = before.exportedOn !== undefined || form.exported_on !== run.settings.found?.exportedOn;
  if (form.exported_on && isOwnDay) {
    if (day.safeParse(form.exported_on).success) answers.exportedOn = form.exported_on;
    else errors.exported_on = "That is no day that exists.";
  }
  if (form.opening_stage) answers.openingStage = form.opening_stage.slice(0, 200);
  if (["1", "1000", "1000000"].includes(form.unit ?? "")) answers.unit = Number(form.unit);
  const covers = form.covers ?? run.settings.answers.covers;
  if (covers === "whole" || covers === "owners" || covers === "part") answers.covers = covers;
  if (form.covers === anotherList && run.settings.found?.list) {
    answers.list = "new";
    delete answers.covers;
  }
  readOwners(form, run, choices, answers, errors);
  readProducts(form, run, choices, answers, errors);
  readAccounts(form, run, answers);
  return { what, answers, errors };
}

/** Which sheet, and which line of it holds the names; what Kept found by itself is no answer. */
function readWhere(form: Record<string, string>, run: Run, answers: Answers, errors: Errors): void {
  const { found } = run.settings;
  const sheet = form.which_sheet ?? form.sheet;
  if (sheet && found?.sheets.includes(sheet) && (form.which_sheet || sheet !== found.sheet || run.settings.answers.sheet))
    answers.sheet = sheet;
  const line = Number(form.header_line || Number.NaN);
  if (form.header_line && !(Number.isInteger(line) && line >= 1 && line <= 500)) errors.header_line = "A line from 1 to 500.";
  else if (form.header_line && (line !== found?.headerLine || run.settings.answers.headerLine)) answers.headerLine = line;
}

/** Only choices that differ from what Kept found by itself are kept: a better list of names later is not blocked by them. */
function columnsOf(form: Record<string, string>, what: What, run: Run): Columns {
  const width = run.settings.found?.header.length ?? 0;
  const columns: Columns = { ...run.settings.answers.columns };
  for (const { key } of targets[what].fields) {
    const given = form[`column_${key}`];
    if (given === undefined) continue;
    const at = given === "" ? null : Number(given);
    if (at !== null && !(Number.isInteger(at) && at >= 0 && at < width)) continue;
    // What was only guessed is an answer once it is sent back.
    const found = run.settings.found?.isGuessed ? null : (run.settings.found?.columns[key] ?? null);
    if (at !== found || key in columns) columns[key] = at;
  }
  return columns;
}

function readQuestions(form: Record<string, string>, run: Run, answers: Answers): void {
  const dates: Record<string, DayOrder> = { ...run.settings.answers.dates };
  const numbers: Record<string, DecimalMark> = { ...run.settings.answers.numbers };
  for (const [name, value] of Object.entries(form)) {
    if (name.startsWith("date_") && (value === "dmy" || value === "mdy" || value === "ymd")) dates[name.slice(5)] = value;
    if (name.startsWith("number_") && (value === "point" || value === "comma")) numbers[name.slice(7)] = value;
  }
  if (Object.keys(dates).length > 0) answers.dates = dates;
  if (Object.keys(numbers).length > 0) answers.numbers = numbers;
}

/** What Kept took it for is no answer, unless it was asked. */
function readList(form: Record<string, string>, run: Run, answers: Answers): void {
  const { list, questions = [] } = run.settings.found ?? {};
  if (!list || !form.list || (form.list !== "new" && !list.candidates.some(({ source }) => source === form.list))) return;
  const isAsked = questions.some(({ kind }) => kind === "list") || run.settings.answers.list !== undefined;
  if (isAsked || form.list !== (list.isNew ? "new" : list.source)) answers.list = form.list;
}

/** With every box ticked nothing is kept: pipelines that come later then go in too. */
function readPipelines(form: Record<string, string>, run: Run, answers: Answers, errors: Errors): void {
  if (form.pipelines !== "asked") return;
  const all = run.settings.found?.pipelines ?? [];
  const chosen = all.filter((_, i) => form[`pipeline_${i}`] === "yes").map(({ name }) => name);
  if (chosen.length === 0) errors.pipelines = "Choose at least one pipeline.";
  if (chosen.length < all.length) answers.pipelines = chosen;
  if (form.stages === "one" || form.stages === "apart") answers.stagesApart = form.stages === "apart";
}

function readStages(form: Record<string, string>, run: Run, choices: Choices, answers: Answers): void {
  const stages: Record<string, string> = {};
  for (const [i, stage] of (run.settings.found?.stages ?? []).entries()) {
    const to = form[`stage_${i}`];
    if (to && choices.stages.includes(to)) stages[stage] = to;
  }
  if (Object.keys(stages).length > 0) answers.stages = stages;
  const outcomes = { ...run.settings.answers.outcomes };
  for (const [i, { name, outcome, isSure }] of (run.settings.found?.sensed ?? []).entries()) {
    const said = form[`outcome_${i}`];
    if ((said === "open" || said === "won" || said === "lost") && (!isSure || said !== outcome)) outcomes[name] = said;
  }
  if (Object.keys(outcomes).length > 0) answers.outcomes = outcomes;
}

function readOwners(form: Record<string, string>, run: Run, choices: Choices, answers: Answers, errors: Errors): void {
  const owners: Record<string, string> = {};
  for (const [i, { value }] of (run.settings.found?.owners ?? []).entries()) {
    const typed = form[`owner_${i}`]?.trim().toLowerCase();
    if (!typed) continue;
    const special = { [leaveOut.toLowerCase()]: "", [hasLeft.toLowerCase()]: makeFormer }[typed];
    if (special !== undefined) {
      owners[value] = special;
      continue;
    }
    const found = choices.people.filter(({ name, email }) => email?.toLowerCase() === typed || name.toLowerCase() === typed);
    if (found.length === 1 && found[0]) owners[value] = found[0].id;
    else
      errors[`owner_${i}`] = found.length > 1 ? "More than one person has that name: use the mail address." : "Nobody here has that name.";
  }
  if (Object.keys(owners).length > 0) answers.owners = owners;
}

/** Only what was suggested can be chosen. */
function readAccounts(form: Record<string, string>, run: Run, answers: Answers): void {
  const accounts: Record<string, string> = { ...run.settings.answers.accounts };
  for (const [i, { value, to }] of (run.settings.found?.accounts ?? []).entries())
    if (to && form[`account_${i}`] === to.id) accounts[value] = to.id;
  if (Object.keys(accounts).length > 0) answers.accounts = accounts;
}

function readProducts(form: Record<string, string>, run: Run, choices: Choices, answers: Answers, errors: Errors): void {
  const products: Record<string, string> = {};
  for (const [i, { value, to }] of (run.settings.found?.products ?? []).entries()) {
    const typed = form[`product_${i}`]?.trim();
    if (!typed || typed === to?.name) {
      const before = run.settings.answers.products?.[value];
      if (typed && before) products[value] = before;
      continue;
    }
    const found = choices.products.find(({ name }) => plainKey(name) === plainKey(typed));
    if (found) products[value] = found.id;
    else errors[`product_${i}`] = "There is no such product. Leave it empty to make a new one.";
  }
  if (Object.keys(products).length > 0) answers.products = products;
}
