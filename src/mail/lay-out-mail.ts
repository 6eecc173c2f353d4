/** A mail as its writer thinks of it; the layout makes both its plain words and its page of them. */
export interface MailPlan {
  title: string;
  blocks: MailBlock[];
  /** The one thing to do. `href` is a whole address. */
  action?: { href: string; words: string };
  /** Why this person gets it. */
  why: string;
}

export type MailBlock = { p: string } | { h: string } | { list: readonly string[] } | { quote: string } | { table: MailTable };

/** A drawing that every mail program shows: figures with a bar beneath each row. */
export interface MailTable {
  head: readonly string[];
  rows: readonly {
    cells: readonly string[];
    /** Of the bar's width, 0 to 1. */
    share: number;
  }[];
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
const lines = (text: string): string => escape(text).replaceAll("\n", "<br>");

const ink = "#1e1c18";
const quiet = "#5c574c";
const green = "#17694c";
const sans = "font-family:'Hanken Grotesk',-apple-system,'Segoe UI',Roboto,sans-serif";

function blockHtml(block: MailBlock): string {
  if ("h" in block) return `<h2 style="font-size:16px;line-height:1.3;margin:24px 0 8px;color:${ink}">${escape(block.h)}</h2>`;
  if ("list" in block)
    return `<ul style="margin:0 0 16px;padding-left:20px">${block.list.map((item) => `<li style="margin:0 0 6px">${lines(item)}</li>`).join("")}</ul>`;
  if ("quote" in block)
    return `<p style="margin:0 0 16px;font-family:'Source Serif 4',Georgia,serif;font-size:18px;line-height:1.45">${lines(block.quote)}</p>`;
  if ("table" in block) return tableHtml(block.table);
  return `<p style="margin:0 0 16px">${lines(block.p)}</p>`;
}

const cell = (name: "th" | "td", words: string, at: number, last: number): string =>
  `<${name}${name === "th" ? ' scope="col"' : ""} style="padding:8px ${at === last ? 0 : 6}px 2px 0;text-align:${at === 0 ? "left" : "right"};font-weight:${at === 0 || name === "th" ? 600 : 400}">${escape(words)}</${name}>`;

const row = (name: "th" | "td", cells: readonly string[]): string =>
  `<tr>${cells.map((words, at) => cell(name, words, at, cells.length - 1)).join("")}</tr>`;

function tableHtml({ head, rows }: MailTable): string {
  const bar = (share: number) =>
    `<tr><td colspan="${head.length}" style="padding:2px 0 6px"><div style="background:#e4dfd4;height:8px"><div style="background:${green};height:8px;width:${Math.round(share * 100)}%"></div></div></td></tr>`;
  const body = rows.map(({ cells, share }) => `${row("td", cells)}${bar(share)}`).join("");
  return `<table style="border-collapse:collapse;width:100%;margin:0 0 16px;font-size:13px">${row("th", head)}${body}</table>`;
}

function blockWords(block: MailBlock): string {
  if ("h" in block) return `${block.h}\n${"-".repeat(Math.min(block.h.length, 60))}`;
  if ("list" in block) return block.list.map((item) => `- ${item.replaceAll("\n", "\n  ")}`).join("\n");
  if ("table" in block)
    return block.table.rows
      .map(({ cells: [first = "", ...rest] }) => {
        const said = rest.flatMap((words, at) => (words ? [`${block.table.head[at + 1]?.toLowerCase() ?? ""} ${words}`] : []));
        return `- ${first}: ${said.join(", ")}`;
      })
      .join("\n");
  return "quote" in block ? block.quote : block.p;
}

/** One layout for every mail: readable without pictures, on a phone, and as plain words. */
export function layOutMail({ title, blocks, action, why }: MailPlan): { words: string; html: string } {
  const button = action
    ? `<p style="margin:24px 0"><a href="${escape(action.href)}" style="display:inline-block;background:${green};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 18px;border-radius:6px">${escape(action.words)}</a></p>`
    : "";
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escape(title)}</title></head><body style="margin:0;background:#faf8f4;color:${ink};${sans};font-size:15px;line-height:1.5"><div style="max-width:560px;margin:0 auto;padding:32px 20px"><div style="font-weight:700;font-size:18px;color:${green};margin:0 0 24px">Kept</div><h1 style="font-size:22px;line-height:1.25;margin:0 0 16px">${escape(title)}</h1>${blocks.map(blockHtml).join("")}${button}<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #e4dfd4;font-size:13px;color:${quiet}">${lines(why)}</p></div></body></html>`;
  const words = [title, ...blocks.map(blockWords), ...(action ? [`${action.words}:\n${action.href}`] : []), `-- \n${why}`].join("\n\n");
  return { words: `${words}\n`, html };
}

/** Paragraphs apart by an empty line, lists with "- " before each line. */
export function blocksOf(words: string): MailBlock[] {
  return words
    .trim()
    .split(/\n\s*\n/)
    .flatMap((part): MailBlock[] => {
      const items = part.split("\n");
      const first = items.findIndex((line) => line.startsWith("- "));
      if (first === -1) return [{ p: part }];
      const before = items.slice(0, first).join("\n");
      const list = items.slice(first).join("\n").slice(2).split("\n- ");
      return [...(before ? [{ p: before }] : []), { list }];
    });
}
