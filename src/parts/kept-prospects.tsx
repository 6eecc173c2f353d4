import type { StoryField } from "../method/story-gaps.ts";
import { prospectFacts } from "./prospect-words.ts";
import { StoryText } from "./story-panel.tsx";

interface Kept {
  opportunityId: string;
  name: string;
  account: string | null;
  stage: string;
  amountMinor: number | null;
  currency: string;
  closeOn: string | null;
  grade: string | null;
  reviewedAt: Date | null;
  handedIn: ReadonlyMap<StoryField, string>;
  atClose: ReadonlyMap<StoryField, string>;
}

/** Words that were kept, as a story to show. */
export const keptStory = (words: ReadonlyMap<StoryField, string>) => ({
  lines: new Map([...words].map(([field, said]) => [field, { words: said, version: 1, byName: "", at: new Date(0) }])),
});

const isSame = (a: ReadonlyMap<StoryField, string>, b: ReadonlyMap<StoryField, string>): boolean =>
  a.size === b.size && [...a].every(([field, words]) => b.get(field) === words);

/** Deals as they were prepared and left in one one-on-one, to read. */
export function KeptProspects({ prospects, title = "Prospects" }: { prospects: readonly Kept[]; title?: string }) {
  if (prospects.length === 0) return null;
  return (
    <section class="sheet pad stack">
      <h2>{title}</h2>
      {prospects.map((one) => {
        const now = one.atClose.size > 0 ? one.atClose : one.handedIn;
        return (
          <article class="prospect stack tight">
            <h3>
              {one.name} {one.grade && <span class="tag">{one.grade}</span>}
            </h3>
            <p class="small muted">{prospectFacts(one)}</p>
            {StoryText({ story: keptStory(now) }) ?? <p class="muted">Nothing was written.</p>}
            {one.atClose.size > 0 && one.handedIn.size > 0 && !isSame(one.atClose, one.handedIn) && (
              <details>
                <summary>As it was handed in</summary>
                <StoryText story={keptStory(one.handedIn)} />
              </details>
            )}
          </article>
        );
      })}
    </section>
  );
}
