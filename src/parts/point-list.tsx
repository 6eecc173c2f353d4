import { pointShares } from "../method/point-shares.ts";
import { newId } from "../platform/new-id.ts";
import { firstName, percent } from "./words.ts";

interface Point {
  id: string;
  sectionId: string | null;
  words: string;
  addedBy: string;
  addedByName: string;
  doneAt: Date | null;
}

interface Props {
  meeting: { id: string; repId: string; repName: string; managerName: string; state: string };
  points: readonly Point[];
  sections: readonly { id: string; title: string }[];
  me: string;
  /** The page to come back to: one of the pages of this meeting. */
  back: "points" | "preparation" | "briefing";
  problem?: string | undefined;
  typed?: { words: string; section: string } | undefined;
}

/** Whose points they are, in one sentence. */
function PointShareLine({ points, meeting: { repId, repName, managerName } }: Pick<Props, "points" | "meeting">) {
  const { fromRep, fromManager, tooManyFromManager } = pointShares(points, repId);
  if (points.length === 0) return <p class="muted">No points yet. Both of you can add some.</p>;
  const share = fromRep / (fromRep + fromManager);
  return (
    <p class="muted">
      {percent(share)} from {firstName(repName)}, {percent(1 - share)} from {firstName(managerName)}.
      {tooManyFromManager && (
        <span class="watch-words"> More than half are the manager’s: leave room for what {firstName(repName)} brings.</span>
      )}
    </p>
  );
}

/** The points of a one-on-one, and a form to add one. */
export function PointList(props: Props) {
  const { meeting, points, sections, me, back } = props;
  const canAdd = meeting.state !== "closed" && meeting.state !== "excused";
  const title = new Map(sections.map((section) => [section.id, section.title]));
  return (
    <>
      <PointShareLine {...props} />
      {points.length > 0 && (
        <ul class="point-list">
          {points.map((point) => (
            <li>
              <div>
                <span class={point.doneAt ? "talked-about" : undefined}>{point.words}</span>
                <div class="small muted">
                  {[point.addedBy === me ? "You" : point.addedByName, title.get(point.sectionId ?? ""), point.doneAt && "talked about"]
                    .filter(Boolean)
                    .join(" · ")}
                </div>
              </div>
              {canAdd && point.addedBy === me && !point.doneAt && (
                <form method="post" action={`/meetings/${meeting.id}/points/${point.id}/withdraw`} class="no-print">
                  <input type="hidden" name="back" value={back} />
                  <button class="link small" aria-label={`Take back: ${point.words.slice(0, 80)}`}>
                    Take back
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {canAdd && <AddPoint {...props} />}
    </>
  );
}

function AddPoint({ meeting, sections, back, problem, typed }: Props) {
  return (
    <form method="post" action={`/meetings/${meeting.id}/points`} class="add-point no-print" data-draft="point">
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="back" value={back} />
      <div class="field">
        <label for="point-words">What do you want to talk about?</label>
        <input
          id="point-words"
          name="words"
          value={typed?.words ?? ""}
          maxlength={2000}
          required
          aria-invalid={problem ? "true" : undefined}
          aria-describedby={problem ? "point-words-error" : undefined}
        />
        {problem && (
          <div class="error" id="point-words-error">
            {problem}
          </div>
        )}
      </div>
      <div class="field">
        <label for="point-section">Part of the agenda</label>
        <select id="point-section" name="section">
          <option value="">In general</option>
          {sections.map(({ id, title }) => (
            <option value={id} selected={typed?.section === id}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <button class="btn">Add point</button>
    </form>
  );
}
