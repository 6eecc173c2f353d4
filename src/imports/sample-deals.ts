import type { Columns } from "../domain/imports/import-settings.ts";
import type { SampledDeal } from "../domain/imports/import-lists.ts";
import { cellText } from "./cell-text.ts";

const most = 4000;
/** A piece of a text keeps the whole text in memory for as long as it lives; what is kept must be a copy. */
const ownCopy = (text: string | undefined): string => Buffer.from(cellText(text).slice(0, 300)).toString();

/** Some deals of a file, evenly over all of it, with what tells them apart: by them it shows which list the file belongs to. */
export class DealSample {
  #kept: SampledDeal[] = [];
  #step = 1;
  #seen = 0;
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get deals(): readonly SampledDeal[] {
    return this.#kept;
  }

  look = (cells: readonly string[]): void => {
    if (this.#seen++ % this.#step !== 0) return;
    const cell = (field: string) => ownCopy(cells[this.#columns[field] ?? -1]);
    const id = cell("external_id");
    if (id === "" || id.includes("\0")) return;
    this.#kept.push({ id, name: cell("name"), account: cell("account"), product: cell("product"), created: cell("created_on") });
    if (this.#kept.length < most) return;
    this.#kept = this.#kept.filter((_, at) => at % 2 === 0);
    this.#step *= 2;
  };
}
