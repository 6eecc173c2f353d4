import type { Quota } from "../../domain/quotas/quota-queries.ts";
import type { FiscalPeriod } from "../../method/fiscal-calendar.ts";
import { list, money, monthName } from "../../parts/words.ts";

export interface QuotaYear {
  number: number;
  months: FiscalPeriod[];
  quarters: FiscalPeriod[];
  year: FiscalPeriod;
}

export const monthsIn = (months: readonly FiscalPeriod[], { from, until }: FiscalPeriod): FiscalPeriod[] =>
  months.filter((month) => month.from >= from && month.until <= until);

/** Sums of each currency by itself. */
export function sumWords(quotas: readonly Quota[], months: readonly FiscalPeriod[]): string {
  const keys = new Set(months.map(({ month }) => month));
  const sums = new Map<string, number>();
  for (const { month, amountMinor, currency } of quotas) if (keys.has(month)) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return list([...sums].map(([currency, sum]) => money(sum, currency)));
}

export function MonthsHead({ year }: { year: QuotaYear }) {
  return (
    <thead>
      <tr>
        <th scope="col">Person</th>
        {year.quarters.map((quarter) => (
          <>
            {monthsIn(year.months, quarter).map(({ month }) => (
              <th scope="col" class="num">
                {monthName(month).slice(0, 3)} {month.slice(2, 4)}
              </th>
            ))}
            <th scope="col" class="num total">
              {quarter.label}
            </th>
          </>
        ))}
        <th scope="col" class="num total">
          {year.year.label}
        </th>
      </tr>
    </thead>
  );
}

export function Together({ year, quotas }: { year: QuotaYear; quotas: readonly Quota[] }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">Together</th>
        {year.quarters.map((quarter) => (
          <>
            {monthsIn(year.months, quarter).map((month) => (
              <td class="num">{sumWords(quotas, [month])}</td>
            ))}
            <td class="num total">{sumWords(quotas, monthsIn(year.months, quarter))}</td>
          </>
        ))}
        <td class="num total">{sumWords(quotas, year.months)}</td>
      </tr>
    </tfoot>
  );
}
