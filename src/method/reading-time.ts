const wordsAMinute = 220;

/** How many words a page holds and how many minutes they take to read, at an ordinary 220 a minute. */
export function readingTime(html: string): { words: number; minutes: number } {
  const text = html.replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, " ").replaceAll(/<[^>]*>/g, " ");
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return { words, minutes: Math.max(1, Math.ceil(words / wordsAMinute)) };
}
