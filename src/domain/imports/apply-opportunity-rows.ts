import type pg from "pg";
import { todayOf } from "../../platform/clock.ts";
import type { App } from "../../platform/context.ts";
import { minorUnits } from "../../method/minor-units.ts";
import { newId } from "../../platform/new-id.ts";
import { PlainError } from "../../platform/plain-error.ts";
import { timingOf } from "./export-timing.ts";
import { plainKey } from "./import-fields.ts";
import { knowRemembered } from "./import-matches.ts";
import type { Answers } from "./import-settings.ts";
import { type Lookups, readLookups, readStages, type StageRow } from "./import-lookups.ts";
import { isoTexts, opportunityValues } from "./opportunity-values.ts";
import { Fitting } from "./plan-opportunities.ts";
import { outcomeOf } from "./read-outcome.ts";
import { refuseLaterCreation } from "./refuse-later-creation.ts";
import { opportunityStaging } from "./stage-opportunities.ts";
import { dropStaged, type Job, makeStaged, type Value } from "./staging.ts";
import { takeTurn } from "./keep-outcome.ts";

/** One opportunity as a program gives it. What is undefined is not spoken of and stays; null clears. */
export interface OpportunityRow {
  externalId: string;
  name?: string | null;
  /** A mail address, an id in your system, or a name. */
  owner?: string;
  account?: string | null;
  /** By name or by the id it has in its source. */
  product?: string | null;
  /** By name; one that is new is made. */
  stage?: string;
  /** open, won or lost, where the stage does not say so. */
  status?: string;
  /** ISO instants or days; a day is its noon in the organisation. */
  createdOn?: string | null;
  /** ISO day: expected while open, actual once closed. */
  closeOn?: string | null;
  amountMinor?: number | null;
  currency?: string;
  forecastCategory?: string | null;
  nextStep?: string | null;
}

/** A row that is no opportunity: it is listed with what is wrong about it and what was given. */
export interface UnusableRow {
  problem: string;
  given: string;
}

export interface Push {
  orgId: string;
  /** Where the ids come from: one id is one deal within a source. */
  source: string;
  /** What the run is called on the page of imports, such as "Pushed by Nightly job". */
  label: string;
  createdBy: string | null;
}

export interface Applied {
  runId: string;
  rows: number;
  fresh: number;
  changed: number;
  same: number;
  /** Rows that were not taken, by their position among those given, counted from 1. */
  listed: { line: number; value: string | null; reason: string }[];
  /** What became of the others, by the same position. */
  outcomes: Map<number, "created" | "changed" | "unchanged">;
  /** What about those could not be taken, by the same position. */
  remarks: Map<number, string>;
}

/**
 * `applyOpportunityRows(app, client, push, rows)`: takes opportunities that are already parsed in, as an import would: known ones
 * get dated changes, new ones are made, what cannot be taken is listed. fresh + changed + same + listed are the rows given.
 * Everything happens on `client`, which must act as "import" in the organisation (`app.database.withClient({ actor: "import", … })`)
 * and commits; so an idempotency key can be kept in the same transaction. A deal that is not among the rows has not gone.
 * Money in minor units, days ISO. Meant for at most 10,000 rows.
 */
export async function applyOpportunityRows(
  app: App,
  client: pg.ClientBase,
  push: Push,
  rows: readonly (OpportunityRow | UnusableRow)[],
): Promise<Applied> {
  const { orgId, source } = push;
  await takeTurn(client, orgId);
  const runId = newId();
  const now = app.clock.now();
  await client.query(
    `insert into import_run (org_id, id, what, source, file_name, state, rows_total, rows_done, created_by, created_at, finished_at)
      values ($1, $2, 'opportunities', $3, $4, 'applied', $5, $5, $6, $7, $7)`,
    [orgId, runId, source, push.label.slice(0, 300), rows.length, push.createdBy, now],
  );
  const lookups = await readLookups(client, orgId, source);
  const remembered = await knowRemembered(client, orgId, source, lookups);
  // The run itself is not looked at: it has no instant yet.
  const timing = await timingOf(client, orgId, source, now);
  const base = {
    orgId,
    runId,
    source,
    currency: lookups.currency,
    timeZone: lookups.timeZone,
    now,
    today: todayOf(app),
    covers: "part" as const,
    accounts: remembered.accounts,
    ...timing,
  };
  const done: Applied = { runId, rows: rows.length, fresh: 0, changed: 0, same: 0, listed: [], outcomes: new Map(), remarks: new Map() };
  const first = new Map<string, number>();
  const lines = rows.flatMap((row, i) => ("problem" in row ? [] : [{ row, line: i + 1 }]));
  for (const [i, row] of rows.entries()) if ("problem" in row) done.listed.push({ line: i + 1, value: null, reason: row.problem });
  for (const { row, line } of lines) {
    const before = first.get(row.externalId);
    const reason = `the same opportunity${otherThan(rows[(before ?? 0) - 1], row)} as in row ${before}`;
    if (before !== undefined) done.listed.push({ line, value: row.externalId, reason });
    else first.set(row.externalId, line);
  }
  const once = lines.filter(({ row, line }) => first.get(row.externalId) === line);
  // Rows that speak of the same fields go together: only those are compared and written.
  for (const group of Map.groupBy(once, ({ row }) => signatureOf(row)).values())
    await takeGroup(client, { ...base, remembered }, lookups, group, done);
  done.listed.sort((a, b) => a.line - b.line);
  await keep(client, orgId, rows, done);
  return done;
}

