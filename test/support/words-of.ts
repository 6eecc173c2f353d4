/** What a page says, without its marks: one blank wherever there were tags or blanks. */
export const wordsOf = (html: string): string => html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
