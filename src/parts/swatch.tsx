/** The colour of a bar, beside its name in the legend of a chart. */
export const Swatch = ({ class: name }: { class: "claimed" | "verified" }) => (
  <svg width="10" height="10" aria-hidden="true">
    <rect class={`bar ${name}`} width="10" height="10" rx="2" />
  </svg>
);
