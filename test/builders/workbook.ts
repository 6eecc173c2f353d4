import { crc32, deflateRawSync } from "node:zlib";

/** Style numbers of the cells below. */
export const styles = { plain: 0, date: 1, dateTime: 2, percent: 3, ownDate: 4, ownPercent: 5, digits: 6, duration: 7, money: 8 } as const;

export type Cell =
  | string
  | number
  | boolean
  | null
  | { n: number | string; style: keyof typeof styles }
  | { inline: string }
  | { formula: string }
  | { error: string }
  | { iso: string };

export interface SheetValues {
  name: string;
  rows: Cell[][];
  hidden?: boolean;
  /** Lines left blank above each row, by its place. */
  gaps?: Record<number, number>;
}

interface Workbook {
  sheets: SheetValues[];
  from1904?: boolean;
  /** Further parts, or other contents of those there are. */
  parts?: Record<string, string | Buffer>;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const letters = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26));

/** An .xlsx as bytes, small and whole. */
export function workbook({ sheets, from1904 = false, parts = {} }: Workbook): Buffer {
  const shared: string[] = [];
  const files: Record<string, string | Buffer> = {
    "[Content_Types].xml": `<Types xmlns="ct"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${sheets
      .map(
        ({ name, hidden }, i) =>
          `<sheet name="${escapeXml(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${i + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets
      .map((_, i) => `<Relationship Id="rId${i + 1}" Type="http://x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join(
        "",
      )}<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="t" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="00000"/><numFmt numFmtId="167" formatCode="[h]:mm:ss"/><numFmt numFmtId="168" formatCode="#,##0.00 &quot;dry&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 22, 9, 164, 165, 166, 167, 168].map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
  };
  for (const [i, sheet] of sheets.entries()) files[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet, shared);
  files["xl/sharedStrings.xml"] = `<sst>${shared
    .map((text, i) =>
      i % 2
        ? `<si><r><rPr/><t xml:space="preserve">${escapeXml(text.slice(0, 2))}</t></r><r><t>${escapeXml(text.slice(2))}</t></r><rPh><t>spoken</t></rPh></si>`
        : `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`,
    )
    .join("")}</sst>`;
  return zip({ ...files, ...parts });
}

function sheetXml({ rows, gaps = {} }: SheetValues, shared: string[]): string {
  let line = 0;
  const body = rows.map((cells, at) => {
    line += 1 + (gaps[at] ?? 0);
    return `<row r="${line}" spans="1:9">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${line}`, shared)).join("")}</row>`;
  });
  return `<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>${body.join("")}</sheetData></worksheet>`;
}

function cellXml(cell: Cell, place: string, shared: string[]): string {
  if (cell === null) return `<c r="${place}" s="1"/>`;
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === "string") {
    if (!shared.includes(cell)) shared.push(cell);
    return `<c r="${place}" t="s"><v>${shared.indexOf(cell)}</v></c>`;
  }
  if ("inline" in cell) return `<c r="${place}" t="inlineStr"><is><t>${escapeXml(cell.inline)}</t></is></c>`;
  if ("formula" in cell) return `<c r="${place}" t="str"><f>A1&amp;"x"</f><v>${escapeXml(cell.formula)}</v></c>`;
  if ("error" in cell) return `<c r="${place}" t="e"><v>${cell.error}</v></c>`;
  if ("iso" in cell) return `<c r="${place}" t="d"><v>${cell.iso}</v></c>`;
  return `<c r="${place}" s="${styles[cell.style]}"><v>${cell.n}</v></c>`;
}

/** A ZIP file with these parts. */
export function zip(parts: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}
