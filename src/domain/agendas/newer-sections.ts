import { type Panel, readyMadeKinds, type SectionPlan } from "./ready-made-kinds.ts";

/** What the ready-made agendas have got since the first ones were made. */
const addedLater: ReadonlySet<Panel> = new Set<Panel>(["prospects", "practice"]);
/** No section is made shorter than this to make room. */
const leastMinutes = 2;

export interface NewerSections {
  /** The sections this agenda could get. */
  added: SectionPlan[];
  /** The whole agenda with them. */
  sections: SectionPlan[];
}

interface Known {
  slug: string;
  minutes: number;
  sections: readonly SectionPlan[];
  /** The panels that any version of this kind has had. */
  everHad: ReadonlySet<Panel>;
}

/**
 * What a ready-made agenda has got since an organisation's version of it was made: never what somebody took out. The new sections
 * come where the ready-made agenda has them, and the longest others give up minutes, so that it fits into its time where it did.
 */
export function newerSections({ slug, minutes, sections, everHad }: Known): NewerSections | undefined {
  const plan = readyMadeKinds.find((kind) => kind.slug === slug);
  const added = plan?.sections.filter(({ panel }) => addedLater.has(panel) && !everHad.has(panel)) ?? [];
  if (!plan || added.length === 0) return undefined;
  const whole = [...sections];
  for (const section of added) whole.splice(placeIn(whole, plan.sections, section), 0, section);
  const most = Math.max(minutes, sum(sections));
  return { added, sections: fitted(whole, new Set(added), most) };
}

const sum = (sections: readonly { minutes: number }[]): number => sections.reduce((total, section) => total + section.minutes, 0);

const isThere = (one: SectionPlan) => (other: SectionPlan) =>
  one.panel === "none" ? other.title === one.title : other.panel === one.panel;

/** After the nearest section that comes before it in the ready-made agenda and is here too, or before the nearest after it. */
function placeIn(whole: readonly SectionPlan[], plan: readonly SectionPlan[], section: SectionPlan): number {
  const at = plan.indexOf(section);
  for (const before of plan.slice(0, at).toReversed()) {
    const place = whole.findLastIndex(isThere(before));
    if (place >= 0) return place + 1;
  }
  const after = plan.slice(at + 1).map((later) => whole.findIndex(isThere(later)));
  return after.find((place) => place >= 0) ?? whole.length;
}

function fitted(sections: readonly SectionPlan[], added: ReadonlySet<SectionPlan>, most: number): SectionPlan[] {
  const given = sections.map((section) => ({ section, minutes: section.minutes }));
  for (let over = sum(sections) - most; over > 0; over--) {
    const others = given.filter(({ section, minutes }) => !added.has(section) && minutes > leastMinutes);
    const longest = others.toSorted((a, b) => b.minutes - a.minutes)[0];
    if (!longest) break;
    longest.minutes--;
  }
  return given.map(({ section, minutes }) => ({ ...section, minutes }));
}
