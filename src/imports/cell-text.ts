import { withoutHiddenTurns } from "../method/hidden-signs.ts";

/** What a cell says: without blanks around it, and without signs nobody sees that turn the direction of what stands beside it. */
export function cellText(cell: string | undefined): string {
  const text = cell?.trim() ?? "";
  const plain = withoutHiddenTurns(text);
  return plain === text ? text : plain.trim();
}
