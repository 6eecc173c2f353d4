import type { Word } from "../method/own-word.ts";
import { wordInWords } from "./own-word-words.ts";
import { firstName, money } from "./words.ts";

interface WordSince {
  period: string;
  word: Word & { id: string };
  before: (Word & { id: string }) | null;
  currency: string;
}

/** One line on what somebody says will come, and what has changed in it since the pair last met. */
export function OwnWordLine({ words, name, personId }: { words: readonly WordSince[]; name: string; personId: string }) {
  if (words.length === 0) return null;
  return (
    <p>
      {`${firstName(name)}’s word: `}
      {words.map((one, place) => (
        <>
          {place > 0 && "; "}
          {`${one.period} `}
          <b>{wordInWords(one.word, one.currency)}</b>
          <span class="muted">{` (${changeWords(one)})`}</span>
        </>
      ))}
      {". "}
      <a href={`/forecast?person=${personId}`}>Forecast</a>
    </p>
  );
}

function changeWords({ word, before, currency }: WordSince): string {
  if (!before) return "said first since you last met";
  if (before.id === word.id) return "not said anew since you last met";
  const more = word.likely - before.likely;
  if (more === 0) return "as when you last met";
  return `${money(Math.abs(more), currency)} ${more > 0 ? "more" : "less"} than when you last met`;
}
