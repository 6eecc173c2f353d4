/** Who reports to whom: everybody the viewer sees, null above the first. */
export type ManagerOf = ReadonlyMap<string, string | null>;

/** Of them, those who lead somebody there. */
export const leadersIn = (managerOf: ManagerOf): Set<string | null> => new Set(managerOf.values());

/**
 * What several people are asked for together, in the unit of their quotas; null where nobody is asked for anything.
 * Whoever leads is asked for what their whole team is to win: with such a quota those of their people are not added to it, and it
 * is left out where not all of their people are among the ones added up.
 * @returns a function of the people added up and of each one's quota: of many teams among the same people
 */
export function teamQuotas(managerOf: ManagerOf) {
  const everybody = reportsIn(managerOf.keys(), managerOf);
  return (ids: readonly string[], quotaOf: (id: string) => number | null | undefined): number | null => {
    const among = new Set(ids);
    const here = reportsIn(among, managerOf);
    const counts = (id: string) => here.get(id) === everybody.get(id) && (quotaOf(id) ?? null) !== null;
    const isWithin = (id: string): boolean => {
      const managerId = managerOf.get(id) ?? null;
      return managerId !== null && among.has(managerId) && (counts(managerId) || isWithin(managerId));
    };
    const counted = [...among].filter((id) => counts(id) && !isWithin(id));
    return counted.length === 0 ? null : counted.reduce((sum, id) => sum + (quotaOf(id) ?? 0), 0);
  };
}

/** How many of these people report to whom. */
function reportsIn(ids: Iterable<string>, managerOf: ManagerOf): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const managerId = managerOf.get(id) ?? null;
    if (managerId !== null) counts.set(managerId, (counts.get(managerId) ?? 0) + 1);
  }
  return counts;
}
