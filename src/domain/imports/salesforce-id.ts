const shape = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;
const marks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The three letters that tell, for each five of the id, which of them are capitals. */
function suffixOf(id: string): string {
  let suffix = "";
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) if (/[A-Z]/.test(id[block + at] ?? "")) bits |= 1 << at;
    suffix += marks[bits];
  }
  return suffix;
}

/** Capitals as the last three letters say: a program that ignores case may have changed them. */
function recased(id: string): string {
  let text = "";
  for (let at = 0; at < 15; at++) {
    const bits = marks.indexOf(id[15 + Math.floor(at / 5)]?.toUpperCase() ?? "");
    const letter = id[at] ?? "";
    text += (bits >> (at % 5)) & 1 ? letter.toUpperCase() : letter.toLowerCase();
  }
  return text;
}

export const isSalesforceId = (text: string): boolean => shape.test(text);

/** The one writing of a Salesforce id: 18 letters. Those of 15 are the first 15 of these, and tell capitals from small letters. */
export function salesforceId(text: string): string {
  if (!shape.test(text)) return text;
  if (text.length === 15) return text + suffixOf(text);
  if (suffixOf(text) === text.slice(15)) return text;
  const mended = recased(text);
  return suffixOf(mended) === text.slice(15).toUpperCase() ? mended + text.slice(15).toUpperCase() : text;
}
