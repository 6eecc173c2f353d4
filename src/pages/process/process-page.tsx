import { readyMadeProcesses } from "../../domain/processes/ready-made-processes.ts";
import type { HeldDraft, OpenStage } from "../../domain/processes/draft-queries.ts";
import type { Process, ProcessStage, ProcessVersion } from "../../domain/processes/process-queries.ts";
import type { StageCarried } from "../../domain/processes/stages-still-carried.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, list, timeIn } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { CarriedStages } from "./carried-stages.tsx";
import { GradeLines } from "./grade-lines.tsx";

interface Props {
  c: Request;
  /** The version looked at; null while there is none. */
  process: Process | null;
  /** Stages it does not have while open deals stand in them. */
  carried: readonly StageCarried[];
  versions: ProcessVersion[];
  draft: HeldDraft | null;
  stages: OpenStage[];
  currency: string;
}

/** The sales process as everybody reads it: what each stage gives the customer, and what only the customer can give. */
export function ProcessPage({ c, process, carried, versions, draft, stages, currency }: Props) {
  const viewer = c.get("viewer");
  const admin = viewer !== null && isAdmin(viewer);
  const zone = viewer?.timeZone ?? "UTC";
  const isOld = process !== null && process.id !== versions[0]?.id;
  return (
    <Shell c={c} title="Sales process" current={admin ? "set-up" : "pipeline"}>
      <Head
        title="Sales process"
        lead={process ? versionWords(process, isOld, zone) : "Nothing is asked of the customer yet."}
        readers="Everybody in the organisation reads it; an admin changes it."
      >
        {isOld && (
          <a class="btn" href="/process">
            The one in force
          </a>
        )}
        {admin && draft && (
          <a class="btn primary" href="/process/draft">
            Go on with the draft
          </a>
        )}
        {admin && !draft && process && !isOld && (
          <form method="post" action="/process/draft/start">
            <button class="btn primary" name="from" value="current">
              Change it
            </button>
          </form>
        )}
      </Head>
      {process && !isOld && <CarriedStages process={process} carried={carried} mayMap={admin} hasDraft={draft !== null} />}
      {process ? <Stages process={process} currency={currency} /> : <Begin admin={admin} hasDraft={draft !== null} stages={stages} />}
      {versions.length > 1 && <History versions={versions} shown={process?.id} zone={zone} />}
    </Shell>
  );
}

const versionWords = ({ name, version, validFrom, publishedBy }: Process, isOld: boolean, zone: string): string =>
  `${name}, version ${version}, ${isOld ? "was in force" : "in force"} from ${fullDay(dayIn(validFrom, zone))}${publishedBy ? `, published by ${publishedBy}` : ""}.`;

function Stages({ process, currency }: { process: Process; currency: string }) {
  return (
    <>
      <ol class="sheet process">
        {process.stages.map((stage) => (
          <Stage stage={stage} />
        ))}
      </ol>
      <section class="sheet pad stack tight">
        <h2>Which prospects are A, B and C</h2>
        <GradeLines process={process} currency={currency} />
        <p class="small muted">
          The first that fits counts. Whoever sees a deal may grade it by hand; that is written down with name and day.
        </p>
      </section>
    </>
  );
}

function Stage({ stage }: { stage: ProcessStage }) {
  return (
    <li class="pad">
      <div class="spread">
        <h2>{stage.name}</h2>
        <span class="muted">{stage.probability} % likely to be won</span>
      </div>
      {stage.experience && <p class="q">{stage.experience}</p>}
      {stage.tolls.length === 0 ? (
        <p class="small muted">Asks nothing of the customer.</p>
      ) : (
        <>
          <h3>Before it goes on, the customer</h3>
          <ul>
            {stage.tolls.map(({ words, who }) => (
              <li>
                {words}
                {who && <span class="muted"> · {who}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

function Begin({ admin, hasDraft, stages }: { admin: boolean; hasDraft: boolean; stages: OpenStage[] }) {
  if (!admin)
    return (
      <section class="sheet empty">
        <h2>There is no sales process yet</h2>
        <p>An admin sets it up. From then on each deal shows which stage the customer has paid the toll for, beside the stage claimed.</p>
      </section>
    );
  if (hasDraft)
    return (
      <section class="sheet empty">
        <h2>A draft is waiting</h2>
        <p>Nothing counts until it is published.</p>
      </section>
    );
  const known = stages.filter(({ chance }) => chance !== null);
  return (
    <form method="post" action="/process/draft/start" class="stack">
      <section class="sheet empty">
        <h2>What does only the customer give, before a deal goes on?</h2>
        <p>
          A stage is a claim until the customer has done something: accepted a meeting, sent data, agreed a plan with dates. Begin with one
          of these; it is laid over your stages ({stages.map(({ name }) => name).join(", ") || "none yet"}) as a draft, and nothing counts
          before you publish it.
        </p>
      </section>
      <div class="fields">
        {readyMadeProcesses.map(({ slug, name, purpose, stages: ready }) => (
          <section class="sheet pad stack tight">
            <h2>{name}</h2>
            <p>{purpose}</p>
            <p class="small muted">{ready.map((stage) => stage.name).join(" → ")}</p>
            <div>
              <button class="btn primary" name="from" value={slug}>
                Begin with {name}
              </button>
            </div>
          </section>
        ))}
        <section class="sheet pad stack tight">
          <h2>Your own stages</h2>
          <p>
            The {count(stages.length, "open stage")} of your CRM, asking nothing yet
            {known.length > 0 && `, as likely as it takes them to be: ${list(known.map(({ name, chance }) => `${name} ${chance} %`))}`}.
          </p>
          <div>
            <button class="btn" name="from" value="stages">
              Begin with your own stages
            </button>
          </div>
        </section>
      </div>
    </form>
  );
}

function History({ versions, shown, zone }: { versions: ProcessVersion[]; shown: string | undefined; zone: string }) {
  return (
    <section class="sheet">
      <h2 class="pad">Versions</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Versions">
        <table>
          <thead>
            <tr>
              <th>Version</th>
              <th>In force from</th>
              <th>Published by</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ id, version, name, validFrom, publishedBy }) => (
              <tr>
                <td>
                  {id === shown ? <b>{`${version}, ${name}`}</b> : <a href={`/process?version=${version}`}>{`${version}, ${name}`}</a>}
                </td>
                <td>
                  {fullDay(dayIn(validFrom, zone))} <span class="muted">{timeIn(validFrom, zone)}</span>
                </td>
                <td>{publishedBy ?? "an admin"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pad small muted">A past day is always read by the version in force then.</p>
    </section>
  );
}
