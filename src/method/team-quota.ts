/** Who reports to whom: everybody the viewer sees, null above the first. */
export type ManagerOf = ReadonlyMap<string, string | null>;

/** Of them, those who lead somebody there. */
export const leadersIn = (managerOf: ManagerOf): Set<string | null> => new Set(managerOf.values());

/**
 * What several people are asked for together, in the unit of their quotas; null where nobody is asked for anything.
 * Whoever leads is asked for what their whole team is to win: with such a quota those of their people are not added to it, and it
 * is left out where not all of their people are among the ones added up.
 */
export function teamQuota(ids: readonly string[], managerOf: ManagerOf, quotaOf: (id: string) => number | null | undefined): number | null {
  const among = new Set(ids);
  const isPart = new Set([...managerOf].flatMap(([id, managerId]) => (managerId !== null && !among.has(id) ? [managerId] : [])));
  const counts = (id: string) => !isPart.has(id) && (quotaOf(id) ?? null) !== null;
  const isWithin = (id: string): boolean => {
    const managerId = managerOf.get(id) ?? null;
    return managerId !== null && among.has(managerId) && (counts(managerId) || isWithin(managerId));
  };
  const counted = [...among].filter((id) => counts(id) && !isWithin(id));
  return counted.length === 0 ? null : counted.reduce((sum, id) => sum + (quotaOf(id) ?? 0), 0);
}
