import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Answers } from "../../src/domain/imports/import-settings.ts";
import { type Cell, workbook } from "../builders/workbook.ts";
import { type Company, makeCompany } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, bringInFile, fileOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const fixtures = join(import.meta.dirname, "fixtures");

async function companyOfTwo(): Promise<Company> {
  const company = await makeCompany(app, { currency: "USD" });
  await bringIn(app, company, "Name,Email,Id\nAnn Rep,ann@example.com,0055g00000QwErTAAV\nBob Rep,bob@example.com,\n", { what: "people" });
  return company;
}

/** `id name | owner | account | stage (outcome) | amount | created → close` of every opportunity, by id. */
async function written(company: Company): Promise<string[]> {
  const named = new Map<string, string>();
  for (const table of ["stage", "person", "account"] as const)
    for (const row of await rowsOf(app, company, table)) named.set(row.id, row.name);
  const word = (id: string | null) => named.get(id ?? "") ?? "–";
  return (await rowsOf(app, company, "opportunity"))
    .map((row) => {
      const money = row.amount_minor === null ? "–" : `${row.amount_minor / 100} ${row.currency}`;
      const days = `${row.created_at.toISOString().slice(0, 10)} → ${row.close_on ?? "–"}`;
      const stage = `${word(row.stage_id)} (${row.outcome})`;
      return [`${row.external_id} ${row.name}`, word(row.owner_id), word(row.account_id), stage, money, days].join(" | ");
    })
    .sort();
}

interface Case {
  file: string;
  shows: string;
  source: string;
  answers?: Answers;
  rows: string[];
  notes?: string[];
  failed?: string[];
}

const exportedOn = "2026-11-22";
const salesforceNote = "A Salesforce report, 6 lines at its end left out.";

