import { FiguresTable } from "../../parts/figures-table.tsx";
import type { PipelineData } from "./pipeline-data.ts";
import { pipelineLink } from "./pipeline-query.ts";
import { sumWords } from "./volume-charts.tsx";

/** A leader's tree, one level down, by name: never in the order of the figures. */
export function ByManager({ data: { groups, totals, asked, currency } }: { data: PipelineData }) {
  const isVerified = totals.some(({ verifiedStageId }) => verifiedStageId !== null);
  const byKey = Map.groupBy(totals, ({ key }) => key);
  return (
    <section class="sheet">
      <h2 class="pad">By manager</h2>
      <FiguresTable
        label="Open volume by manager"
        first="Manager"
        numbers={["People", "Deals", "Overdue", ...(isVerified ? ["Volume claimed", "Backed by the customer"] : ["Volume"])]}
      >
        {groups.map(({ key, name, ownerIds }) => {
          const mine = byKey.get(key) ?? [];
          if (key === "direct" && mine.length === 0) return null;
          const deals = (only?: string) => mine.reduce((sum, row) => (only && row.horizon !== only ? sum : sum + row.deals), 0);
          return (
            <tr>
              <td>{key === "direct" ? name : <a href={pipelineLink(asked, { manager: key, view: "" })}>{name}</a>}</td>
              <td class="num">{key === "direct" ? ownerIds.length : ownerIds.length - 1}</td>
              <td class="num">{deals().toLocaleString("en-US")}</td>
              <td class="num">{deals("overdue").toLocaleString("en-US")}</td>
              <td class="num">{sumWords(mine, currency)}</td>
              {isVerified && (
                <td class="num">
                  {sumWords(
                    mine.filter(({ isAhead }) => !isAhead),
                    currency,
                  )}
                </td>
              )}
            </tr>
          );
        })}
      </FiguresTable>
    </section>
  );
}
