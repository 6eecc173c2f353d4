import { crmNames, crms, fieldWords, type ImportField, targets, type What, whats } from "../../domain/imports/import-fields.ts";
import type { Choices } from "../../domain/imports/import-access.ts";
import type { DayOrder, Found, Mapped, Question, Run } from "../../domain/imports/import-settings.ts";
import { SheetQuestion, WhereInFile } from "./where-in-file.tsx";
import { PipelineChoice, PipelineQuestion, StageNames } from "./pipeline-choices.tsx";
import { Accounts, Owners } from "./match-names.tsx";
import { ListChoice, ListQuestion } from "./list-question.tsx";
import { StageOutcomes, StageQuestion } from "./stage-outcomes.tsx";
import { VanishingQuestion } from "./vanishing-question.tsx";
import { readDate } from "../../imports/read-date.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { count, fullDay, list } from "../../parts/words.ts";

interface Props {
  run: Run;
  found: Found | undefined;
  choices: Choices;
  errors: Errors;
  /** What was typed, when the form comes back with an error. */
  typed: Record<string, string> | undefined;
  isOpen: boolean;
}

/** Everything the admin can say about a file. Questions come first and stand open; the rest is filled in already. */
export function AnswersForm({ run, found, choices, errors, typed, isOpen }: Props) {
  const questions = found?.questions ?? [];
  const columns = found && run.what && <ColumnsPart what={run.what} found={found} typed={typed} />;
  // What is asked for stands first.
  const columnsFirst = run.state === "needs_answers" && run.problem !== null;
  return (
    <form class="stack" method="post" action={`/imports/${run.id}/answers`}>
      {questions.length > 0 && run.what && <Questions what={run.what} found={found as Found} errors={errors} typed={typed} />}
      {found && <VanishingQuestion found={found} typed={typed} />}
      {found && found.owners.length > 0 && (
        <Owners owners={found.owners} answers={run.settings.answers.owners} choices={choices} errors={errors} typed={typed} />
      )}
      <details class="sheet pad" open={isOpen}>
        <summary>
          <h2>How the file is read</h2>
        </summary>
        <div class="stack import-reading">
          {columnsFirst && columns}
          <Reading run={run} found={found} choices={choices} errors={errors} typed={typed} />
          {!columnsFirst && columns}
          {found && <StageOutcomes run={run} found={found} typed={typed} />}
          {found && <StageNames run={run} found={found} choices={choices} typed={typed} />}
          {found && found.pipelines.length > 1 && !found.questions.some(({ kind }) => kind === "pipelines") && (
            <PipelineChoice run={run} found={found} typed={typed} error={errors.pipelines} />
          )}
          {found && (found.accounts ?? []).length > 0 && <Accounts accounts={found.accounts ?? []} typed={typed} />}
          {found && found.products.length > 0 && <Products products={found.products} choices={choices} errors={errors} typed={typed} />}
        </div>
      </details>
      <div>
        <button class={questions.length > 0 || run.state !== "checked" ? "btn primary" : "btn"}>
          {questions.length > 0 || found?.vanishing?.mustAsk ? "Go on" : "Look it over again"}
        </button>
      </div>
    </form>
  );
}

const wordsOf = fieldWords;

function Questions({ what, found, errors, typed }: { what: What; found: Found; errors: Errors; typed: Props["typed"] }) {
  return (
    <section class="sheet pad stack import-questions" aria-labelledby="questions">
      <h2 id="questions">{found.questions.length === 1 ? "One question first" : "Some questions first"}</h2>
      {found.questions.map((question) =>
        question.kind === "sheet" ? (
          <SheetQuestion found={found} typed={typed} />
        ) : question.kind === "pipelines" ? (
          <PipelineQuestion found={found} stage={question.example} typed={typed} error={errors.pipelines} />
        ) : question.kind === "outcomes" ? (
          <StageQuestion found={found} typed={typed} />
        ) : question.kind === "list" ? (
          <ListQuestion found={found} suggested={question.example} typed={typed} />
        ) : (
          <ValueQuestion what={what} question={question} typed={typed} />
        ),
      )}
    </section>
  );
}

