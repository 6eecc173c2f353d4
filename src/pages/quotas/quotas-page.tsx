import type { Asked } from "../../domain/quotas/quota-access.ts";
import type { QuotaBefore } from "../../domain/quotas/quota-past-queries.ts";
import type { Quota } from "../../domain/quotas/quota-queries.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { NameSearch, NobodyNamed } from "../../parts/name-search.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, minorUnits, money, monthAndYear } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { MonthsHead, monthsIn, type QuotaYear, sumWords, Together } from "./quota-table-parts.tsx";
import { QuotasBelow } from "./quotas-below.tsx";

interface Props {
  c: Request;
  ctx: Ctx;
  year: QuotaYear;
  people: Asked[];
  quotas: Quota[];
  /** Who reports to these, to read. */
  below: Asked[];
  quotasBelow: Quota[];
  before: QuotaBefore[];
  text: string;
  page: number;
  hasMore: boolean;
  typed: Record<string, string> | undefined;
  errors: Errors;
}

export const cellName = (personId: string, month: string): string => `q-${personId}-${month}`;
const shownAmount = ({ amountMinor, currency }: Pick<Quota, "amountMinor" | "currency">): string =>
  (amountMinor / minorUnits(currency)).toLocaleString("en-US", { maximumFractionDigits: 2 });

export function QuotasPage(props: Props) {
  const { c, ctx, year, people, text, before, below, quotasBelow } = props;
  const link = (number: number) => `/quotas?year=${number}${text ? `&q=${encodeURIComponent(text)}` : ""}`;
  return (
    <Shell c={c} title="Quotas" current={isAdmin(ctx.viewer) ? "set-up" : "people"}>
      <Head
        title={`Quotas ${year.year.label}`}
        lead="What each person is asked to win, month by month. An empty month has no quota, which is not zero: leave it empty while somebody starts."
        readers="Each person sees their own, managers those of their people, admins all."
      >
        <a class="btn" href={link(year.number - 1)}>
          Year before
        </a>
        <a class="btn" href={link(year.number + 1)}>
          Year after
        </a>
        {isAdmin(ctx.viewer) && (
          <a class="btn" href="/imports/new?what=quotas">
            Bring from a file
          </a>
        )}
      </Head>
      <NameSearch action="/quotas" text={text}>
        <input type="hidden" name="year" value={String(year.number)} />
      </NameSearch>
      {people.length === 0 && below.length === 0 && (
        <NobodyNamed text={text} first="Quotas stand here once people do. An admin says who reports to whom." />
      )}
      {people.length > 0 && <QuotaTable {...props} />}
      {below.length > 0 && <QuotasBelow year={year} people={below} quotas={quotasBelow} />}
      <OtherPages {...props} />
      {before.length > 0 && <Before before={before} zone={ctx.viewer.timeZone} />}
    </Shell>
  );
}

function QuotaTable({ ctx, year, people, quotas, below, typed, errors, text, page }: Props) {
  const byPerson = Map.groupBy(quotas, ({ personId }) => personId);
  const wrong = Object.keys(errors).length;
  return (
    <form method="post" action="/quotas" class="stack">
      <input type="hidden" name="year" value={String(year.number)} />
      <input type="hidden" name="q" value={text} />
      <input type="hidden" name="page" value={String(page)} />
      {wrong > 0 && (
        <div class="notice watch" role="alert">
          {count(wrong, "amount")} could not be taken. Nothing is saved yet: what is wrong stands below each.
        </div>
      )}
      {below.length > 0 && (
        <p class="muted">
          Who reports to you: theirs are yours to set. A team whose manager has none is asked for what its people are asked for together.
        </p>
      )}
      <div class="sheet">
        <div class="scroll" tabindex={0} role="region" aria-label={`Quotas ${year.year.label} by person and month`}>
          <table class="quota-table">
            <MonthsHead year={year} />
            <tbody>
              {people.map((person) => (
                <PersonRow
                  person={person}
                  own={byPerson.get(person.id) ?? []}
                  {...{ year, typed, errors }}
                  currency={ctx.viewer.currency}
                />
              ))}
            </tbody>
            <Together year={year} quotas={quotas} />
          </table>
        </div>
      </div>
      <div class="row">
        <button class="btn primary">Save</button>
        <span class="small muted">
          Amounts in {ctx.viewer.currency}, unless another currency stands beside one. What it was before is kept.
        </span>
      </div>
    </form>
  );
}

function OtherPages({ year, text, page, hasMore }: Props) {
  const link = (number: number) => `/quotas?year=${year.number}&q=${encodeURIComponent(text)}&page=${number}`;
  if (page === 1 && !hasMore) return null;
  return (
    <p class="row">
      {page > 1 && <a href={link(page - 1)}>People before</a>}
      {hasMore && <a href={link(page + 1)}>More people</a>}
    </p>
  );
}

function PersonRow({
  person,
  own,
  year,
  typed,
  errors,
  currency,
}: Pick<Props, "year" | "typed" | "errors"> & { person: Asked; own: readonly Quota[]; currency: string }) {
  const at = new Map(own.map((quota) => [quota.month, quota]));
  return (
    <tr>
      <th scope="row">{person.name}</th>
      {year.quarters.map((quarter) => (
        <>
          {monthsIn(year.months, quarter).map(({ month, label }) => {
            const name = cellName(person.id, month);
            const quota = at.get(month);
            const was = quota ? shownAmount(quota) : "";
            return (
              <td>
                <input
                  name={name}
                  value={typed?.[name] ?? was}
                  inputmode="decimal"
                  aria-label={`${person.name}, ${label}${quota ? `, ${quota.currency}` : ""}`}
                  aria-invalid={errors[name] ? "true" : undefined}
                  aria-describedby={errors[name] ? `${name}-error` : undefined}
                />
                {errors[name] && (
                  <div class="error" id={`${name}-error`}>
                    {errors[name]}
                  </div>
                )}
                {quota && quota.currency !== currency && <span class="small muted">{quota.currency}</span>}
                <input type="hidden" name={`was-${name}`} value={typed?.[`was-${name}`] ?? was} />
              </td>
            );
          })}
          <td class="num total">{sumWords(own, monthsIn(year.months, quarter))}</td>
        </>
      ))}
      <td class="num total">{sumWords(own, year.months)}</td>
    </tr>
  );
}

function Before({ before, zone }: { before: readonly QuotaBefore[]; zone: string }) {
  return (
    <details class="apart">
      <summary>What quotas were before they were changed</summary>
      <ul class="lines">
        {before.map(({ name, month, amountMinor, currency, untilAt }) => (
          <li>
            {name}, {monthAndYear(month)}: {money(amountMinor, currency)}{" "}
            <span class="muted small">until {fullDay(dayIn(untilAt, zone))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
