/** What is written of one role-play, by part: "situation", "answer 1" and "reply 1", "try 1" and "polished 1", "feedback". */
export type RolePlayWords = ReadonlyMap<string, { words: string }>;

export type Pairing = readonly ["answer", "reply"] | readonly ["try", "polished"];
export const branchParts = ["answer", "reply"] as const;
export const tryParts = ["try", "polished"] as const;

const most = 99;

/**
 * The numbers of the branches or tries that say something, in order, and one more to write the next into.
 *
 * @param lines what is written, by part
 * @param pairing which two parts belong together under one number
 * @returns numbers from 1; at most 99
 */
export function numbersOf(lines: RolePlayWords, pairing: Pairing): { written: number[]; next: number } {
  const numbers = new Set<number>();
  for (const [part, { words }] of lines) {
    const [name, number] = part.split(" ");
    if (words.trim() !== "" && number && (name === pairing[0] || name === pairing[1])) numbers.add(Number(number));
  }
  const written = [...numbers].toSorted((a, b) => a - b);
  return { written, next: Math.min(most, (written.at(-1) ?? 0) + 1) };
}

export const saidOf = (lines: RolePlayWords, part: string): string => lines.get(part)?.words.trim() ?? "";

/** One role-play as short sentences, for a mail, a search or an export. */
export function rolePlaySentences(lines: RolePlayWords): string[] {
  const branches = numbersOf(lines, branchParts).written.map((n) =>
    [saidOf(lines, `answer ${n}`) && `If they say: ${saidOf(lines, `answer ${n}`)}`, saidOf(lines, `reply ${n}`)]
      .filter(Boolean)
      .join(" → "),
  );
  const tries = numbersOf(lines, tryParts).written.map((n) =>
    [saidOf(lines, `try ${n}`), saidOf(lines, `polished ${n}`) && `polished: ${saidOf(lines, `polished ${n}`)}`].filter(Boolean).join("; "),
  );
  return [saidOf(lines, "situation"), ...branches, ...tries.map((words, index) => `Try ${index + 1}: ${words}`)].filter(Boolean);
}
