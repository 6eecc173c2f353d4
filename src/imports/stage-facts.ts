import { cellText } from "./cell-text.ts";
import type { Columns, DayOrder } from "../domain/imports/import-settings.ts";
import { orders, readDate } from "./read-date.ts";

/** What the rows in a stage tell about it. */
export interface StageFacts {
  rows: number;
  /** Rows with a probability, its least and its most. */
  likely: { rows: number; least: number; most: number };
  /** How many rows have each of its probabilities, of the first different ones. */
  chances: Map<number, number>;
  /** Of the first rows: how many have a close date, and the latest of them in each order. */
  closes: { rows: number; latest: Record<DayOrder, string> };
  examples: string[];
}

const mostStages = 500;
const mostCloses = 200;
const mostExamples = 3;
const mostChances = 200;

/** Gathers, row by row, what tells whether a stage is open, won or lost. */
export class StagesSeen {
  readonly stages = new Map<string, StageFacts>();
  /** The greatest probability in the column: 1 means that it is written as a fraction. */
  mostLikely = 0;
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  look = (cells: readonly string[]): void => {
    const text = (field: string): string | null => cellText(cells[this.#columns[field] ?? -1]) || null;
    const name = text("stage");
    if (name === null) return;
    const facts = this.stages.get(name) ?? this.#open(name);
    if (!facts) return;
    facts.rows++;
    this.#weigh(facts, text("probability"));
    if (facts.closes.rows < mostCloses) noteClose(facts, text("close_on"));
    if (facts.examples.length < mostExamples) noteExample(facts, text("name") ?? text("account") ?? text("external_id"));
  };

  #open(name: string): StageFacts | undefined {
    if (this.stages.size >= mostStages) return undefined;
    const facts: StageFacts = {
      rows: 0,
      likely: { rows: 0, least: Number.POSITIVE_INFINITY, most: 0 },
      chances: new Map(),
      closes: { rows: 0, latest: { dmy: "", mdy: "", ymd: "" } },
      examples: [],
    };
    this.stages.set(Buffer.from(name).toString(), facts);
    return facts;
  }

  /** The probability most of its rows have, in whole per cent, by stage; where no one value has more than half, it is said of each deal. */
  usualChances(): Map<string, number> {
    const whole = this.mostLikely <= 1 ? 100 : 1;
    const usual = new Map<string, number>();
    for (const [name, { chances }] of this.stages) {
      // None at all, or all of it, is how a deal ended, whatever stage it is left in.
      const open = [...chances]
        .map(([chance, rows]) => [Math.round(chance * whole), rows] as const)
        .filter(([percent]) => percent > 0 && percent < 100);
      const [percent, rows] = open.toSorted((a, b) => b[1] - a[1])[0] ?? [0, 0];
      if (rows * 2 > open.reduce((sum, [, one]) => sum + one, 0)) usual.set(name, percent);
    }
    return usual;
  }

  #weigh({ likely, chances }: StageFacts, text: string | null): void {
    if (text === null) return;
    const value = Number(text.replace(",", ".").replace(/\s*%$/, ""));
    if (Number.isNaN(value)) return;
    likely.rows++;
    if (chances.has(value) || chances.size < mostChances) chances.set(value, (chances.get(value) ?? 0) + 1);
    likely.least = Math.min(likely.least, value);
    likely.most = Math.max(likely.most, value);
    this.mostLikely = Math.max(this.mostLikely, value);
  }
}

function noteClose({ closes }: StageFacts, text: string | null): void {
  if (text === null) return;
  closes.rows++;
  for (const order of orders) {
    const day = readDate(text, order)?.day ?? "";
    if (day > closes.latest[order]) closes.latest[order] = day;
  }
}

function noteExample({ examples }: StageFacts, text: string | null): void {
  if (text !== null && !examples.includes(text)) examples.push(Buffer.from(text.slice(0, 80)).toString());
}
