import type { SeriesLine } from "../../domain/series/series-queries.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, isManager, type Viewer } from "../../platform/viewer.ts";

interface Props {
  c: Request;
  viewer: Viewer;
  now: Date;
  /** Null: the viewer's own. */
  personName: string | null;
  lines: SeriesLine[];
}

export function SeriesListPage({ c, viewer, personName, lines }: Props) {
  const mayMake = isManager(viewer) || isAdmin(viewer);
  const title = personName ? `One-on-ones of ${personName}` : "Your one-on-ones";
  const lead = lines.length === 0 ? "" : `${count(lines.length, "slot")}, each coming back by itself.`;
  return (
    <Shell c={c} title={title} current="week">
      <Head
        title={title}
        lead={lead}
        readers="The two people of a one-on-one, whoever leads its manager, and admins see when it is. What is said in it is the pair’s."
      >
        {isAdmin(viewer) && (
          <a class="btn" href="/series?of=everybody">
            Everybody’s
          </a>
        )}
        {mayMake && (
          <a class="btn primary" href="/series/new">
            Schedule
          </a>
        )}
      </Head>
      {lines.length === 0 ? (
        <div class="sheet empty">
          <h2>No one-on-one is scheduled</h2>
          <p>
            {mayMake
              ? "Schedule one: it comes back by itself, with its agenda."
              : "Your manager schedules your one-on-ones; they appear here."}
          </p>
        </div>
      ) : (
        <div class="sheet scroll" tabindex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">With</th>
                <th scope="col">Kind</th>
                <th scope="col">Slot</th>
                <th scope="col">Next</th>
                <th scope="col">How it goes</th>
              </tr>
            </thead>
            <tbody>
              {lines
                .toSorted((a, b) => otherOf(a, viewer).localeCompare(otherOf(b, viewer)))
                .map((line) => (
                  <Line line={line} viewer={viewer} isOwn={personName === null} />
                ))}
            </tbody>
          </table>
        </div>
      )}
    </Shell>
  );
}

const otherOf = (line: SeriesLine, viewer: Viewer): string => (line.repId === viewer.personId ? line.managerName : line.repName);

function Line({ line, viewer, isOwn }: { line: SeriesLine; viewer: Viewer; isOwn: boolean }) {
  const both = `${line.repName} and ${line.managerName}`;
  return (
    <tr>
      <td>
        <a href={`/series/${line.id}`}>
          <b>{isOwn ? otherOf(line, viewer) : both}</b>
        </a>
      </td>
      <td>{line.kindName}</td>
      <td>
        {ruleInWords(line.rrule)}, {line.localTime}
        <div class="muted">
          {[`${line.minutes} min`, line.place, line.timeZone === viewer.timeZone ? "" : line.timeZone.replaceAll("_", " ")]
            .filter(Boolean)
            .join(" · ")}
        </div>
      </td>
      <td>{line.nextStart ? whenInWords(line.nextStart, viewer.timeZone) : "none"}</td>
      <td>
        <StreakWords line={line} />
      </td>
    </tr>
  );
}

function StreakWords({ line: { streak } }: { line: SeriesLine }) {
  if (streak.missed > 0)
    return (
      <span class="late">
        {streak.missed} missed in a row{streak.daysSince === null ? "" : `, last met ${count(streak.daysSince, "day")} ago`}
      </span>
    );
  if (streak.held > 1) return <>{streak.held} held in a row</>;
  if (streak.daysSince !== null) return <>last met {streak.daysSince === 0 ? "today" : `${count(streak.daysSince, "day")} ago`}</>;
  return <span class="muted">not held yet</span>;
}