const cases: Case[] = [
  {
    file: "salesforce/report.csv",
    shows: "labels, footer, text over two lines, $1,234,567, FY26-Q3, 75%, ids that differ only in capitals",
    source: "salesforce",
    notes: [salesforceNote, "Created on: the month comes first, as “10/14/2026” shows."],
    rows: [
      '0065g00000ABCdEAAX Ostrava "Nord" | Bob Rep | Ostrava Glass | Closed Won (won) | 99.5 USD | 2026-11-02 → 2026-11-20',
      "0065g00000AbCdEAAV Halden, line 2 | Ann Rep | Halden Mills | Negotiation (open) | 1234567 USD | 2026-10-14 → 2026-12-31",
    ],
  },
  {
    file: "salesforce/currencies.csv",
    shows: "a currency before each sum: that of the amount counts; no ids; an owner's mail address goes before the name",
    source: "salesforce",
    notes: ["A Salesforce report."],
    rows: [
      "name:haldenline2|| Halden line 2 | Ann Rep | – | Negotiation (open) | 20500 EUR | 2026-11-22 → 2026-12-31",
      "name:ostravanord|| Ostrava Nord | Bob Rep | – | Closed Lost (lost) | 99.5 GBP | 2026-11-20 → 2026-11-20",
    ],
  },
  {
    file: "salesforce/ids-of-18.csv",
    shows: "ids of 18 letters, and an owner by id of 15",
    source: "salesforce",
    notes: ["A Salesforce report."],
    rows: [
      "0065g00000ABCdEAAX Ostrava Nord | Ann Rep | – | Prospecting (open) | 99.5 USD | 2026-11-22 → –",
      "0065g00000AbCdEAAV Halden line 2 | Ann Rep | – | Negotiation (open) | 20500 USD | 2026-11-22 → –",
    ],
  },
  {
    file: "salesforce/end-in-german.csv",
    shows: "a footer in another language",
    source: "salesforce",
    notes: [salesforceNote],
    rows: ["name:haldenline2|| Halden line 2 | Ann Rep | – | Negotiation (open) | 20500 USD | 2026-11-22 → 2026-12-31"],
  },
  {
    file: "salesforce/end-without-blank.csv",
    shows: "a footer saved again by a spreadsheet: no blank line, cells filled up",
    source: "salesforce",
    notes: ["A Salesforce report, 5 lines at its end left out."],
    rows: ["name:haldenline2|| Halden line 2 | Ann Rep | – | Negotiation (open) | 20500 USD | 2026-11-22 → 2026-12-31"],
  },
  {
    file: "salesforce/lone-row.csv",
    shows: "a row of one cell is a broken row, not a footer",
    source: "salesforce",
    notes: ["A Salesforce report."],
    failed: ["2: it has 1 cell where the columns are 5", "4: it has 1 cell where the columns are 5"],
    rows: ["name:haldenline2|| Halden line 2 | Ann Rep | – | Negotiation (open) | 20500 USD | 2026-11-22 → 2026-12-31"],
  },
  {
    file: "hubspot/deals.csv",
    shows: "a fraction, lists by ;, owners in any case or with an address, flags that say won and lost where the stage does not",
    source: "hubspot",
    notes: ["A file from HubSpot.", "A deal with a reason of loss counts as lost."],
    rows: [
      "8801 Halden, second line | Ann Rep | Halden Mills | Contract Sent (open) | 25000 USD | 2026-10-24 → 2026-12-01",
      "8802 Ostrava | Ann Rep | Ostrava Glass | Lost (lost) | – | 2026-10-01 → 2026-11-03",
      "8803 Lund | Bob Rep | Lund Tools | Won (won) | 100 USD | 2026-10-02 → 2026-11-04",
    ],
  },
  {
    file: "hubspot/internal-names.csv",
    shows: "stages by their internal names, the first company of a list",
    source: "hubspot",
    notes: ["A file from HubSpot."],
    rows: [
      "8801 Halden | Ann Rep | Halden Mills | Qualified To Buy (open) | 25000 USD | 2026-10-24 → 2026-12-01",
      "8802 Ostrava | Ann Rep | – | Closed Won (won) | 300.5 USD | 2026-10-01 → 2026-11-01",
    ],
  },
  {
    file: "hubspot/two-pipelines.csv",
    shows: "stages of one name kept apart by pipeline, when the admin says so",
    source: "hubspot",
    answers: { stagesApart: true },
    rows: [
      "8801 Halden | Ann Rep | – | Proposal · New business (open) | 100 USD | 2026-11-22 → –",
      "8802 Ostrava | Ann Rep | – | Proposal · Renewals (open) | 200 USD | 2026-11-22 → –",
      "8803 Lund | Ann Rep | – | Closed Won (won) | 300 USD | 2026-11-22 → –",
    ],
  },
  {
    file: "hubspot/two-pipelines.csv",
    shows: "one pipeline of two: the rows of the other are listed",
    source: "hubspot",
    answers: { pipelines: ["New business"] },
    failed: ["3: its pipeline “Renewals” is left out", "4: its pipeline “Renewals” is left out"],
    rows: ["8801 Halden | Ann Rep | – | Proposal (open) | 100 USD | 2026-11-22 → –"],
  },
  {
    file: "pipedrive/deals.csv",
    shows: "the prefix, the status, each deal's own currency, the actual day of closing beside the expected one",
    source: "pipedrive",
    notes: ["A file from Pipedrive."],
    rows: [
      "41 Halden deal | Ann Rep | Halden Mills | Negotiations Started (open) | 25000 EUR | 2026-01-30 → 2026-04-30",
      "42 Ostrava deal | Ann Rep | Ostrava Glass | Won (won) | 300 CZK | 2026-01-30 → 2026-03-01",
      "43 Lund deal | Ann Rep | Lund Tools | Lost (lost) | 400 SEK | 2026-01-30 → 2026-03-02",
    ],
  },
  {
    file: "pipedrive/drift.csv",
    shows: "names of columns that drift, 1 234,56 and 120 000, days as a spreadsheet counts them",
    source: "pipedrive",
    rows: [
      "41 Halden deal | Ann Rep | Halden Mills | Proposal Made (open) | 1234.56 EUR | 2024-12-05 → 2025-12-31",
      "42 Ostrava deal | Ann Rep | Ostrava Glass | Won (won) | 120000 EUR | 2024-12-06 → 2025-02-12",
    ],
  },
  {
    file: "pipedrive/no-status.csv",
    shows: "without a status: won by its day, lost by its reason or day",
    source: "pipedrive",
    notes: [
      "A file from Pipedrive.",
      "It has no column for the status: a deal with a day on which it was won counts as won, one with a day or a reason of loss as lost.",
    ],
    rows: [
      "41 Halden deal | Ann Rep | Halden Mills | Proposal Made (open) | 10 USD | 2026-01-30 → –",
      "42 Ostrava deal | Ann Rep | Ostrava Glass | Won (won) | 20 USD | 2026-01-30 → 2026-03-01",
      "43 Lund deal | Ann Rep | Lund Tools | Lost (lost) | 30 USD | 2026-01-30 → 2026-03-02",
      "44 Turku deal | Ann Rep | Turku Works | Lost (lost) | 40 USD | 2026-01-30 → –",
    ],
  },
  {
    file: "pipedrive/in-czech.csv",
    shows: "columns in another language, said once",
    source: "pipedrive",
    answers: { columns: { external_id: 0, name: 1, owner: 2, amount: 3, stage: 4 } },
    rows: ["41 Halden | Ann Rep | – | Nabídka (open) | 1234.56 USD | 2026-11-22 → –"],
  },
  {
    file: "dynamics/opportunities.json",
    shows: "the three columns nobody should touch, days as numbers, actual beside estimated, an error in a cell",
    source: "dynamics",
    notes: ["A file from Dynamics 365."],
    failed: ["5: its account is an error of the spreadsheet, “#REF!”"],
    rows: [
      "9f1c0001-0000-4000-8000-000000000001 Halden, second line | Ann Rep | Halden Mills | Develop (open) | 20500.5 USD | 2026-10-14 → 2026-12-31",
      "9f1c0001-0000-4000-8000-000000000002 Ostrava Nord | Bob Rep | Ostrava Glass | Won (won) | 850 USD | 2026-10-05 → 2026-11-04",
      "9f1c0001-0000-4000-8000-000000000003 Lund | Bob Rep | Lund Tools | Lost (lost) | 70 USD | 2026-10-05 → 2026-11-05",
    ],
  },
  {
    file: "dynamics/with-prefix.json",
    shows: "names with what they belong to before them, days that are not marked as days",
    source: "dynamics",
    rows: [
      "9f1c0001-0000-4000-8000-000000000001 Halden, second line | Ann Rep | Halden Mills | 2-Develop (open) | 20500.5 USD | 2026-11-22 → 2026-12-31",
    ],
  },
  {
    file: "dynamics/in-german.json",
    shows: "columns in another language, said once",
    source: "dynamics",
    answers: { columns: { external_id: 0, name: 3, owner: 4, stage: 5, amount: 6 } },
    rows: ["9f1c0001-0000-4000-8000-000000000001 Halden | Ann Rep | – | Entwickeln (open) | 20500.5 USD | 2026-11-22 → –"],
  },
];

