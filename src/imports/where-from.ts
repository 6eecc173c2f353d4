import { type Crm, crmNames, type What } from "../domain/imports/import-fields.ts";
import type { Columns } from "../domain/imports/import-settings.ts";
import { isOwnFile } from "../domain/imports/own-file.ts";
import type { Sheet } from "./sheet.ts";

const words: Record<Crm, string> = {
  salesforce: "A Salesforce report",
  hubspot: `A file from ${crmNames.hubspot}`,
  pipedrive: `A file from ${crmNames.pipedrive}`,
  dynamics: `A file from ${crmNames.dynamics}`,
};

/** In plain words: what the file was recognised as, and what that means for how it is read. */
export function whereFrom(sheet: Sheet, what: What, columns: Columns): string[] {
  const { crm, end } = sheet;
  const left = end && `${end.lines} ${end.lines === 1 ? "line" : "lines"} at its end left out`;
  const notes = crm ? [left ? `${words[crm]}, ${left}.` : `${words[crm]}.`] : left ? [`${left}: no rows, but words below them.`] : [];
  if (what === "opportunities" && isOwnFile(sheet.header, columns))
    notes.push("The pipeline as Kept wrote it: its deals are known by Kept’s own id, and none is made.");
  if (sheet.names.length > 1) notes.push(`Of its ${sheet.names.length} sheets “${sheet.name}” is read.`);
  if (sheet.above > 0)
    notes.push(
      `The names of its columns are in line ${sheet.headerLine}; ${sheet.above === 1 ? "the line" : `the ${sheet.above} lines`} above ${sheet.above === 1 ? "is" : "are"} left out.`,
    );
  if (what !== "opportunities" || columns.status != null) return notes;
  if (columns.won_on != null)
    notes.push(
      "It has no column for the status: a deal with a day on which it was won counts as won, one with a day or a reason of loss as lost.",
    );
  else if (columns.lost_reason != null || columns.lost_on != null)
    notes.push(
      crm === "pipedrive" || columns.stage == null
        ? "It has no column for the status: a deal with a reason or a day of loss counts as lost. Which ones are won it does not say: export it with the status too."
        : "A deal with a reason of loss counts as lost.",
    );
  return notes;
}
