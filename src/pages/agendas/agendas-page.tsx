import type { KindLine } from "../../domain/agendas/kind-queries.ts";
import { agendaBalance } from "../../method/agenda-balance.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { list } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, type Viewer } from "../../platform/viewer.ts";
import { howOften } from "./agenda-words.ts";
import { BalanceBar } from "./balance-bar.tsx";

interface Props {
  c: Request;
  viewer: Viewer;
  kinds: KindLine[];
}

/** The kinds of one-on-one, each with what it is for, how often, how long, and how its time divides. */
export function AgendasPage({ c, viewer, kinds }: Props) {
  return (
    <Shell c={c} title="Agendas" current="agendas">
      <Head
        title="Agendas"
        lead="Each kind of one-on-one has one purpose and the same agenda every time. At least nine tenths of it look at now and next."
        readers={`Everybody at ${viewer.orgName} can read these${isAdmin(viewer) ? "; admins change them." : ". An admin can change them."}`}
      >
        {isAdmin(viewer) && kinds.length > 0 && (
          <a class="btn" href="/agendas/new">
            Add a kind
          </a>
        )}
      </Head>
      {kinds.length === 0 ? (
        <section class="sheet empty">
          <h2>No kinds yet</h2>
          <p>They come with setting up the company. Until then there is nothing to read here.</p>
        </section>
      ) : (
        <ul class="sheet kinds">
          {kinds.map((kind) => (
            <Line kind={kind} />
          ))}
        </ul>
      )}
    </Shell>
  );
}

function Line({ kind }: { kind: KindLine }) {
  return (
    <li>
      <div>
        <h2>
          <a href={`/agendas/${kind.slug}`}>{kind.name}</a> {kind.archivedAt && <span class="tag">retired</span>}
        </h2>
        <p>{kind.purpose}</p>
        <p class="small muted">{list(kind.sections.map(({ title }) => title))}.</p>
        <BalanceBar balance={agendaBalance(kind.sections, kind.minutes)} />
      </div>
      <div class="small muted">
        {kind.minutes} min
        <br />
        {howOften(kind.rrule)}
      </div>
      <a class="btn" href={`/agendas/${kind.slug}`} aria-label={`Read the agenda of ${kind.name}`}>
        Read
      </a>
    </li>
  );
}
