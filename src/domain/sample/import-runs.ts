import type { Found } from "../imports/import-settings.ts";
import type { RunSample } from "../imports/run-samples.ts";
import type { Cast } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Change, Deal } from "./deals.ts";
import { type Export, exportsOf } from "./exports.ts";
import { idOf } from "./random.ts";
import { atHour, day, dayOf, hour, instant, minute, onWorkday, type Setting } from "./setting.ts";

const header = ["Deal ID", "Owner", "Account", "Product", "Stage", "Created", "Close date", "Amount", "Forecast category", "Next step"];
const fields = [
  "external_id",
  "owner",
  "account",
  "product",
  "stage",
  "created_on",
  "close_on",
  "amount",
  "forecast_category",
  "next_step",
];

/** What an admin of a company two years old sees under Imports: how it began, and the CRM's export of the last Mondays. */
export function addImports(setting: Setting, cast: Cast, catalogue: Catalogue, deals: readonly Deal[]): void {
  const begun = setting.now - 730 * day;
  for (const [n, what, rows] of [
    [0, "people", cast.everybody.length],
    [1, "products", catalogue.products.length],
    [2, "accounts", catalogue.accounts.length],
  ] as const) {
    const at = atHour(setting, dayOf(setting, onWorkday(setting, begun)), 10 + n / 6);
    addRun(setting, cast, {
      id: idOf(`import ${what}`, at),
      what,
      fileName: `${what}.xlsx`,
      at,
      counts: { fresh: rows, changed: 0, same: 0 },
      isRemembered: false,
    });
  }
  for (const one of exportsOf(setting)) addExport(setting, { cast, catalogue, deals }, one);
}

interface Run {
  id: string;
  what: "people" | "products" | "accounts" | "opportunities";
  fileName: string;
  at: number;
  counts: { fresh: number; changed: number; same: number };
  listed?: Listed[];
  found?: Found;
  /** Imports of the first days are older than the memory of what imports did. */
  isRemembered: boolean;
}

interface Listed {
  line: number;
  reason: string;
  cells: string[];
}

function addRun({ rows }: Setting, { admin }: Cast, { id, what, fileName, at, counts, listed = [], found, isRemembered }: Run): void {
  const total = counts.fresh + counts.changed + counts.same + listed.length;
  rows.add("import_run", {
    id,
    what,
    source: "sample",
    file_name: fileName,
    state: "applied",
    // It is written as JSON with the rest of the row.
    settings: { answers: {}, ...(found && { found }) } as never,
    file_bytes: total * 96 + 120,
    rows_total: total,
    rows_done: total,
    rows_new: counts.fresh,
    rows_changed: counts.changed,
    rows_same: counts.same,
    rows_failed: listed.length,
    created_by: admin.id,
    created_at: instant(at + 4 * minute),
    finished_at: instant(at + 6 * minute),
    exported_at: found ? instant(at) : null,
    covers: found ? "whole" : null,
    fields: found ? fields : null,
    is_remembered: isRemembered,
  });
  for (const row of listed) rows.add("import_row", { run_id: id, outcome: "failed", ...row });
}

interface World {
  cast: Cast;
  catalogue: Catalogue;
  deals: readonly Deal[];
}

function addExport(setting: Setting, { cast, catalogue, deals }: World, one: Export): void {
  const inFile = deals.filter((deal) => deal.createdAt <= one.at && !isGone(deal, one.at));
  const gone = deals.filter((deal) => deal.vanishedAt === one.at);
  const fresh = inFile.filter(({ createdAt }) => createdAt > one.since);
  const moved = inFile
    .map((deal) => ({ deal, moves: movesIn(deal, one) }))
    .filter(({ deal, moves }) => moves.length > 0 && deal.createdAt <= one.since);
  const samples = samplesOf(catalogue, { moved, fresh, gone }, one);
  addRun(setting, cast, {
    id: one.id,
    what: "opportunities",
    fileName: `pipeline-${one.on}.csv`,
    at: one.at,
    counts: { fresh: fresh.length, changed: moved.length, same: inFile.length - fresh.length - moved.length },
    listed: listedIn(setting, one, inFile),
    found: foundIn(one, samples, gone),
    isRemembered: true,
  });
  setting.rows.add("import_sighting", { run_id: one.id, part: 0, seen: idsOf(inFile), unread: [], gone: idsOf(gone) });
}

