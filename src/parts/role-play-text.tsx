import { branchParts, numbersOf, saidOf, tryParts } from "../method/role-play-parts.ts";
import { firstName } from "./words.ts";

interface Shown {
  about: string;
  doneAt: Date | null;
  lines: ReadonlyMap<string, { words: string; byName: string }>;
}

/** A role-play to read. */
export function RolePlayText({ play }: { play: Shown }) {
  const { lines } = play;
  const feedback = lines.get("feedback");
  return (
    <article class="role-play stack tight">
      <h3>
        {play.about} {!play.doneAt && <span class="tag">not finished</span>}
      </h3>
      {saidOf(lines, "situation") && <p class="written">{saidOf(lines, "situation")}</p>}
      <dl class="story">
        {numbersOf(lines, branchParts).written.map((n) => (
          <>
            <dt>{saidOf(lines, `answer ${n}`) ? `If they say “${saidOf(lines, `answer ${n}`)}”` : "Then"}</dt>
            <dd class="written">{saidOf(lines, `reply ${n}`) || "–"}</dd>
          </>
        ))}
        {numbersOf(lines, tryParts).written.map((n, index) => (
          <>
            <dt>Try {index + 1}</dt>
            <dd class="written">
              {saidOf(lines, `try ${n}`) || "–"}
              {saidOf(lines, `polished ${n}`) && <div class="muted">Polished: {saidOf(lines, `polished ${n}`)}</div>}
            </dd>
          </>
        ))}
      </dl>
      {feedback?.words.trim() && (
        <p class="written">
          <span class="tag kept">Good</span> {feedback.words} <span class="small muted">{firstName(feedback.byName)}</span>
        </p>
      )}
    </article>
  );
}