/** A workbook is kept as its cells, which can be read; it is made when it is needed. */
function pathOf(file: string): string {
  const path = join(fixtures, file);
  if (!file.endsWith(".json")) return path;
  const rows = JSON.parse(readFileSync(path, "utf8")) as Cell[][];
  return fileOf(workbook({ sheets: [{ name: "Opportunities", rows }] }));
}

describe("a file from", () => {
  for (const { file, shows, source, answers, rows, notes, failed } of cases)
    test(`${file}: ${shows}`, async () => {
      const company = await companyOfTwo();
      const isMapped = answers?.columns !== undefined;
      const told = { answers: { exportedOn, ...answers }, ...(isMapped && { what: "opportunities" as const }) };
      const { run, reasons } = await bringInFile(app, company, pathOf(file), told);
      expect([run.state, run.problem]).toEqual(["applied", null]);
      expect(await written(company)).toEqual(rows);
      expect(run.source).toBe(source);
      expect(reasons).toEqual(failed ?? []);
      expect(run.settings.found?.notes).toEqual(notes ?? run.settings.found?.notes);
    });
});

test("ids of 15 and of 18 letters are one deal", async () => {
  const company = await companyOfTwo();
  await bringInFile(app, company, join(fixtures, "salesforce/report.csv"), { answers: { exportedOn } });
  const { counts } = await bringInFile(app, company, join(fixtures, "salesforce/ids-of-18.csv"), { answers: { exportedOn } });
  expect(counts).toMatchObject({ new: 0, changed: 2, failed: 0 });
});

test("stages of one name in two pipelines are asked about, never put together silently", async () => {
  const company = await companyOfTwo();
  const { run } = await bringInFile(app, company, join(fixtures, "hubspot/two-pipelines.csv"));
  expect(run.state).toBe("needs_answers");
  expect(run.settings.found?.questions).toEqual([{ kind: "pipelines", field: "pipeline", example: "Proposal" }]);
  expect(run.settings.found?.pipelines).toEqual([
    { name: "New business", rows: 1, stages: ["Proposal"] },
    { name: "Renewals", rows: 2, stages: ["Proposal", "Closed Won"] },
  ]);
});

test("where the admin names the system, that counts", async () => {
  const company = await companyOfTwo();
  const told = { answers: { exportedOn, source: "dynamics" as const } };
  expect((await bringInFile(app, company, join(fixtures, "salesforce/currencies.csv"), told)).run.source).toBe("dynamics");
});
