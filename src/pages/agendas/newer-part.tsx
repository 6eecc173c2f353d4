import type { NewerSections } from "../../domain/agendas/newer-sections.ts";
import type { SectionPlan } from "../../domain/agendas/ready-made-kinds.ts";
import { list } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";

interface Props {
  slug: string;
  newer: NewerSections;
  /** As it is now. */
  sections: readonly SectionPlan[];
  version: number;
}

const total = (sections: readonly SectionPlan[]): number => sections.reduce((sum, { minutes }) => sum + minutes, 0);

/** What the ready-made agenda has got since: offered with what it would become, never done by itself. */
export function NewerPart({ slug, newer, sections, version }: Props) {
  const names = list(newer.added.map(({ title }) => title));
  const whole = total(newer.sections);
  return (
    <section class="sheet pad stack tight newer" aria-labelledby="newer">
      <div>
        <h2 id="newer">New since your version: {names}</h2>
        <p class="muted">
          The ready-made agenda has got {newer.added.length === 1 ? "this section" : "these sections"} since. Yours stays as it is until you
          add {newer.added.length === 1 ? "it" : "them"}.
        </p>
      </div>
      <details>
        <summary>How version {version + 1} would look</summary>
        <ol class="newer-sections">
          {newer.sections.map((section) => (
            <Line section={section} before={sections.find(({ title, panel }) => title === section.title && panel === section.panel)} />
          ))}
        </ol>
        <p class="small muted">
          {whole} minutes{whole === total(sections) ? ", as before" : `, ${total(sections)} before`}. Change it afterwards as you like.
        </p>
      </details>
      <form method="post" action={`/agendas/${slug}/newer`}>
        <input type="hidden" name="id" value={newId()} />
        <input type="hidden" name="base" value={String(version)} />
        <button class="btn primary">
          Add {newer.added.length === 1 ? "it" : "them"} as version {version + 1}
        </button>
      </form>
    </section>
  );
}

function Line({ section, before }: { section: SectionPlan; before: SectionPlan | undefined }) {
  const changed = before && before.minutes !== section.minutes ? ` (${before.minutes} before)` : "";
  return (
    <li class={section.focus}>
      <i aria-hidden="true"></i>
      <span>
        {before ? section.title : <b>{section.title}</b>} {!before && <span class="tag kept">New</span>}
        {!before && section.prompts.map((words) => <span class="small muted prompt">{words}</span>)}
      </span>
      <span class="small">
        {section.minutes} min{changed}
      </span>
    </li>
  );
}
