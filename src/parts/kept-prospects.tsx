import type { StoryField } from "../method/story-gaps.ts";
import type { VerifiedStage } from "../method/verified-stage.ts";
import { prospectFacts } from "./prospect-words.ts";
import { StageLine } from "./stage-cell.tsx";
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

interface Props {
  prospects: readonly Kept[];
  /** As known when they were kept; without those that are not the viewer's to see any more. */
  verified: ReadonlyMap<string, VerifiedStage>;
}

/** Deals as they were prepared and left in one one-on-one, to read. */
export function KeptProspects({ prospects, verified }: Props) {
  if (prospects.length === 0) return null;
  return (
    <section class="sheet pad stack">
      <h2>Prospects</h2>
      {prospects.map((one) => {
        const now = one.atClose.size > 0 ? one.atClose : one.handedIn;
        return (
          <article class="prospect stack tight">
            <h3>
              {one.name} {one.grade && <span class="tag">{one.grade}</span>}
            </h3>
            <p class="small muted">
              <StageLine claimed={one.stage} verified={verified.get(one.opportunityId)} full /> · {prospectFacts(one)}
            </p>
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