const fieldNames: [keyof OpportunityRow, string][] = [
  ["name", "name"],
  ["owner", "owner"],
  ["account", "account"],
  ["product", "product"],
  ["stage", "stage"],
  ["status", "stage"],
  ["createdOn", "created_on"],
  ["closeOn", "close_on"],
  ["amountMinor", "amount"],
  ["currency", "currency"],
  ["forecastCategory", "forecast_category"],
  ["nextStep", "next_step"],
];

/** What a second row of one id says otherwise, in words. */
function otherThan(first: OpportunityRow | UnusableRow | undefined, second: OpportunityRow): string {
  if (!first || "problem" in first) return "";
  const other = fieldNames.filter(([key]) => first[key] !== second[key]).map(([, field]) => field.replaceAll("_", " "));
  return other.length === 0 ? "" : `, with another ${[...new Set(other)].join(", ").replace(/, ([^,]*)$/, " and $1")},`;
}

const providedBy = (row: OpportunityRow): string[] => [
  ...new Set(fieldNames.filter(([key]) => row[key] !== undefined).map(([, field]) => field)),
];
const signatureOf = (row: OpportunityRow): string => providedBy(row).join(",");

interface Line {
  row: OpportunityRow;
  line: number;
}

async function takeGroup(
  client: pg.ClientBase,
  { remembered, ...base }: Omit<Job, "provided" | "newStages" | "newProducts"> & { remembered: Answers },
  lookups: Lookups,
  group: readonly Line[],
  done: Applied,
): Promise<void> {
  const fitting = new Fitting(lookups, remembered);
  // Which stage deals open in shows only once all of theirs are known.
  if (lookups.stages.some(({ isSpare }) => isSpare)) for (const { row } of group) if (row.stage) fitting.stage(row.stage.trim());
  const convert = converter(lookups, fitting, base.exportedAt.getTime());
  const lists: { line: number; reason: string | null; values: Value[] }[] = group.map(({ row, line }) => ({ line, ...convert(row) }));
  if (fitting.hasTooManyStages())
    throw new PlainError(`The rows name ${fitting.newStages.length} stages that are not here yet.`, "Send the name of the stage as stage.");
  await makeStaged(client, opportunityStaging);
  await insertStaged(client, lists);
  const provided = new Set(group[0] ? providedBy(group[0].row) : []);
  const job: Job = { ...base, provided, newStages: fitting.newStages, newProducts: fitting.newProducts };
  const counts = await opportunityStaging.settle(client, job);
  counts.same -= await refuseLaterCreation(client, job, done);
  await noteOutcomes(client, job, done);
  await opportunityStaging.apply(client, job);
  done.fresh += counts.fresh;
  done.changed += counts.changed;
  done.same += counts.same;
  const { rows: failed } = await client.query<{ line: number; reason: string }>("select line, reason from staged where reason is not null");
  for (const { line, reason } of failed) done.listed.push({ line, value: /“([^”]*)”/.exec(reason)?.[1] ?? null, reason });
  // What was made is there for the next group.
  lookups.stages = await readStages(client, base.orgId);
  for (const product of fitting.newProducts) lookups.products.set(plainKey(product.name) || product.name, product);
  await dropStaged(client);
}

async function noteOutcomes(client: pg.ClientBase, { isLate }: Job, { outcomes }: Applied): Promise<void> {
  const moved = isLate ? "select k.line from known k join altered a on a.id = k.id" : "select line from moved where line is not null";
  const { rows } = await client.query<{ line: number; outcome: "created" | "changed" | "unchanged" }>(
    `select s.line, case when k.line is null then 'created' when s.line in (${moved}) then 'changed' else 'unchanged' end as outcome
      from staged s left join known k on k.line = s.line where s.reason is null`,
  );
  for (const { line, outcome } of rows) outcomes.set(line, outcome);
}

