import type { Word } from "../method/own-word.ts";
import { money } from "./words.ts";

/** "$40,000, at least $32,000, at most $55,000" */
export const wordInWords = ({ likely, least, most }: Word, currency: string): string =>
  [
    money(likely, currency),
    ...(least === null ? [] : [`at least ${money(least, currency)}`]),
    ...(most === null ? [] : [`at most ${money(most, currency)}`]),
  ].join(", ");