const idsOf = (deals: readonly Deal[]): string[] => deals.map(({ id }) => id);
const isGone = ({ vanishedAt }: Deal, at: number): boolean => vanishedAt !== undefined && vanishedAt <= at;

interface Move extends Change {
  before: string | null;
}

/** What has become otherwise since the export before. */
function movesIn(deal: Deal, { since, at }: Export): Move[] {
  const last = new Map<string, string | null>();
  const moves: Move[] = [];
  for (const change of deal.changes) {
    const before = last.get(change.field) ?? null;
    last.set(change.field, change.after);
    if (change.at > since && change.at <= at && before !== change.after) moves.push({ ...change, before });
  }
  return moves;
}

interface Did {
  moved: { deal: Deal; moves: Move[] }[];
  fresh: Deal[];
  gone: Deal[];
}

const utcDay = (at: number): string => instant(at).toISOString().slice(0, 10);

function samplesOf({ stages }: Catalogue, { moved, fresh, gone }: Did, one: Export): RunSample[] {
  const stage = (id: string | null) => stages.find((each) => each.id === id)?.name ?? id;
  const all = moved.flatMap(({ deal, moves }) => moves.map((move) => ({ deal, ...move })));
  const some = (field: string, most: number) => all.filter((move) => move.field === field).slice(0, most);
  const changes = [...some("stage", 4), ...some("amount", 2), ...some("close_on", 2)].map(
    ({ deal, field, before, after, at }): RunSample => ({
      opportunityId: deal.id,
      name: deal.name,
      field,
      before: field === "stage" ? stage(before) : before,
      after: field === "stage" ? stage(after) : after,
      at: utcDay(at),
    }),
  );
  const left = gone.map(({ id, name }): RunSample => {
    const at = instant(one.at).toISOString();
    return { opportunityId: id, name, field: "vanished", before: null, after: at, at: at.slice(0, 10) };
  });
  const made = fresh.slice(0, 3).map((deal): RunSample => ({
    opportunityId: deal.id,
    name: deal.name,
    field: "made",
    before: null,
    after: stages[0]?.name ?? null,
    at: utcDay(deal.createdAt),
  }));
  return [...changes, ...left, ...made];
}

/** Rows that could not be taken in: an owner nobody knows, and now and then a day there is not. */
function listedIn(setting: Setting, { on, at }: Export, inFile: readonly Deal[]): Listed[] {
  const [one, two] = [inFile[Math.floor(inFile.length / 3)], inFile.at(-1)];
  const row = (id: string, deal: Deal | undefined, owner: string, closes: string) => [
    id,
    owner,
    deal?.account.name ?? "",
    deal?.product.name ?? "",
    "Qualified",
    dayOf(setting, at - 9 * day),
    closes,
    "7400.00",
    "Pipeline",
    "",
  ];
  const unknown = {
    line: Math.floor(inFile.length / 3) + 2,
    reason: "nobody here is called “Sam Whitlock”",
    cells: row("sam.whitlock-007", one, "Sam Whitlock", on),
  };
  const noDay = `${on.slice(0, 4)}-02-30`;
  const wrongDay = {
    line: inFile.length + 2,
    reason: `“${noDay}” is no day that exists`,
    cells: row(`${two?.owner.key}-900`, two, two?.owner.name ?? "", noDay),
  };
  return instant(at + hour).getUTCDate() % 2 === 0 ? [unknown, wrongDay] : [unknown];
}

function foundIn({ on }: Export, samples: RunSample[], gone: readonly Deal[]): Found {
  return {
    encoding: "utf-8",
    delimiter: ",",
    sheet: null,
    sheets: [],
    headerLine: 1,
    header,
    first: [],
    columns: Object.fromEntries(fields.map((field, at) => [field, at])),
    reading: { dates: {}, numbers: {} },
    questions: [],
    notes: [],
    latestDay: on,
    exportedOn: on,
    undatedRows: 0,
    openingStage: null,
    owners: [],
    products: [],
    pipelines: [],
    stages: [],
    crm: null,
    newStages: [],
    newAccounts: 0,
    unit: 1,
    newManagers: [],
    samples,
    vanishing: { open: 0, gone: gone.length, ofOwners: gone.length, names: gone.map(({ name }) => name), covers: "whole", mustAsk: false },
  };
}