function converter(lookups: Lookups, fitting: Fitting, exportedAt: number) {
  const iso = isoTexts();
  const noon = (day: string) =>
    Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: lookups.timeZone, plainTime: "12:00" }).epochMilliseconds;
  const findOwner = (key: string) => (lookups.people.has(key) ? lookups.people.get(key) : lookups.byId.get(key));
  const instant = (text: string) => (text.includes("T") ? Temporal.Instant.from(text).epochMilliseconds : noon(text));
  return (row: OpportunityRow): { reason: string | null; values: Value[] } => {
    const owner = row.owner === undefined ? undefined : findOwner(row.owner.trim().toLowerCase());
    if (row.owner !== undefined && !owner)
      return refused(row, owner === null ? `more than one person is called “${row.owner}”` : `nobody here is called “${row.owner}”`);
    const currency = row.currency?.toUpperCase() ?? null;
    try {
      if (currency !== null) minorUnits(currency);
      const { values } = opportunityValues(
        {
          externalId: row.externalId,
          name: row.name?.trim() || null,
          ownerId: owner?.id ?? null,
          account: row.account?.trim().replaceAll(/\s+/g, " ") || null,
          product: row.product ? fitting.product(row.product.trim()) : null,
          stage: stageOf(row, fitting),
          amount: row.amountMinor ?? null,
          currency,
          closeDay: row.closeOn ?? null,
          closeAt: row.closeOn ? instant(row.closeOn) : null,
          createdAt: row.createdOn ? instant(row.createdOn) : null,
          forecastCategory: row.forecastCategory ?? null,
          nextStep: row.nextStep ?? null,
        },
        { exportedAt, openingStage: fitting.firstOpenStage(), newId },
        iso,
      );
      return { reason: null, values };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return refused(row, `“${row.closeOn ?? row.createdOn ?? currency}” is no day or currency that exists`);
    }
  };
}

const refused = ({ externalId }: OpportunityRow, reason: string) => ({
  reason,
  values: opportunityStaging.columns.map(({ name }) => (name === "external_id" ? externalId : null)),
});

function stageOf({ stage, status }: OpportunityRow, fitting: Fitting): StageRow | null {
  const outcome = status ? outcomeOf(status) : "open";
  const named = stage ? fitting.stage(stage.trim()) : null;
  if (named && (outcome === "open" || named.outcome === outcome)) return named;
  if (outcome !== "open") return fitting.stageOfOutcome(outcome);
  return status ? fitting.firstOpenStage() : null;
}

async function insertStaged(
  client: pg.ClientBase,
  lists: readonly { line: number; reason: string | null; values: Value[] }[],
): Promise<void> {
  const { columns } = opportunityStaging;
  const records = lists.map(({ line, reason, values }) => ({
    line,
    reason,
    ...Object.fromEntries(columns.map(({ name }, i) => [name, values[i] ?? null])),
  }));
  const names = columns.map(({ name }) => name).join(", ");
  const types = columns.map(({ name, type }) => `${name} ${type}`).join(", ");
  await client.query(
    `insert into staged (line, reason, ${names}) select line, reason, ${names} from jsonb_to_recordset($1::jsonb) as r(line integer, reason text, ${types})`,
    [JSON.stringify(records).replaceAll("\\u0000", "")],
  );
}

/** The run, and the rows that were listed with what was given. */
async function keep(client: pg.ClientBase, orgId: string, rows: readonly (OpportunityRow | UnusableRow)[], done: Applied): Promise<void> {
  const { runId, fresh, changed, same, listed } = done;
  if (fresh + changed + same + listed.length !== rows.length) throw new Error(`of ${rows.length} rows not all are accounted for`);
  await client.query(
    "update import_run set rows_new = $3, rows_changed = $4, rows_same = $5, rows_failed = $6 where org_id = $1 and id = $2",
    [orgId, runId, fresh, changed, same, listed.length],
  );
  await client.query(
    `insert into import_row (org_id, run_id, line, outcome, reason, cells)
      select $1, $2, line, 'failed', reason, array[cells] from unnest($3::int[], $4::text[], $5::text[]) as r(line, reason, cells)`,
    [orgId, runId, listed.map(({ line }) => line), listed.map(({ reason }) => reason), listed.map(({ line }) => givenAs(rows[line - 1]))],
  );
}

const givenAs = (row: OpportunityRow | UnusableRow | undefined): string =>
  row && "problem" in row ? row.given : JSON.stringify(row ?? {}).replaceAll("\\u0000", "");
