export interface PointShares {
  fromRep: number;
  fromManager: number;
  /** More than half of at least two from the manager's side: it is becoming their agenda (METHOD R2.2). */
  tooManyFromManager: boolean;
}

/** Whose points are on the table. A co-coach counts on the manager's side. */
export function pointShares(points: readonly { addedBy: string }[], repId: string): PointShares {
  const fromRep = points.filter(({ addedBy }) => addedBy === repId).length;
  const fromManager = points.length - fromRep;
  return { fromRep, fromManager, tooManyFromManager: points.length > 1 && fromManager * 2 > points.length };
}
