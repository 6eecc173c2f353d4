import type { Found, Run } from "../../domain/imports/import-settings.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { delimiterNames } from "./import-words.ts";

interface Props {
  run: Run;
  found: Found | undefined;
  typed: Record<string, string> | undefined;
  errors: Errors;
}

/** Several sheets of a workbook hold something that Kept takes in. */
export function SheetQuestion({ found, typed }: { found: Found; typed: Props["typed"] }) {
  return (
    <fieldset class="stack tight">
      <legend>Which sheet of the workbook is it?</legend>
      <p class="muted small">The columns of several fit. Each can be brought in by itself.</p>
      {found.sheets.map((name) => (
        <label class="choice">
          <input type="radio" name="which_sheet" value={name} required checked={typed?.which_sheet === name} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Where the table begins: which sheet, which line, what separates its cells. */
export function WhereInFile({ run, found, typed, errors }: Props) {
  const { answers } = run.settings;
  const isWorkbook = found !== undefined && found.delimiter === null;
  const isAsked = found?.questions.some(({ kind }) => kind === "sheet") ?? false;
  return (
    <>
      {isWorkbook && found.sheets.length > 1 && !isAsked && (
        <Select
          name="sheet"
          label="Sheet"
          value={typed?.sheet ?? answers.sheet ?? found.sheet ?? ""}
          options={found.sheets.map((name) => ({ value: name, words: name }))}
        />
      )}
      {!isWorkbook && (
        <Select
          name="delimiter"
          label="Between the cells are"
          value={typed?.delimiter ?? answers.delimiter ?? ""}
          options={[{ value: "", words: "Find out" }, ...delimiterNames]}
        />
      )}
      {found && (
        <Field
          type="number"
          name="header_line"
          label="Line with the names of the columns"
          min="1"
          value={typed?.header_line ?? String(answers.headerLine ?? found.headerLine)}
          error={errors.header_line}
        />
      )}
    </>
  );
}
