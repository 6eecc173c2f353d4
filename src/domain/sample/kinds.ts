import type { AgendaSection } from "../agendas/agenda-queries.ts";
import { type KindPlan, readyMadeKinds, type SectionPlan } from "../agendas/ready-made-kinds.ts";
import { idOf } from "./random.ts";
import { day, instant, type Setting } from "./setting.ts";

export interface AgendaVersion {
  id: string;
  version: number;
  /** From this instant on. */
  from: number;
  sections: AgendaSection[];
}

export interface Kind {
  id: string;
  slug: string;
  name: string;
  minutes: number;
  /** Oldest first. */
  versions: AgendaVersion[];
}

/** Twelve weeks ago the deal strategy got a section more; what was held before keeps its old agenda. */
const editedDaysAgo = 84;
const beforeEdit = (sections: readonly SectionPlan[]): SectionPlan[] =>
  sections
    .filter(({ panel }) => panel !== "working")
    .map((section) => (section.panel === "pipeline" ? { ...section, minutes: section.minutes + 4 } : section));

/** The five ready-made kinds with their agendas. */
export function addKinds(setting: Setting, adminId: string): Map<string, Kind> {
  const { rows, now } = setting;
  const begin = now - 735 * day;
  const kinds = readyMadeKinds.map((plan, position): Kind => {
    const id = idOf(`kind ${plan.slug}`, begin);
    rows.add("kind", { id, slug: plan.slug, name: plan.name, purpose: plan.purpose, rrule: plan.rrule, minutes: plan.minutes, position });
    const edited = plan.slug === "deal-strategy";
    const first = addVersion(setting, plan, {
      kindId: id,
      version: 1,
      at: begin,
      by: null,
      sections: edited ? beforeEdit(plan.sections) : plan.sections,
    });
    const versions = edited
      ? [first, addVersion(setting, plan, { kindId: id, version: 2, at: now - editedDaysAgo * day, by: adminId, sections: plan.sections })]
      : [first];
    return { id, slug: plan.slug, name: plan.name, minutes: plan.minutes, versions };
  });
  return new Map(kinds.map((kind) => [kind.slug, kind]));
}

interface Version {
  kindId: string;
  version: number;
  at: number;
  by: string | null;
  sections: readonly SectionPlan[];
}

function addVersion({ rows }: Setting, plan: KindPlan, { kindId, version, at, by, sections }: Version): AgendaVersion {
  const name = `agenda ${plan.slug} ${version}`;
  const id = idOf(name, at);
  rows.add("agenda", { id, kind_id: kindId, version, created_by: by, created_at: instant(at) });
  const withIds = sections.map((section, position): AgendaSection => ({ ...section, position, id: idOf(`${name} ${position}`, at) }));
  for (const { prompts, ...section } of withIds) {
    const { id: sectionId, position, title, minutes, focus, panel } = section;
    rows.add("section", { id: sectionId, agenda_id: id, position, title, minutes, focus, panel });
    for (const [index, words] of prompts.entries())
      rows.add("prompt", { id: idOf(`${name} ${position} ${index}`, at), section_id: sectionId, position: index, words });
  }
  return { id, version, from: at, sections: withIds };
}

export const agendaAt = (kind: Kind, at: number): AgendaVersion =>
  kind.versions.findLast(({ from }) => from <= at) ?? (kind.versions[0] as AgendaVersion);
