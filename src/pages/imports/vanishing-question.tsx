import type { Found } from "../../domain/imports/import-settings.ts";
import type { Covers } from "../../domain/imports/staging.ts";
import { count, list } from "../../parts/words.ts";

/** What else a file may hold, where no program says whose ids they are: then it is no question of what has gone. */
export const anotherList = "another";

const deals = (n: number) => count(n, "open deal", "open deals");

/** Whether deals that the file leaves out have gone: asked where there are many, shown where there are some. */
export function VanishingQuestion({ found, typed }: { found: Found; typed: Record<string, string> | undefined }) {
  const { vanishing } = found;
  if (!vanishing || vanishing.gone === 0) return null;
  const isInList = found.list !== undefined && !found.list.isNew;
  const { gone, open, ofOwners, names, mustAsk } = vanishing;
  const chosen = typed?.covers ?? (mustAsk ? "" : vanishing.covers);
  const choices: { value: Covers | typeof anotherList; words: string }[] = [
    { value: "whole", words: `The whole pipeline: ${deals(gone)} ${gone === 1 ? "is" : "are"} marked as gone from the export` },
    { value: "owners", words: `All deals of the owners in it: of theirs ${ofOwners} ${ofOwners === 1 ? "is" : "are"} marked as gone` },
    { value: "part", words: "Only a part: what is not in it stays as it is" },
    ...(isInList
      ? [{ value: anotherList, words: "Other deals than that: a list of its own, and nothing that is here changes" } as const]
      : []),
  ];
  return (
    <section class="sheet pad stack import-questions" aria-labelledby="vanishing">
      <h2 id="vanishing">
        {deals(gone)} {gone === 1 ? "is" : "are"} not in this file
      </h2>
      <p class="muted">
        Of {deals(open)} from this source: {list(names)}
        {gone > names.length ? " and more" : ""}. A deal marked as gone stays with its history, is not counted as open, and comes back with
        the next export that has it. Your answer is remembered for files with these columns.
      </p>
      <fieldset class="stack tight">
        <legend>What does the file hold?</legend>
        {choices.map(({ value, words }) => (
          <label class="choice">
            <input type="radio" name="covers" value={value} required checked={chosen === value} />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
