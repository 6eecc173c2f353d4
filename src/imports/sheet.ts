import type { Crm } from "../domain/imports/import-fields.ts";
import type { Answers, Delimiter, Encoding } from "../domain/imports/import-settings.ts";
import type { FileEnd } from "./file-end.ts";
import type { SourceRow } from "./read-records.ts";

/** What the admin may have said about where the table is. */
export type Told = Pick<Answers, "delimiter" | "sheet" | "headerLine">;

/** A table of which is known where it stands, how it is written and what its columns are called. */
export interface Sheet {
  /** Null for a workbook, which needs neither. */
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  hasNul: boolean;
  /** Of a workbook: the sheet that is read, all there are to choose from, and whether several could be meant. */
  name: string | null;
  names: string[];
  isOpenWhich: boolean;
  header: string[];
  headerLine: number;
  /** How many rows stand above the names of the columns: a title, filters. */
  above: number;
  /** Where an unquoted decimal comma has cut one number into two cells, in every row. */
  splitAt: number | null;
  /** The program that wrote it, as far as its columns tell. */
  crm: Crm | null;
  /** What stands below its rows, once they have been read. */
  end: FileEnd | null;
  /** Every row from the top, the names of the columns and what is above them included. */
  all(): AsyncIterable<SourceRow[]>;
}
