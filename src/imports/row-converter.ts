import type { Value } from "../domain/imports/staging.ts";

export interface Converted {
  values: Value[];
  /** Further rows of `staged` out of the same row of the file. */
  more?: Value[][];
  warning: string | null;
}

/** Reads the row the reader has open; null when it has a problem. */
export type Converter = () => Converted | null;
