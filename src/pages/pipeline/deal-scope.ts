import type { Group } from "../../domain/evidence/proven-totals.ts";
import type { Member } from "../../domain/opportunities/pipeline-queries.ts";

export type NamedGroup = Group & { name: string };

type Children = ReadonlyMap<string | null, readonly Member[]>;

/** A person and everybody below them. */
function below(children: Children, top: string): string[] {
  const found = new Set<string>();
  const waiting = [top];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(children.get(id) ?? []).map((member) => member.id));
  }
  return [...found];
}

/** Managers one level down with all their people, and those who report directly; a rep or a team of reps is one group. */
export function groupsOf(tree: readonly Member[], of: Member, me: string): { groups: NamedGroup[]; isLeader: boolean } {
  const children = Map.groupBy(tree, ({ managerId }) => managerId);
  const direct = (children.get(of.id) ?? []).filter(({ id }) => id !== of.id);
  const heads = direct.filter(({ id }) => children.has(id));
  if (heads.length === 0)
    return { groups: [{ key: of.id, name: of.name, ownerIds: [of.id, ...direct.map(({ id }) => id)] }], isLeader: false };
  const rest = [of.id, ...direct.filter(({ id }) => !children.has(id)).map(({ id }) => id)];
  const groups = heads.map(({ id, name }) => ({ key: id, name, ownerIds: below(children, id) }));
  return {
    groups: [...groups, { key: "direct", name: of.id === me ? "Directly yours" : `Directly ${of.name}’s`, ownerIds: rest }],
    isLeader: true,
  };
}
