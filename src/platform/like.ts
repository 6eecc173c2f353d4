/** The pattern of "contains this text" for ilike: signs that mean something in a pattern stand for themselves. */
export const like = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
