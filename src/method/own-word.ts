/** What somebody says a period will bring, from its first day to its last; minor units. Null: left unsaid. */
export interface Word {
  likely: number;
  least: number | null;
  most: number | null;
}

/** Where a word contradicts itself; empty when it does not. */
export function wordProblems({ likely, least, most }: { [part in keyof Word]: number | null }): Partial<Record<keyof Word, string>> {
  if (likely === null) return least === null && most === null ? {} : { likely: "Say your likely figure too." };
  return {
    ...(least !== null && least > likely && { least: "At least cannot be more than likely." }),
    ...(most !== null && most < likely && { most: "At most cannot be less than likely." }),
  };
}
