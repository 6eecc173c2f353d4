import type { KindChoice } from "../../domain/series/series-queries.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import { isAdmin, isManager, type Viewer } from "../../platform/viewer.ts";

interface Props {
  c: Request;
  viewer: Viewer;
  kinds: KindChoice[];
  rep: string | undefined;
}

/** The first choice: what the one-on-one is for. */
export function KindsPage({ c, viewer, kinds, rep }: Props) {
  if (!isManager(viewer) && !isAdmin(viewer))
    return (
      <Shell c={c} title="Schedule" current="week">
        <Head title="Your manager schedules one-on-ones" />
        <div class="sheet empty">
          <p>
            Ask for one when you would like one more often. <a href="/series">Your one-on-ones</a>
          </p>
        </div>
      </Shell>
    );
  return (
    <Shell c={c} title="Schedule" current="week">
      <Head title="What is it for?" lead="Each kind has its own purpose, agenda and rhythm. A pair can have several side by side." />
      <ul class="sheet kinds">
        {kinds.map((kind) => (
          <li>
            <div>
              <h2>{kind.name}</h2>
              <p>{kind.purpose}</p>
              <p class="small muted">{kind.sections.map(({ title, minutes }) => `${title} ${minutes}`).join(" · ")}</p>
            </div>
            <div class="small muted">
              {kind.minutes} min
              <br />
              {ruleInWords(kind.rrule)}
            </div>
            <a
              class="btn"
              href={`/series/new?kind=${kind.slug}${rep ? `&rep=${encodeURIComponent(rep)}` : ""}`}
              aria-label={`Schedule ${kind.name}`}
            >
              Schedule
            </a>
          </li>
        ))}
      </ul>
    </Shell>
  );
}
