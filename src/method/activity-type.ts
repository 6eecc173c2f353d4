const kinds: readonly [string, RegExp][] = [
  ["demo", /demo|vorfuhrung|vorfuehrung|prasentation|praesentation|presentation/],
  ["call", /voicemail|call|anruf|telefon|phone|appel|llamada|telefonat/],
  ["mail", /mail|correo|courriel/],
  ["meeting", /meeting|termin|besprechung|treffen|reunion|riunione|rendezvous|event|visit|besuch|vorort|conference/],
];
const longest = 100;

const plain = (words: string): string =>
  words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** The kind these words name, or null when they name none. "Re: Outbound call" → "call" */
export const activityKindIn = (words: string): string | null => kinds.find(([, says]) => says.test(plain(words)))?.[0] ?? null;

/**
 * What kind of activity a word of a CRM means: "Anruf", "Call" and "Outbound call" are calls.
 * @returns call, meeting, mail or demo; any other word as it is written, in at most 100 letters
 */
export const activityType = (word: string): string => activityKindIn(word) ?? word.trim().replaceAll(/\s+/g, " ").slice(0, longest);
