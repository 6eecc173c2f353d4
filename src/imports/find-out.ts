import { opensInStage, plainKey, revenueUnit, type What } from "../domain/imports/import-fields.ts";
import type { Lookups, Named } from "../domain/imports/import-lookups.ts";
import type { Answers, Columns, Found, Mapped, Question, Reading, SensedStage } from "../domain/imports/import-settings.ts";
import { latestDayOf, questionsOf, readingNotes } from "./file-questions.ts";
import type { Sheet } from "./sheet.ts";
import { personCalled } from "./person-called.ts";
import { pipelinesOf, stageWords, takenPipelinesOf } from "./pipelines-of.ts";
import { outcomeOf } from "../domain/imports/read-outcome.ts";
import { stagesInOrder } from "./order-stages.ts";
import { outcomesOf, senseStages } from "./stage-sense.ts";
import { whereFrom } from "./where-from.ts";
import { Fitting, stageNameIn } from "../domain/imports/plan-opportunities.ts";
import type { Survey } from "./survey-rows.ts";

interface Known {
  what: What;
  sheet: Sheet;
  survey: Survey;
  columns: Columns;
  answers: Answers;
  reading: Reading;
  lookups: Lookups;
}

const mostListed = 200;

/** All that the admin is shown before anything is taken in. */
export function findOut(known: Known): Found {
  const { what, sheet, survey, columns, answers, reading, lookups } = known;
  const fitting = new Fitting(lookups, answers);
  const opening = openingStageOf(known);
  const latestDay = latestDayOf(survey, reading);
  const sensed = what === "opportunities" ? senseStages({ survey, columns, answers, reading, lookups, latestDay }) : [];
  const openingStage = what === "opportunities" ? fitStages(fitting, survey, { opening, answers, sensed }) : null;
  return {
    encoding: sheet.encoding,
    delimiter: sheet.delimiter,
    sheet: sheet.name,
    sheets: sheet.names,
    headerLine: sheet.headerLine,
    header: sheet.header,
    first: survey.first,
    columns,
    reading,
    questions: [...questionsOf(sheet, survey, answers), ...stageQuestion(sensed)],
    notes: [...whereFrom(sheet, what, columns), ...notesOf(sheet), ...readingNotes(survey, what, answers)],
    latestDay,
    exportedOn: null,
    undatedRows: survey.undatedRows,
    openingStage,
    owners: unknownPeople(survey, lookups, answers),
    products: otherwiseWritten(survey.values.get("product"), fitting),
    pipelines: pipelinesOf(survey),
    stages: [...(survey.values.get("stage")?.keys() ?? [])].slice(0, mostListed),
    crm: sheet.crm,
    newStages: fitting.newStages.map(({ name, outcome }) => ({ name, outcome })),
    sensed,
    ...chancesIn(known),
    newAccounts: 0,
    unit: answers.unit ?? (what === "accounts" ? revenueUnit(sheet.header) : 1),
    newManagers: [],
  };
}

/** Named by the admin, by what the column's name says, else the organisation's first. */
function openingStageOf({ sheet, columns, answers, survey, lookups }: Known): string | null {
  if (columns.created_on == null) return null;
  if (answers.openingStage) return answers.openingStage;
  const told = opensInStage[plainKey(sheet.header[columns.created_on] ?? "")];
  // Told by the column, but only where it is a stage of theirs.
  const own = [...(survey.values.get("stage")?.keys() ?? []), ...lookups.stages.filter(({ isSpare }) => !isSpare).map(({ name }) => name)];
  return told && own.some((name) => plainKey(name) === plainKey(told)) ? told : "";
}

/** Makes the file's stages known in their order; returns the name of the one opportunities open in. */
export function fitStages(
  fitting: Fitting,
  survey: Survey,
  { opening, answers, sensed = [] }: { opening: string | null; answers: Answers; sensed?: readonly SensedStage[] | undefined },
): string | null {
  const outcomes = outcomesOf(sensed);
  for (const name of stagesInOrder(survey))
    for (const pipeline of takenPipelinesOf(survey, name, answers)) {
      const outcome = outcomes.get(name) ?? outcomeOf(name);
      fitting.stage(stageWords(name, pipeline, answers, outcome), outcome);
    }
  if (opening === null) return null;
  return opening === "" ? (fitting.firstOpenStage()?.name ?? null) : fitting.stage(opening).name;
}

/** Only of open stages: the others say of themselves how they ended. */
function chancesIn({ what, survey, columns, answers }: Known): Pick<Found, "chances"> {
  if (what !== "opportunities" || columns.probability == null) return {};
  const chances: Record<string, number> = {};
  for (const [name, chance] of survey.stagesSeen.usualChances())
    if (outcomeOf(name) === "open") chances[stageNameIn(name, answers)] = chance;
  return { chances };
}

const stageQuestion = (sensed: readonly SensedStage[]): Question[] => {
  const open = sensed.find(({ isSure }) => !isSure);
  return open ? [{ kind: "outcomes", field: "stage", example: open.name }] : [];
};

function notesOf(sheet: Sheet): string[] {
  const notes: string[] = [];
  if (sheet.splitAt !== null)
    notes.push(
      `Every row has one cell too many: the comma in “${sheet.header[sheet.splitAt]}” has cut its numbers in two. They are put together again.`,
    );
  const repeated = repeatedNames(sheet.header);
  if (repeated.length > 0)
    notes.push(
      `${repeated.map((name) => `“${name}”`).join(" and ")} is the name of several columns: the first is taken unless you choose another.`,
    );
  if (sheet.hasNul) notes.push("The file holds NUL bytes. Rows with one are left out.");
  if (sheet.encoding === "windows-1252") notes.push("The file is not UTF-8; it is read as Windows-1252. Look whether accents are right.");
  return notes;
}

const repeatedNames = (header: readonly string[]): string[] => [
  ...new Set(header.filter((name, at) => name !== "" && header.indexOf(name) !== at)),
];

function unknownPeople(survey: Survey, lookups: Lookups, answers: Answers): Mapped[] {
  const values = survey.values.get("owner") ?? survey.values.get("person");
  const unknown: Mapped[] = [];
  const byId = new Map<string, Named>();
  for (const person of lookups.people.values()) if (person) byId.set(person.id, person);
  for (const [value, rows] of values ?? []) {
    const answer = answers.owners?.[value];
    const also = survey.alsoCalled.get(value);
    if (answer === undefined && (personCalled(lookups, value) || (also !== undefined && personCalled(lookups, also)))) continue;
    if (unknown.length < mostListed) unknown.push({ value, rows, to: answer ? (byId.get(answer) ?? null) : null });
  }
  return unknown;
}

/** Products under another writing, and those that are new. */
function otherwiseWritten(values: Map<string, number> | undefined, fitting: Fitting): Mapped[] {
  const listed: Mapped[] = [];
  for (const [value, rows] of values ?? []) {
    const found = fitting.findProduct(value);
    if (found?.name === value) continue;
    if (listed.length < mostListed) listed.push({ value, rows, to: found ?? null });
  }
  return listed;
}
