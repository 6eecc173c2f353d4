import type { Mark } from "../method/five-ps.ts";

/** The five P's of one one-on-one, quietly: five marks with words. They say what was done, and judge nobody. */
export function FivePs({ marks, title = "The five P’s" }: { marks: readonly Mark[]; title?: string }) {
  return (
    <section class="sheet pad stack tight five-ps" aria-label={title}>
      <h2>{title}</h2>
      <FivePsList marks={marks} />
    </section>
  );
}

export function FivePsList({ marks }: { marks: readonly Mark[] }) {
  return (
    <ul class="five-ps">
      {marks.map(({ name, isDone, words }) => (
        <li class={isDone ? "done" : undefined}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            {isDone ? (
              <path
                d="M2 7.5l3.5 3.5L12 3.5"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
              />
            ) : (
              <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />
            )}
          </svg>
          <span>
            {name}
            <span class="visually-hidden">{isDone ? ", done" : ", open"}</span>
            <span class="small muted"> {words}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
