import type { SourceRow } from "./read-records.ts";

/** Where a text cannot be cut into cells, and why. */
export class SplitError extends Error {
  readonly code: "open quote" | "after quote" | "inner quote" | "too long";
  readonly line: number;

  constructor(code: SplitError["code"], line: number) {
    super(`${code} in line ${line}`);
    this.code = code;
    this.line = line;
  }
}

const longestRow = 1 << 20;
const CR = 13;
const LF = 10;
const QUOTE = 34;

/**
 * Cuts text into rows and cells as it arrives: rows end in CR, LF or CRLF, in any mixture; a cell may be quoted, its quotes
 * doubled. Rows without a quote, which most are, cost one search for their end and one split.
 */
export class Splitter {
  readonly #delimiter: string;
  #text = "";
  #at = 0;
  #line = 1;
  #blank = false;
  #isLast = false;
  /** Places of the next line ends and quote in the text; -1 when there is none. */
  #lf = -2;
  #cr = -2;
  #quote = -2;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** The rows that are whole now. */
  push(text: string): SourceRow[] {
    this.#text = this.#at < this.#text.length ? this.#text.slice(this.#at) + text : text;
    this.#at = 0;
    this.#lf = this.#cr = this.#quote = -2;
    return this.#rows();
  }

  /** The row that ends with the text. */
  end(): SourceRow[] {
    this.#isLast = true;
    return this.#rows();
  }

  #rows(): SourceRow[] {
    const rows: SourceRow[] = [];
    while (this.#at < this.#text.length) {
      const line = this.#line;
      const cells = this.#next();
      if (cells === null) {
        if (this.#text.length - this.#at > longestRow) throw this.#tooLong();
        break;
      }
      if (cells.length === 1 && cells[0] === "") {
        this.#blank = true;
        continue;
      }
      rows.push(this.#blank ? { line, cells, afterBlank: true } : { line, cells });
      this.#blank = false;
    }
    return rows;
  }

  #next(): string[] | null {
    const start = this.#at;
    const end = this.#lineEnd(start);
    if (this.#quote !== -1 && this.#quote < start) this.#quote = this.#text.indexOf('"', start);
    if (this.#quote !== -1 && (end === -1 || this.#quote < end)) return this.#quoted();
    if (end === -1 && !this.#isLast) return null;
    const stop = end === -1 ? this.#text.length : end;
    if (!this.#passEnd(stop)) return null;
    return this.#text.slice(start, stop).split(this.#delimiter);
  }

  /** The next CR or LF from `from` on; -1 when there is none. */
  #lineEnd(from: number): number {
    if (this.#lf !== -1 && this.#lf < from) this.#lf = this.#text.indexOf("\n", from);
    if (this.#cr !== -1 && this.#cr < from) this.#cr = this.#text.indexOf("\r", from);
    if (this.#lf === -1) return this.#cr;
    return this.#cr === -1 || this.#lf < this.#cr ? this.#lf : this.#cr;
  }

  /** Goes on behind the line end at `end`. False when its second half may still come. */
  #passEnd(end: number): boolean {
    const isCr = this.#text.charCodeAt(end) === CR;
    if (isCr && end + 1 === this.#text.length && !this.#isLast) return false;
    this.#at = end + (isCr && this.#text.charCodeAt(end + 1) === LF ? 2 : 1);
    this.#line++;
    return true;
  }

  /** A row with quotes, cell by cell; null when its end has not come yet. */
  #quoted(): string[] | null {
    const text = this.#text;
    const cells: string[] = [];
    let at = this.#at;
    let line = this.#line;
    for (;;) {
      let end: number;
      if (text.charCodeAt(at) === QUOTE) {
        const close = closing(text, at + 1);
        if (close === -1 || (close + 1 >= text.length && !this.#isLast)) {
          if (this.#isLast) throw new SplitError("open quote", line);
          return null;
        }
        const inside = text.slice(at + 1, close);
        cells.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
        line += lineEnds(inside);
        end = close + 1;
        if (end < text.length && !this.#isEnd(end)) throw new SplitError("after quote", line);
      } else {
        end = this.#cellEnd(at);
        if (end === -1) {
          if (!this.#isLast) return null;
          end = text.length;
        }
        const cell = text.slice(at, end);
        if (cell.includes('"')) throw new SplitError("inner quote", line);
        cells.push(cell);
      }
      if (text[end] === this.#delimiter) at = end + 1;
      else {
        if (!this.#passEnd(end)) return null;
        this.#line = line + 1;
        return cells;
      }
    }
  }

  #isEnd(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return code === CR || code === LF || this.#text[at] === this.#delimiter;
  }

  #cellEnd(from: number): number {
    for (let at = from; at < this.#text.length; at++) if (this.#isEnd(at)) return at;
    return -1;
  }

  #tooLong(): SplitError {
    const text = this.#text.slice(this.#at);
    const opens = new RegExp(`(?:^|${this.#delimiter === "|" ? "\\|" : this.#delimiter})"`).exec(text)?.index ?? -1;
    return opens === -1
      ? new SplitError("too long", this.#line)
      : new SplitError("open quote", this.#line + lineEnds(text.slice(0, opens)));
  }
}

/** The quote that closes what opened before `from`: one that is not doubled. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

function lineEnds(text: string): number {
  if (!text.includes("\n") && !text.includes("\r")) return 0;
  return text.split(/\r\n|\n|\r/).length - 1;
}
