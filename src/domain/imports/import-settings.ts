import type { Crm, What } from "./import-fields.ts";
import type { RunSample } from "./run-samples.ts";
import type { Covers } from "./staging.ts";

export type DayOrder = "dmy" | "mdy" | "ymd";
export type DecimalMark = "point" | "comma";
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
export type Delimiter = "," | ";" | "\t" | "|";
/** Field → position of its column; null when the file has none. */
export type Columns = Record<string, number | null>;

/** What the admin has said about a file. Everything else is found in the file itself. */
export interface Answers {
  columns?: Columns;
  delimiter?: Delimiter;
  /** Name of the workbook's sheet that holds the table. */
  sheet?: string;
  /** Line in which the names of the columns stand. */
  headerLine?: number;
  /** By field. */
  dates?: Record<string, DayOrder>;
  numbers?: Record<string, DecimalMark>;
  /** The day on which the file was exported. */
  exportedOn?: string;
  /** The stage an opportunity was in from its creation until it closed. */
  openingStage?: string;
  /** Owner in the file → person, or "" to leave those rows out. */
  owners?: Record<string, string>;
  /** Product in the file → product; "" makes a new one. */
  products?: Record<string, string>;
  /** Account in the file → account. */
  accounts?: Record<string, string>;
  /** The system the file comes from, where it does not tell itself. */
  source?: Crm | "csv";
  /** The list of deals the file belongs to, by its name; "new" for one of its own, "same" for the one it has most of. */
  list?: string;
  /** Stage in the file → name of the stage it is here. */
  stages?: Record<string, string>;
  /** Stage in the file → how deals in it stand, where its name does not tell. */
  outcomes?: Record<string, "open" | "won" | "lost">;
  /** The pipelines to take in; without it all of them. */
  pipelines?: string[];
  /** Stages of one name in several pipelines stay different ones. */
  stagesApart?: boolean;
  /** How many of the currency one is in the file: 1, 1,000 or 1,000,000. */
  unit?: number;
  /** Whether a deal that is not in the file has gone: of everybody, of the owners in it, of nobody. */
  covers?: Covers;
}

export interface Reading {
  dates: Record<string, DayOrder | null>;
  numbers: Record<string, DecimalMark | null>;
}

export interface Question {
  kind: "date" | "number" | "pipelines" | "sheet" | "list" | "outcomes";
  field: string;
  /** A value of the column that can be read in two ways; a stage that several pipelines have. */
  example: string;
  /** Further such values, and the orders they allow. */
  examples?: string[];
  orders?: DayOrder[];
  /** What another column of the file shows, and the value that does. */
  likely?: { order: DayOrder; by: string };
}

/** Deals of one file may run through several pipelines, each with stages of its own. */
export interface Pipeline {
  name: string;
  rows: number;
  stages: string[];
}

/** A list of deals that earlier files have brought in, beside a file that may belong to it. */
export interface ListFacts {
  source: string;
  /** Its newest file, and the day of that. */
  fileName: string;
  day: string;
  /** Of the deals looked at: ids that are in the list; of those, how many are the same deal there, and how many another. */
  shared: number;
  agree: number;
  differ: number;
  isSameShape: boolean;
  isNearShape: boolean;
  examples: { id: string; here: string; given: string }[];
}

/** Open deals that an export does not have any more. */
export interface Vanishing {
  /** Deals of this source that are open now. */
  open: number;
  gone: number;
  /** Of the owners that the file has deals of. */
  ofOwners: number;
  /** Some of them. */
  names: string[];
  /** What they are taken for, unless it is answered otherwise. */
  covers: Covers;
  /** Only a person can say. */
  mustAsk: boolean;
}

/** A stage of the file that is not here yet. */
export interface SensedStage {
  name: string;
  rows: number;
  /** Some deals in it. */
  examples: string[];
  /** What it is taken for; null where nothing tells. */
  outcome: "open" | "won" | "lost" | null;
  isSure: boolean;
  why: string;
}

export interface Mapped {
  value: string;
  rows: number;
  /** Null: fits nothing. */
  to: { id: string; name: string } | null;
}

/** What a look at the whole file has shown. */
export interface Found {
  /** Null for a workbook, which has neither. */
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  /** Of a workbook: the sheet that is read, and all there are. */
  sheet: string | null;
  sheets: string[];
  headerLine: number;
  header: string[];
  /** The first rows as they stand in the file. */
  first: { line: number; cells: string[] }[];
  columns: Columns;
  /** Some of them are guessed by what stands in them. */
  isGuessed?: boolean;
  /** How the dates and numbers of each field are read; null where that makes no difference. */
  reading: Reading;
  questions: Question[];
  /** Things done on the way that the reader should know. */
  notes: string[];
  latestDay: string | null;
  /** The day the file counts as exported on: as answered, else as `exportDayOf` takes it. */
  exportedOn: string | null;
  /** What tells that day: an admin, a line at the end of the file, the latest day in it; else it is the day it came. */
  exportedFrom?: { how: "said" | "end" | "latest" | "today"; words?: string };
  undatedRows: number;
  openingStage: string | null;
  /** Values of the file that are written otherwise here, or fit nothing. */
  owners: Mapped[];
  products: Mapped[];
  /** Its pipelines, where it names several. */
  pipelines: Pipeline[];
  /** Stages as the file writes them. */
  stages: string[];
  /** The program that wrote it, told by its signs. */
  crm: Crm | null;
  newStages: { name: string; outcome: "open" | "won" | "lost" }[];
  /** Which imports there had been when it was looked over. */
  basis?: string;
  /** What each stage that is new is taken for, and why. */
  sensed?: SensedStage[];
  /** How likely the program that wrote it takes deals in a stage to be won, in per cent, by the stage's name here. */
  chances?: Record<string, number>;
  newAccounts: number;
  /** New accounts whose names are much like one that is here. */
  accounts?: Mapped[];
  /** How many of the currency one stands for, as far as the columns tell. */
  unit: number;
  /** People named only as somebody's manager. */
  newManagers: string[];
  /** A few of the changes it made. */
  samples?: RunSample[];
  vanishing?: Vanishing;
  /** The list it is taken for, and those it might be. */
  list?: { source: string; isNew: boolean; candidates: ListFacts[] };
  /** It is older than an export that is in: the day of that one. */
  placedBefore?: string | null;
}

export interface Settings {
  answers: Answers;
  found?: Found;
  /** The run that has taken in these very bytes. */
  sameAs?: { runId: string; at: string };
  /** Whether what was said about earlier files of these columns is among the answers, and through which file it was learned. */
  isRecalled?: boolean;
  recalledFrom?: string;
  /** The columns' names as Kept finds them by itself: by them the next such file is known. */
  foundHeader?: string[];
  /** What was said about files like this one is forgotten: it tells nothing of the next. */
  isForgotten?: boolean;
}

export type RunState = "uploaded" | "checking" | "needs_answers" | "checked" | "applying" | "applied" | "failed" | "cancelled" | "undone";

export interface Run {
  orgId: string;
  id: string;
  what: What | null;
  source: string;
  fileName: string;
  filePath: string | null;
  state: RunState;
  settings: Settings;
  fileBytes: number | null;
  rowsTotal: number;
  rowsDone: number;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsFailed: number;
  problem: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  createdBy: string | null;
  workBeganAt: Date | null;
  /** Whether it is kept what it did. */
  isRemembered: boolean;
  undoneAt: Date | null;
  undoneBy: string | null;
}
