import type { PersonView } from "../../domain/people/person-access.ts";

export type PersonTab = "overview" | "pipeline" | "coverage" | "aspiration" | "results" | "commitments" | "record";

interface Props {
  person: PersonView;
  current: PersonTab;
}

/** What there is to see of a rep, the same on every page of theirs: only what leads somewhere for this viewer. */
export function PersonTabs({ person, current }: Props) {
  const tabs = tabsOf(person);
  if (tabs.length < 2) return null;
  return (
    <nav class="tabs" aria-label={person.standing === "self" ? "You" : person.name}>
      {tabs.map(({ tab, href, words }) => (
        <a href={href} aria-current={tab === current ? "page" : undefined} target="_top">
          {words}
        </a>
      ))}
    </nav>
  );
}

function tabsOf({ id, roles, standing, isInTree }: PersonView): { tab: PersonTab; href: string; words: string }[] {
  const isSelf = standing === "self";
  // Whoever also manages finds own promises and records among those of their people.
  const isAlone = isSelf && roles.every((role) => role === "rep");
  const isOfPair = isAlone || standing === "pair";
  const tabs: { tab: PersonTab; href: string; words: string; when: boolean }[] = [
    { tab: "overview", href: `/people/${id}`, words: "Overview", when: true },
    { tab: "pipeline", href: isAlone ? "/pipeline" : `/pipeline?rep=${id}`, words: "Pipeline", when: isInTree },
    { tab: "coverage", href: `/people/${id}/coverage`, words: "Coverage", when: isInTree || standing === "pair" },
    { tab: "aspiration", href: `/people/${id}/aspiration`, words: "Goal", when: isSelf || standing === "pair" },
    { tab: "results", href: `/people/${id}/results`, words: "Results", when: isInTree },
    { tab: "commitments", href: isSelf ? "/commitments" : `/commitments?with=${id}`, words: "Commitments", when: isOfPair },
    { tab: "record", href: isSelf ? "/records" : `/records?with=${id}`, words: "Record", when: isOfPair },
  ];
  return roles.includes("rep") ? tabs.filter(({ when }) => when) : [];
}
