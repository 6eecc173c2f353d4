import { crmNames, fieldWords, isCrm, targets } from "../../domain/imports/import-fields.ts";
import type { RememberedMatch } from "../../domain/imports/remembered-matches-queries.ts";
import type { Shape } from "../../domain/imports/import-shapes.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, list } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  shapes: Shape[];
  matches: RememberedMatch[];
  /** Whether there are more than are shown. */
  hasMore: boolean;
  zone: string;
}

/** What was said about files, by the columns they have: applied by itself to the next such file until it is forgotten. */
export function RememberedPage({ c, shapes, matches, hasMore, zone }: Props) {
  return (
    <Shell c={c} title="What is remembered of files" current="set-up">
      <Head
        title="What is remembered of files"
        lead="What was said about a file holds for the next one with the same columns, and a name for the next file of its system, without a click."
        readers="Admins see this."
      >
        <a class="btn" href="/imports">
          All imports
        </a>
      </Head>
      {shapes.length === 0 && matches.length === 0 ? (
        <section class="sheet empty">
          <h2>Nothing is remembered yet</h2>
          <p>When you say which column is which, or answer a question about a file, and take it in, that is remembered here.</p>
          <p>
            <a class="btn primary" href="/imports/new">
              Bring in a file
            </a>
          </p>
        </section>
      ) : (
        <div class="stack">
          {shapes.length > 0 && <Shapes shapes={shapes} zone={zone} />}
          {matches.length > 0 && <MatchList matches={matches} hasMore={hasMore} zone={zone} />}
        </div>
      )}
    </Shell>
  );
}

const Shapes = ({ shapes, zone }: Pick<Props, "shapes" | "zone">) => (
  <section class="sheet scroll" tabindex={0} role="region" aria-label="What is remembered">
    <table>
      <thead>
        <tr>
          <th scope="col">Files like</th>
          <th scope="col">What</th>
          <th scope="col">Remembered</th>
          <th scope="col">Used last</th>
          <th scope="col">
            <span class="visually-hidden">Forget</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shapes.map((shape) => (
          <tr>
            <td>
              {shape.fileName}
              <div class="muted small">{columnsOf(shape)}</div>
            </td>
            <td>{targets[shape.what].words}</td>
            <td>
              {wordsOf(shape).map((words) => (
                <div>{words}</div>
              ))}
            </td>
            <td class="import-when">{fullDay(dayIn(shape.usedAt, zone))}</td>
            <td>
              <form method="post" action={`/imports/remembered/${shape.id}/forget`}>
                <button class="btn" aria-label={`Forget what is remembered of files like ${shape.fileName}`}>
                  Forget
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const kinds = { person: "Person", product: "Product", account: "Account" } as const;

/** Who and what the words of files were said to be. */
const MatchList = ({ matches, hasMore, zone }: Pick<Props, "matches" | "hasMore" | "zone">) => (
  <section class="stack tight" aria-labelledby="matches">
    <h2 id="matches">Names, and who or what they are</h2>
    <div class="sheet scroll" tabindex={0} role="region" aria-label="Names that were matched">
      <table>
        <thead>
          <tr>
            <th scope="col">In files from</th>
            <th scope="col">Kind</th>
            <th scope="col">Name in the file</th>
            <th scope="col">Is here</th>
            <th scope="col">Said</th>
            <th scope="col">
              <span class="visually-hidden">Forget</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {matches.map((match) => (
            <tr>
              <td>{sourceName(match.source)}</td>
              <td>{kinds[match.kind]}</td>
              <td>{match.value}</td>
              <td>{match.targetName ?? (match.kind === "person" ? "nobody: its rows are left out" : "new")}</td>
              <td class="import-when">
                {fullDay(dayIn(match.decidedAt, zone))}
                {match.decidedBy ? `, ${match.decidedBy}` : ""}
              </td>
              <td>
                <form method="post" action="/imports/remembered/forget-name">
                  <input type="hidden" name="source" value={match.source} />
                  <input type="hidden" name="kind" value={match.kind} />
                  <input type="hidden" name="value" value={match.value} />
                  <button class="btn" aria-label={`Forget who or what “${match.value}” is`}>
                    Forget
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {hasMore && <p class="muted small">The first {matches.length} are shown. Forget some to see further ones, or read all over the API.</p>}
  </section>
);

const sourceName = (source: string): string => (isCrm(source) ? crmNames[source] : "another system");

const columnsOf = ({ header }: Shape): string =>
  `${header.filter(Boolean).slice(0, 4).join(", ")}${header.length > 4 ? ` and ${count(header.length - 4, "further column")}` : ""}`;

const orderWords = { dmy: "day first", mdy: "month first", ymd: "year first" } as const;
const markWords = { point: "a point before the decimals", comma: "a comma before the decimals" } as const;

const coversWords = {
  whole: "The whole pipeline: a deal that is not in it has gone",
  owners: "All deals of the owners in it: one of theirs that is not in it has gone",
  part: "Only a part: what is not in it stays as it is",
} as const;

function wordsOf({ what, answers }: Shape): string[] {
  const { columns, dates, numbers, source, stages, pipelines } = answers;
  const word = (field: string) => fieldWords(what, field);
  const says: string[] = [];
  const known = Object.entries(columns ?? {}).filter(([, name]) => name !== null);
  if (known.length > 0) says.push(`Columns chosen for ${list(known.map(([field]) => word(field)))}`);
  for (const [field, order] of Object.entries(dates ?? {})) says.push(`${word(field)}: ${orderWords[order]}`);
  for (const [field, mark] of Object.entries(numbers ?? {})) says.push(`${word(field)}: ${markWords[mark]}`);
  if (source) says.push(`From ${isCrm(source) ? crmNames[source] : "another system"}`);
  if (answers.sheet) says.push(`Sheet “${answers.sheet}”`);
  if (answers.headerLine) says.push(`Names of the columns in line ${answers.headerLine}`);
  for (const [from, to] of Object.entries(stages ?? {})) says.push(`Stage “${from}” is “${to}”`);
  for (const [stage, outcome] of Object.entries(answers.outcomes ?? {})) says.push(`Deals in “${stage}” are ${outcome}`);
  if (pipelines) says.push(`Only ${list(pipelines.map((name) => `“${name}”`))} of its pipelines`);
  if (answers.stagesApart !== undefined)
    says.push(answers.stagesApart ? "Each pipeline keeps its own stages" : "Stages of the same name are one stage");
  if (answers.openingStage) says.push(`Until it closes a deal is in “${answers.openingStage}”`);
  if (answers.list) says.push(answers.list === "new" ? "A list of deals of its own" : "The same list of deals as an earlier file");
  if (answers.covers) says.push(coversWords[answers.covers]);
  if (answers.unit && answers.unit > 1) says.push(`Revenue in ${answers.unit === 1000 ? "thousands" : "millions"}`);
  return says.length > 0 ? says : ["How its cells are separated"];
}
