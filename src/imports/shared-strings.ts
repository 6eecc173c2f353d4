import { PlainError } from "../platform/plain-error.ts";
import { readXml } from "./read-xml.ts";

const mostBytes = 2 ** 28;
const remembered = 4096;

/** The texts that cells of a workbook share, kept as bytes: millions of them cost what they measure. */
export class SharedStrings {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #ends = new Uint32Array(1 << 10);
  #count = 0;
  readonly #recent: string[] = [];
  readonly #recentAt = new Int32Array(remembered).fill(-1);

  add(text: string): void {
    const start = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] ?? 0);
    const end = start + Buffer.byteLength(text);
    if (end > mostBytes)
      throw new PlainError(
        "The workbook holds more than 256 MB of text.",
        "Save the sheet as CSV and import that: it may be as long as you like.",
      );
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], Math.max(end, this.#bytes.length * 2));
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#bytes.write(text, start);
    this.#ends[this.#count++] = end;
  }

  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    const slot = index % remembered;
    if (this.#recentAt[slot] === index) return this.#recent[slot];
    const text = this.#bytes.toString("utf8", index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
    this.#recent[slot] = text;
    this.#recentAt[slot] = index;
    return text;
  }
}

const escaped = /_x([0-9A-Fa-f]{4})_/g;
/** Letters that XML cannot hold are written as _x000D_. */
export const unescaped = (text: string): string =>
  text.includes("_x") ? text.replaceAll(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;

export async function readSharedStrings(texts: AsyncIterable<string>, part: string): Promise<SharedStrings> {
  const strings = new SharedStrings();
  let text = "";
  let isText = false;
  // How a text is spoken stands beside it in some languages.
  let isSpoken = false;
  await readXml(texts, part, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") isSpoken = true;
      else if (name === "t") isText = !isSpoken;
    },
    text: (more) => {
      if (isText) text += more;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isSpoken = false;
      else if (name === "si") strings.add(unescaped(text));
    },
  });
  return strings;
}
