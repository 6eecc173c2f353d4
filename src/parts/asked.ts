/** What was typed to search for, as a query can take it: a NUL is found nowhere, and refused by the database. */
export const textAsked = (typed: string | undefined): string => (typed ?? "").replaceAll("\0", "").trim().slice(0, 200);

/** Which page of a long list an address asks for, from 1 on; the first when it says nothing that makes sense. */
export function pageAsked(typed: string | undefined): number {
  const page = Number(typed);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
