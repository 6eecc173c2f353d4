import { PlainError } from "../platform/plain-error.ts";
import { type CellFormat, cellFormat } from "./cell-format.ts";
import { readXml } from "./read-xml.ts";
import { readSharedStrings, SharedStrings } from "./shared-strings.ts";
import { linksOf, partNames, partText, resolvePart } from "./zip-parts.ts";

export interface WorkbookSheet {
  name: string;
  part: string;
  isHidden: boolean;
}

/** A workbook of which everything but the rows has been read. */
export interface Workbook {
  path: string;
  sheets: WorkbookSheet[];
  from1904: boolean;
  formats: CellFormat[];
  strings: SharedStrings;
}

const smallPart = 64 * 2 ** 20;
const mostSheets = 200;
const saveAs = "In your spreadsheet choose Save as, Excel workbook (.xlsx), and import that file.";

interface Link {
  id: string;
  type: string;
  target: string;
}

export async function openWorkbook(path: string): Promise<Workbook> {
  const names = await partNames(path);
  refuseOthers(names);
  const top = (await linksFrom(path, names, "")).find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  if (!names.includes(top)) throw new PlainError("This is a ZIP file and no workbook.", "Unpack it, and import the file inside.");
  await refuseMacros(path, names);
  const links = await linksFrom(path, names, top);
  const { sheets, from1904 } = await readTop(path, top, links);
  if (sheets.length === 0) throw new PlainError("The workbook has no sheet with rows.");
  const styles = links.find(({ type }) => type === "styles")?.target;
  const strings = links.find(({ type }) => type === "sharedStrings")?.target;
  return {
    path,
    sheets,
    from1904,
    formats: styles && names.includes(styles) ? await readFormats(path, styles) : [],
    strings: strings && names.includes(strings) ? await readSharedStrings(partText(path, strings), strings) : new SharedStrings(),
  };
}

function refuseOthers(names: readonly string[]): void {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/vbaproject\.bin$|^xl\/macrosheets\//i))
    throw new PlainError("This workbook holds macros (.xlsm). Kept does not open those.", saveAs);
  if (has(/^xl\/workbook\.bin$/i)) throw new PlainError("This is a binary workbook (.xlsb).", saveAs);
  if (has(/^content\.xml$/) && has(/^META-INF\/manifest\.xml$/)) throw new PlainError("This is an OpenDocument file.", saveAs);
  if (has(/^(word|ppt)\//)) throw new PlainError("This is a text or a presentation, not a workbook.");
}

async function refuseMacros(path: string, names: readonly string[]): Promise<void> {
  if (!names.includes("[Content_Types].xml")) return;
  let hasMacros = false;
  await readXml(partText(path, "[Content_Types].xml", smallPart), "[Content_Types].xml", {
    attribute: (name, value) => (hasMacros ||= name === "ContentType" && /macroenabled|vbaproject/i.test(value)),
  });
  if (hasMacros) throw new PlainError("This workbook holds macros (.xlsm). Kept does not open those.", saveAs);
}

async function linksFrom(path: string, names: readonly string[], from: string): Promise<Link[]> {
  const part = from === "" ? "_rels/.rels" : linksOf(from);
  const links: Link[] = [];
  if (!names.includes(part)) return links;
  let link: Link = { id: "", type: "", target: "" };
  await readXml(partText(path, part, smallPart), part, {
    open: () => (link = { id: "", type: "", target: "" }),
    attribute: (name, value) => {
      if (name === "Id") link.id = value;
      else if (name === "Type") link.type = value.slice(value.lastIndexOf("/") + 1);
      else if (name === "Target") link.target = resolvePart(from, value);
    },
    close: (name) => {
      if (name === "Relationship") links.push(link);
    },
  });
  return links;
}

async function readTop(path: string, part: string, links: readonly Link[]): Promise<Pick<Workbook, "sheets" | "from1904">> {
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  let inside = "";
  let sheet = { name: "", id: "", state: "" };
  await readXml(partText(path, part, smallPart), part, {
    open: (name) => {
      inside = name;
      if (name === "sheet") sheet = { name: "", id: "", state: "" };
    },
    attribute: (name, value) => {
      if (inside === "workbookPr" && name === "date1904") from1904 = value === "1" || value === "true";
      else if (inside === "sheet" && (name === "name" || name === "id" || name === "state")) sheet[name] = value;
    },
    close: (name) => {
      if (name !== "sheet" || sheets.length >= mostSheets) return;
      const link = links.find(({ id, type }) => id === sheet.id && type === "worksheet");
      if (link) sheets.push({ name: sheet.name, part: link.target, isHidden: sheet.state !== "" && sheet.state !== "visible" });
    },
  });
  return { sheets, from1904 };
}

/** Which kind of number each style of cell shows. */
async function readFormats(path: string, part: string): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inside = "";
  let isCells = false;
  let [id, code] = [0, ""];
  await readXml(partText(path, part, smallPart), part, {
    open: (name) => {
      inside = name;
      if (name === "cellXfs") isCells = true;
      [id, code] = [0, ""];
    },
    attribute: (name, value) => {
      if (name === "numFmtId") id = Number(value);
      else if (inside === "numFmt" && name === "formatCode") code = value;
    },
    close: (name) => {
      if (name === "numFmt") codes.set(id, code);
      else if (name === "cellXfs") isCells = false;
      else if (name === "xf" && isCells) formats.push(cellFormat(id, codes.get(id)));
    },
  });
  return formats;
}
