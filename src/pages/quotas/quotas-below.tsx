import type { Asked } from "../../domain/quotas/quota-access.ts";
import type { Quota } from "../../domain/quotas/quota-queries.ts";
import { MonthsHead, monthsIn, type QuotaYear, sumWords, Together } from "./quota-table-parts.tsx";

/** Quotas of those further down: their managers set them, a leader above reads them. */
export function QuotasBelow({ year, people, quotas }: { year: QuotaYear; people: readonly Asked[]; quotas: readonly Quota[] }) {
  const byPerson = Map.groupBy(quotas, ({ personId }) => personId);
  return (
    <section class="sheet stack tight quotas-below" aria-labelledby="below">
      <div class="pad-head">
        <h2 id="below">Further down, to read</h2>
        <p class="small muted">Their managers set these. An empty month has no quota.</p>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={`Quotas ${year.year.label} of those further down`}>
        <table class="quota-table">
          <MonthsHead year={year} />
          <tbody>
            {people.map(({ id, name }) => (
              <ReadRow name={name} own={byPerson.get(id) ?? []} year={year} />
            ))}
          </tbody>
          <Together year={year} quotas={quotas} />
        </table>
      </div>
    </section>
  );
}

function ReadRow({ name, own, year }: { name: string; own: readonly Quota[]; year: QuotaYear }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {year.quarters.map((quarter) => (
        <>
          {monthsIn(year.months, quarter).map((month) => (
            <td class="num">{sumWords(own, [month])}</td>
          ))}
          <td class="num total">{sumWords(own, monthsIn(year.months, quarter))}</td>
        </>
      ))}
      <td class="num total">{sumWords(own, year.months)}</td>
    </tr>
  );
}
