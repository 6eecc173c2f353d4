import type { Agenda } from "../../domain/agendas/agenda-queries.ts";
import type { AgendaVersion, Kind } from "../../domain/agendas/kind-queries.ts";
import type { NewerSections } from "../../domain/agendas/newer-sections.ts";
import { agendaBalance } from "../../method/agenda-balance.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, type Viewer } from "../../platform/viewer.ts";
import { adviceOn, focusWords, howOften, panelWords, planWords } from "./agenda-words.ts";
import { BalanceBar } from "./balance-bar.tsx";
import { NewerPart } from "./newer-part.tsx";

interface Props {
  c: Request;
  viewer: Viewer;
  kind: Kind;
  agenda: Agenda;
  versions: AgendaVersion[];
  /** What the ready-made agenda has got since; for whoever can add it. */
  newer: NewerSections | undefined;
}

/** One agenda to read: the newest version, or an older one that past one-on-ones were held with. */
export function AgendaPage({ c, viewer, kind, agenda, versions, newer }: Props) {
  const newest = versions[0]?.version ?? agenda.version;
  const isOld = agenda.version < newest;
  const balance = agendaBalance(agenda.sections, kind.minutes);
  return (
    <Shell c={c} title={kind.name} current="agendas">
      <Head title={kind.name} lead={kind.purpose}>
        <a class="btn" href="/agendas">
          All agendas
        </a>
        {isAdmin(viewer) && (
          <a class="btn primary" href={`/agendas/${kind.slug}/edit`}>
            Change
          </a>
        )}
      </Head>
      {isOld && (
        <div class="notice watch" role="status">
          This is version {agenda.version}. One-on-ones held with it keep it; the others use{" "}
          <a href={`/agendas/${kind.slug}`}>version {newest}</a>.
        </div>
      )}
      {kind.archivedAt && <div class="notice watch">This kind is retired: no new series can be made with it. What is planned stays.</div>}
      {newer && <NewerPart slug={kind.slug} newer={newer} sections={agenda.sections} version={agenda.version} />}
      <section class="sheet agenda">
        <div class="pad spread">
          <div>
            <b>{kind.minutes} minutes</b> · {howOften(kind.rrule)} <span class="muted">unless the series says otherwise</span>
            <div class="small muted">{planWords(balance, kind.minutes)}</div>
          </div>
          <BalanceBar balance={balance} />
        </div>
        {!isOld && adviceOn(balance).map((words) => <p class="pad advice">{words}</p>)}
        <ol>
          {agenda.sections.map((section) => (
            <li class={section.focus}>
              <i aria-hidden="true"></i>
              <div>
                <h2>{section.title}</h2>
                <div class="small muted">
                  {focusWords[section.focus]}
                  {section.panel !== "none" && ` · beside the talk: ${panelWords[section.panel].toLowerCase()}`}
                </div>
                {section.prompts.map((words) => (
                  <p class="q">{words}</p>
                ))}
              </div>
              <div class="minutes">{section.minutes} min</div>
            </li>
          ))}
        </ol>
      </section>
      <Versions kind={kind} versions={versions} shown={agenda.version} zone={viewer.timeZone} />
      {isAdmin(viewer) && (
        <form method="post" action={`/agendas/${kind.slug}/retire`} class="apart-form">
          <input type="hidden" name="retired" value={kind.archivedAt ? "" : "yes"} />
          <button class="btn">{kind.archivedAt ? "Bring this kind back" : "Retire this kind"}</button>
        </form>
      )}
    </Shell>
  );
}

function Versions({ kind, versions, shown, zone }: { kind: Kind; versions: AgendaVersion[]; shown: number; zone: string }) {
  return (
    <section class="sheet pad">
      <h2>Versions</h2>
      <p class="small muted">
        Every change makes a new version. Planned one-on-ones take the newest; held ones keep the one they were held with.
      </p>
      <ul class="lines">
        {versions.map(({ version, createdAt, byName }, index) => (
          <li>
            <a
              href={`/agendas/${kind.slug}${index === 0 ? "" : `?version=${version}`}`}
              aria-current={version === shown ? "page" : undefined}
            >
              Version {version}
            </a>{" "}
            <span class="small muted">
              {fullDay(dayIn(createdAt, zone))}
              {byName && `, ${byName}`}
              {index === 0 && ", the newest"}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
