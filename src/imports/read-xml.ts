import { Parser } from "htmlparser2";
import { PlainError } from "../platform/plain-error.ts";

/** What is heard while XML streams past; names without their prefix. */
export interface XmlListener {
  open?(name: string): void;
  attribute?(name: string, value: string): void;
  text?(text: string): void;
  close?(name: string): void;
}

const bare = (name: string): string => {
  const at = name.indexOf(":");
  return at === -1 ? name : name.slice(at + 1);
};

/** Yields after each piece of text has been heard, so that what was gathered can be passed on. */
export async function* hearXml(texts: AsyncIterable<string>, part: string, listener: XmlListener): AsyncGenerator<void> {
  let isWhole = false;
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        depth++;
        listener.open?.(bare(name));
      },
      onattribute: (name, value) => listener.attribute?.(bare(name), value),
      ontext: (text) => listener.text?.(text),
      onclosetag: (name) => {
        depth--;
        if (depth === 0) isWhole = true;
        listener.close?.(bare(name));
      },
      onprocessinginstruction: (name) => {
        // Names that stand for texts could grow without end; no spreadsheet writes them.
        if (/^!doctype/i.test(name))
          throw new PlainError("The workbook holds a document type, which no spreadsheet writes. It is not read.");
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for await (const text of texts) {
    parser.write(text);
    yield;
  }
  const wasWhole = isWhole;
  parser.end();
  if (!wasWhole)
    throw new PlainError(
      `The workbook is damaged: “${part}” breaks off in the middle.`,
      "Open it in your spreadsheet, save it again as .xlsx, and import that.",
    );
}

/** Hears all of a small part. */
export async function readXml(texts: AsyncIterable<string>, part: string, listener: XmlListener): Promise<void> {
  for await (const _ of hearXml(texts, part, listener));
}
