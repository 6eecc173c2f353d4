import * as Y from "yjs";

/** The plain words of one section's notes: a line a paragraph, list items with a dash. */
export function wordsOfSection(doc: Y.Doc, sectionId: string): string {
  const lines: string[] = [];
  for (const node of doc.getXmlFragment(sectionId).toArray()) collect(node, "", lines);
  return lines.join("\n").trim();
}

function collect(node: Y.XmlElement | Y.XmlText | Y.XmlHook, prefix: string, lines: string[]): void {
  if (!(node instanceof Y.XmlElement)) {
    if (node instanceof Y.XmlText) lines.push(prefix + textOf(node));
    return;
  }
  const children = node.toArray();
  if (node.nodeName === "listItem") {
    for (const [index, child] of children.entries()) collect(child, index === 0 ? `${prefix}- ` : `${prefix}  `, lines);
    return;
  }
  if (children.length === 0) lines.push("");
  else if (children.every((child) => !(child instanceof Y.XmlElement) || child.nodeName === "hardBreak"))
    lines.push(prefix + inline(children));
  else for (const child of children) collect(child, prefix, lines);
}

const inline = (children: (Y.XmlElement | Y.XmlText | Y.XmlHook)[]): string =>
  children.map((child) => (child instanceof Y.XmlText ? textOf(child) : "\n")).join("");

function textOf(node: Y.XmlText): string {
  const parts = node.toDelta() as { insert: unknown }[];
  return parts.map(({ insert }) => (typeof insert === "string" ? insert : "")).join("");
}

export function docFrom(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}