function ValueQuestion({ what, question, typed }: { what: What; question: Question; typed: Props["typed"] }) {
  const { kind, field, example } = question;
  const others = (question.examples ?? []).slice(1).map((one) => `“${one}”`);
  return (
    <fieldset class="stack tight">
      <legend>
        {wordsOf(what, field)}: what is “{example}”?
      </legend>
      <p class="muted small">
        {kind === "date"
          ? `No value of this column settles what comes first${others.length > 0 ? `, nor do ${list(others)}` : ""}.${question.likely ? ` In another column “${question.likely.by}” does: it is filled in as there.` : ""}`
          : "No value of this column settles whether that mark separates thousands or decimals."}
      </p>
      {(kind === "date" ? dateReadings(question) : numberReadings(example)).map(({ value, words }) => (
        <label class="choice">
          <input
            type="radio"
            name={`${kind}_${field}`}
            value={value}
            required
            checked={(typed?.[`${kind}_${field}`] ?? question.likely?.order) === value}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}

const orderWords: Record<DayOrder, string> = {
  dmy: "the day comes first",
  mdy: "the month comes first",
  ymd: "the year comes first",
};

const dateReadings = ({ example, orders = ["dmy", "mdy"] }: Question) =>
  orders.map((value) => ({ value, words: `${fullDay(readDate(example, value)?.day ?? "")}: ${orderWords[value]}` }));

function numberReadings(example: string) {
  const digits = example.replaceAll(/[^\d.,-]/g, "");
  const whole = Number(digits.replaceAll(/[.,]/g, "")).toLocaleString("en-US");
  const split = digits.replace(",", ".");
  const usesPoint = digits.includes(".");
  return [
    { value: usesPoint ? "comma" : "point", words: `${whole}: a whole number, the mark separates thousands` },
    { value: usesPoint ? "point" : "comma", words: `${split}: a number with decimals` },
  ];
}

function Products({ products, choices, errors, typed }: { products: Mapped[]; choices: Choices; errors: Errors; typed: Props["typed"] }) {
  return (
    <fieldset class="stack tight">
      <legend>Products written otherwise, or new</legend>
      <datalist id="products-known">
        {choices.products.map(({ name }) => (
          <option value={name}></option>
        ))}
      </datalist>
      <div class="fields">
        {products.map(({ value, rows, to }, i) => (
          <Field
            name={`product_${i}`}
            label={value}
            hint={to ? `${count(rows, "row")}, taken for “${to.name}”` : `${count(rows, "row")}. New: leave empty to make it`}
            list="products-known"
            value={typed?.[`product_${i}`] ?? to?.name ?? ""}
            error={errors[`product_${i}`]}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Reading({ run, found, choices, errors, typed }: Omit<Props, "isOpen">) {
  const { answers } = run.settings;
  const isPipeline = run.what === "opportunities";
  return (
    <div class="fields">
      <Select
        name="what"
        label="It holds"
        value={typed?.what ?? run.what ?? ""}
        options={[{ value: "", words: "Find out" }, ...whats.map((one) => ({ value: one, words: targets[one].words }))]}
      />
      <WhereInFile run={run} found={found} typed={typed} errors={errors} />
      {isPipeline && (
        <Select
          name="source"
          label="It comes from"
          hint="Deals are known again by their id in that system."
          value={typed?.source ?? answers.source ?? ""}
          options={[
            { value: "", words: found?.crm ? `${crmNames[found.crm]}, as its columns tell` : "Find out" },
            ...crms.map((one) => ({ value: one, words: crmNames[one] })),
            { value: "csv", words: "Another system" },
          ]}
        />
      )}
      {isPipeline && found && !found.questions.some(({ kind }) => kind === "list") && <ListChoice run={run} found={found} typed={typed} />}
      {isPipeline && found && (
        <Field
          type="date"
          name="exported_on"
          label="Exported on"
          hint={`${dayFrom[found.exportedFrom?.how ?? ""] ?? ""}${found.undatedRows > 0 ? `${count(found.undatedRows, "row has", "rows have")} no date: known from this day. ` : ""}From this day on counts what the file says.`}
          value={typed?.exported_on ?? found.exportedOn ?? found.latestDay ?? ""}
          error={errors.exported_on}
        />
      )}
      {isPipeline && found?.openingStage != null && (
        <Select
          name="opening_stage"
          label="Stage until it closes"
          hint="An export tells only the last stage. Before that each opportunity counts as being in this one."
          value={typed?.opening_stage ?? found.openingStage}
          options={stageNames(choices, found).map((name) => ({ value: name, words: name }))}
        />
      )}
      {run.what === "accounts" && found && (
        <Select
          name="unit"
          label="Revenue is in"
          value={typed?.unit ?? String(found.unit)}
          options={[
            { value: "1", words: "whole units of the currency" },
            { value: "1000", words: "thousands" },
            { value: "1000000", words: "millions" },
          ]}
        />
      )}
    </div>
  );
}

const dayFrom: Record<string, string> = {
  end: "As the end of the file says. ",
  latest: "The latest day in the file. ",
  today: "No day in the file tells: the day it came. ",
};

const stageNames = (choices: Choices, found: Found): string[] => [
  ...new Set([...(found.openingStage ? [found.openingStage] : []), ...choices.stages, ...found.newStages.map(({ name }) => name)]),
];

function ColumnsPart({ what, found, typed }: { what: What; found: Found; typed: Props["typed"] }) {
  const { needs } = targets[what];
  const chosen = (field: ImportField) => typed?.[`column_${field.key}`] ?? String(found.columns[field.key] ?? "");
  const isAside = (field: ImportField) => seldom.has(field.key) && chosen(field) === "";
  const options = [
    { value: "", words: "not in the file" },
    ...found.header.map((_, at) => ({ value: String(at), words: columnWords(found, at) })),
  ];
  const select = (field: ImportField) => (
    <Select
      name={`column_${field.key}`}
      label={field.words}
      value={chosen(field)}
      {...(hintOf(what, field, needs) ? { hint: hintOf(what, field, needs) } : {})}
      options={options}
    />
  );
  const { fields } = targets[what];
  return (
    <fieldset class="stack tight">
      <legend>Which column is which</legend>
      <div class="fields">{fields.filter((field) => !isAside(field)).map(select)}</div>
      {fields.some(isAside) && (
        <details>
          <summary>Columns that few files have</summary>
          <div class="fields">{fields.filter(isAside).map(select)}</div>
        </details>
      )}
    </fieldset>
  );
}

/** Asked for only where the file has them, or somebody looks for them. */
const seldom = new Set(
  "owner_email owner_id is_won is_lost is_closed lost_reason pipeline won_on lost_on closed_on is_list_price actual_amount forecast_category".split(
    " ",
  ),
);

/** A column by its name and the first value in it, because names alone may say little. */
function columnWords({ header, first }: Found, at: number): string {
  const example = first.map(({ cells }) => cells[at]?.trim() ?? "").find((cell) => cell !== "");
  const name = header[at] || `column ${at + 1}`;
  return example ? `${name}: ${example.length > 24 ? `${example.slice(0, 23)}…` : example}` : name;
}

function hintOf(what: What, field: ImportField, needs: readonly (readonly string[])[]): string {
  const group = needs.find((keys) => keys.includes(field.key));
  const others = group?.filter((key) => key !== field.key).map((key) => wordsOf(what, key)) ?? [];
  const needed = !group ? "" : others.length === 0 ? "needed" : `this or ${others.join(" or ")} is needed`;
  return [field.hint, needed].filter(Boolean).join("; ");
}
