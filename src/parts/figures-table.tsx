import type { Child } from "hono/jsx";

interface Props {
  /** What it is, for whoever does not see it. */
  label: string;
  /** Over the rows' names; without it every column holds numbers. */
  first?: string;
  numbers: readonly string[];
  children: Child;
}

/** A table of numbers: wider than a phone it scrolls by itself, with the keyboard too. `children` are its rows. */
export const FiguresTable = ({ label, first, numbers, children }: Props) => (
  <div class="scroll" tabindex={0} role="region" aria-label={label}>
    <table>
      <thead>
        <tr>
          {first && <th scope="col">{first}</th>}
          {numbers.map((head) => (
            <th scope="col" class="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

/** The same below a chart, for whoever reads rather than looks. */
export const ChartFigures = ({ children, below, ...table }: Props & { below?: Child }) => (
  <details>
    <summary class="small">The figures</summary>
    <FiguresTable {...table}>{children}</FiguresTable>
    {below}
  </details>
);
