import type { ChangedField } from "../opportunities/history-queries.ts";

/** A deal's history put together again when an export is placed between others: pure, one deal at a time. */

export interface HistoryRow {
  /** Milliseconds. */
  at: number;
  field: ChangedField;
  before: string | null;
  after: string | null;
  source: string;
  runId: string | null;
  /** Not written: see first-currency.ts. */
  isImplied?: boolean | undefined;
}

/** What one export says about the deal. Its fields stand in `values`; a field that is not there was not asked. */
export interface Look {
  at: number;
  kind: "seen" | "absent";
  values?: ReadonlyMap<ChangedField, string | null>;
  /** When it closed, if it stands closed: its close date, else the export. */
  closedAt?: number;
  /** Day of creation the file gives. */
  datedAt?: number | null;
  /** Absent: only if one of these owns it; undefined is everybody. */
  owners?: ReadonlySet<string> | undefined;
}

/** How the deal began, as far as its first export tells. */
export interface Beginning {
  createdAt: number;
  stateAt: number;
  firstStage: string | null;
  /** All that it stood like: also what Kept has made up where the file is silent, such as a name. */
  values: ReadonlyMap<ChangedField, string | null>;
}

export interface Replayed {
  /** What is kept as it stands whoever looked: from other people, or from an export of the history itself. */
  facts: readonly HistoryRow[];
  /** Rows up to the first look, when that look is not the new one. */
  begun: readonly HistoryRow[];
  /** When the first look is the new one: how the deal began according to it. */
  beginning: Beginning | null;
  /** In order of time. */
  looks: readonly Look[];
  isOpen(stage: string | null | undefined): boolean;
  by: { source: string; runId: string };
}

const birthFields: readonly ChangedField[] = ["account", "currency", "name", "owner", "product"];
const iso = (at: number): string => new Date(at).toISOString();

class Writer {
  readonly rows: HistoryRow[] = [];
  readonly now = new Map<ChangedField, string | null>();
  lastAt = Number.NEGATIVE_INFINITY;
  readonly #by: Replayed["by"];

  constructor(by: Replayed["by"]) {
    this.#by = by;
  }

  get(field: ChangedField): string | null {
    return this.now.get(field) ?? null;
  }

  keep(row: HistoryRow): void {
    const before = this.get(row.field);
    if (before === row.after) return;
    this.rows.push(before === row.before ? row : { ...row, before });
    this.now.set(row.field, row.after);
    this.lastAt = Math.max(this.lastAt, row.at);
  }

