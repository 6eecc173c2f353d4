import { targets, type What, whats } from "../../domain/imports/import-fields.ts";
import { Select } from "../../parts/field.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  id: string;
  what: string;
  error: string | undefined;
}

export function NewImportPage({ c, id, what, error }: Props) {
  return (
    <Shell c={c} title="Bring in a file" current="set-up">
      <Head title="Bring in a file" lead="Nothing changes until you have seen what would happen." />
      <div class="import-new">
        <form class="sheet pad stack" method="post" action="/imports" enctype="multipart/form-data" data-turbo="false">
          <input type="hidden" name="id" value={id} />
          <Select
            name="what"
            label="What does it hold?"
            value={what}
            hint="Kept can tell by the names of the columns."
            options={[{ value: "", words: "Find out" }, ...whats.map((one) => ({ value: one, words: targets[one].words }))]}
          />
          <div class="field">
            <label for="field-file">The file</label>
            <input
              id="field-file"
              type="file"
              name="file"
              accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              required
              aria-invalid={error ? "true" : undefined}
              aria-describedby="field-file-hint field-file-error"
            />
            <div class="hint" id="field-file-hint">
              CSV, text or Excel workbook (.xlsx), up to 200 MB and a million rows.
            </div>
            <div class="error" id="field-file-error" role={error ? "alert" : undefined}>
              {error}
            </div>
          </div>
          <div>
            <button class="btn primary">Look it over</button>
          </div>
        </form>
        <FilesThatWork what={what as What | ""} />
      </div>
    </Shell>
  );
}

const examples: Record<What, { head: string[]; rows: string[][] }> = {
  people: {
    head: ["name", "email", "manager", "team"],
    rows: [
      ["Noor Haddad", "noor@example.com", "Ines Prado", "North"],
      ["Tom Baker", "tom@example.com", "Ines Prado", "North"],
    ],
  },
  products: {
    head: ["product", "series", "sales_price"],
    rows: [
      ["Rack 20", "Rack", "1,200"],
      ["Rack 40", "Rack", "2,150"],
    ],
  },
  accounts: {
    head: ["account", "sector", "employees", "office_location"],
    rows: [
      ["Halden Mills", "Paper", "420", "Norway"],
      ["Ostrava Glass", "Glass", "1300", "Czechia"],
    ],
  },
  opportunities: {
    head: ["opportunity_id", "owner", "account", "stage", "created", "close_date", "amount"],
    rows: [
      ["A-1001", "Noor Haddad", "Halden Mills", "Won", "2026-03-02", "2026-05-19", "18000"],
      ["A-1002", "Tom Baker", "Ostrava Glass", "Engaging", "2026-10-12", "2026-12-15", "7500"],
    ],
  },
  quotas: {
    head: ["name", "month", "quota"],
    rows: [
      ["Noor Haddad", "2026-11", "40000"],
      ["Tom Baker", "2026-11", "35000"],
    ],
  },
  activities: {
    head: ["activity_id", "type", "owner", "date", "opportunity", "subject"],
    rows: [
      ["T-501", "Call", "Noor Haddad", "2026-11-17 10:30", "A-1001", "Agree on the trial"],
      ["T-502", "Meeting", "Tom Baker", "2026-11-18", "A-1002", "First visit"],
    ],
  },
  forecasts: {
    head: ["name", "period", "Commit", "Best Case", "Pipeline"],
    rows: [
      ["Noor Haddad", "Q4 2026", "90000", "120000", "210000"],
      ["Tom Baker", "Q4 2026", "60000", "75000", "140000"],
    ],
  },
  changes: {
    head: ["opportunity_id", "field", "old_value", "new_value", "edit_date"],
    rows: [
      ["A-1002", "Stage", "Prospecting", "Engaging", "2026-10-20 14:05"],
      ["A-1002", "Amount", "6000", "7500", "2026-11-03 09:30"],
    ],
  },
};

/** What kinds of file work, with an example. */
export function FilesThatWork({ what = "" }: { what?: What | "" }) {
  const shown = what || "opportunities";
  const { head, rows } = examples[shown] ?? examples.opportunities;
  return (
    <section class="stack" aria-labelledby="files-that-work">
      <h2 id="files-that-work">Files that work</h2>
      <p>
        An export of Salesforce, HubSpot, Pipedrive or Dynamics as it comes, or any table saved as CSV or Excel workbook, with the names of
        its columns above the rows. The order of the columns does not matter, and further columns do no harm. Commas, semicolons, tabs and
        bars between the cells are all understood, and so are files that a spreadsheet has saved.
      </p>
      <div class="sheet scroll" tabindex={0} role="region" aria-label={`Example of a file with ${targets[shown].words.toLowerCase()}`}>
        <table>
          <caption class="visually-hidden">Example: {targets[shown].words.toLowerCase()}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {row.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul class="import-list">
        <li>People first, then products and accounts, then opportunities, then the rest: each names the ones before it.</li>
        <li>A row that cannot be read is left out and listed with its reason; the others go in.</li>
        <li>The same file brought in twice changes nothing. A newer export of it brings in what has changed since.</li>
      </ul>
    </section>
  );
}
