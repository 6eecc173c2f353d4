import type { AuditRow } from "../../domain/organisations/audit-queries.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, shortDay, timeIn } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  rows: AuditRow[];
  kind: "all" | "did" | "read";
  older: Date | undefined;
  zone: string;
}

const kinds = [
  { kind: "all", words: "Everything" },
  { kind: "did", words: "What was done" },
  { kind: "read", words: "Whose record was opened" },
] as const;

export function AuditPage({ c, rows, kind, older, zone }: Props) {
  return (
    <Shell c={c} title="Who did and read what" current="set-up">
      <Head
        title="Who did and read what"
        lead="Every change, and every opening of somebody’s record by a person outside the pair."
        readers="Admins see this. It never holds what people write. Each person sees in their account who has opened their own record."
      />
      <nav class="tabs" aria-label="What to show">
        {kinds.map((one) => (
          <a href={`/set-up/audit?kind=${one.kind}`} aria-current={one.kind === kind ? "page" : undefined}>
            {one.words}
          </a>
        ))}
      </nav>
      {rows.length === 0 ? (
        <section class="sheet empty">
          <h2>Nothing yet</h2>
          <p>{kind === "read" ? "Nobody outside a pair has opened a record." : "Changes appear here as they are made."}</p>
        </section>
      ) : (
        <section class="sheet scroll" tabindex={0} role="region" aria-label="What was done and read">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Whose</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <td>
                    {shortDay(dayIn(row.at, zone))}, {timeIn(row.at, zone)}
                  </td>
                  <td>{row.who}</td>
                  <td>
                    {row.what} {row.noun}
                  </td>
                  <td>{row.about ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {older && (
        <p>
          <a class="btn" href={`/set-up/audit?kind=${kind}&before=${encodeURIComponent(older.toISOString())}`}>
            Older
          </a>
        </p>
      )}
    </Shell>
  );
}