  put(at: number, field: ChangedField, after: string | null): void {
    this.keep({ at, field, before: this.get(field), after, ...this.#by });
  }
}

/**
 * The same rows as if the exports had come in the order of their days. Between two exports a difference is dated by what the
 * later one proves: a closed deal by its close date, everything else by the day of that export, never before the earlier one.
 */
export function replayHistory(given: Replayed): HistoryRow[] {
  const { facts, begun, beginning, looks } = given;
  const writer = new Writer(given.by);
  const sorted = facts.toSorted((a, b) => a.at - b.at);
  let next = 0;
  const factsUntil = (at: number) => {
    for (let fact = sorted[next]; fact && fact.at <= at; fact = sorted[++next]) writer.keep(fact);
  };
  let previous = Number.NEGATIVE_INFINITY;
  for (const row of corrected(begun, sorted)) {
    factsUntil(row.at - 1);
    writer.keep(row);
  }
  for (const [i, look] of looks.entries()) {
    if (i === 0 && beginning) begin(writer, beginning, sorted);
    factsUntil(look.at);
    if (look.kind === "absent") lose(writer, look, given);
    else if (i > 0 || !beginning || sorted.length > 0) see(writer, look, previous, given);
    if (look.kind === "seen") previous = look.at;
  }
  factsUntil(Number.POSITIVE_INFINITY);
  return writer.rows;
}

const day = 86_400_000;

/** What a field was at first, where an export has only guessed it and its changes tell. */
function startOf(facts: readonly HistoryRow[], field: ChangedField, at: number, guess: string | null): string | null {
  const own = facts.filter((fact) => fact.field === field);
  const until = own.findLast((fact) => fact.at <= at);
  if (until) return until.after;
  const [first] = own;
  if (!first) return guess;
  return first.before ?? (first.at - at < day ? first.after : guess);
}

/** The first rows of a deal in order, put right by the history itself where that is known. */
function corrected(begun: readonly HistoryRow[], facts: readonly HistoryRow[]): HistoryRow[] {
  const rows = begun.toSorted((a, b) => a.at - b.at);
  const seen = new Set<ChangedField>(["created"]);
  return rows.map((row) => {
    if (seen.has(row.field)) return row;
    seen.add(row.field);
    const after = startOf(facts, row.field, row.at, row.after);
    return after === row.after ? row : { ...row, after };
  });
}

/** What the first export says of the time before it, except where the history itself is known. */
function begin(writer: Writer, { createdAt, stateAt, firstStage, values }: Beginning, facts: readonly HistoryRow[]): void {
  const first = (field: ChangedField, value: string | null) => {
    const start = startOf(facts, field, createdAt, value);
    if (start !== null) writer.put(createdAt, field, start);
  };
  writer.put(createdAt, "created", iso(createdAt));
  for (const field of birthFields) first(field, values.get(field) ?? null);
  first("stage", firstStage ?? values.get("stage") ?? null);
  if (facts.length > 0) return;
  for (const [field, value] of values) if (field !== "created" && writer.get(field) !== value) writer.put(stateAt, field, value);
}

function see(writer: Writer, look: Look, previous: number, { isOpen }: Replayed): void {
  const values: ReadonlyMap<ChangedField, string | null> = look.values ?? new Map<ChangedField, string | null>();
  const stage = values.get("stage");
  const wasOpen = isOpen(writer.get("stage"));
  const closes = values.has("stage") && wasOpen && !isOpen(stage);
  const usual = closes ? Math.min(look.closedAt ?? look.at, look.at) : look.at;
  const begins = wasOpen && isOpen(stage) && look.datedAt != null && look.datedAt > writer.lastAt;
  const floor = Math.max(writer.lastAt, previous) + 1;
  if (writer.get("vanished") !== null) writer.put(Math.max(look.at, floor), "vanished", null);
  for (const [field, value] of values) {
    if (field === "created" || writer.get(field) === value) continue;
    writer.put(Math.max(field === "stage" && begins ? (look.datedAt ?? usual) : usual, floor), field, value);
  }
  const created = writer.get("created");
  if (look.datedAt != null && created !== null && look.datedAt < Date.parse(created))
    writer.put(Math.max(look.at, floor), "created", iso(look.datedAt));
}

function lose(writer: Writer, look: Look, { isOpen }: Replayed): void {
  if (!writer.now.has("stage") || !isOpen(writer.get("stage")) || writer.get("vanished") !== null) return;
  if (look.owners && !look.owners.has(writer.get("owner") ?? "")) return;
  writer.put(Math.max(look.at, writer.lastAt + 1), "vanished", iso(look.at));
}

const sameRow = (a: HistoryRow, b: HistoryRow) => a.before === b.before && a.after === b.after;
const keyOf = ({ at, field }: HistoryRow) => `${at} ${field}`;

/** What has to be taken out and put in so that `before` becomes `after`. */
export function differenceOf(before: readonly HistoryRow[], after: readonly HistoryRow[]): { removed: HistoryRow[]; added: HistoryRow[] } {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const fresh = new Map(after.map((row) => [keyOf(row), row]));
  const stays = (row: HistoryRow, others: ReadonlyMap<string, HistoryRow>) => {
    const other = others.get(keyOf(row));
    return other !== undefined && sameRow(row, other);
  };
  return {
    removed: before.filter((row) => !stays(row, fresh)),
    added: after.filter((row) => !stays(row, old)),
  };
}

/** The value of each field at an instant, from rows in order of time. */
export function valuesAt(rows: readonly HistoryRow[], at: number): Map<ChangedField, string | null> {
  const values = new Map<ChangedField, string | null>();
  for (const row of rows) if (row.at <= at) values.set(row.field, row.after);
  return values;
}
