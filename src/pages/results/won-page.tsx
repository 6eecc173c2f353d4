import type { WonDeal } from "../../domain/results/won-deals-queries.ts";
import type { PersonView } from "../../domain/people/person-access.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, firstName, fullDay, money, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { PersonTabs } from "../people/person-tabs.tsx";

interface Props {
  c: Request;
  person: PersonView;
  deals: readonly WonDeal[];
  from: string;
  to: string;
  currency: string;
}

/** Which deals make up a figure of the results. */
export function WonPage({ c, person, deals, from, to, currency }: Props) {
  const isSelf = person.standing === "self";
  const first = firstName(person.name);
  const sum = deals.reduce((total, { countsMinor }) => total + (countsMinor ?? 0), 0);
  const title = `Won from ${from.slice(0, 4) === to.slice(0, 4) ? shortDay(from) : fullDay(from)} to ${fullDay(to)}`;
  return (
    <Shell c={c} title={title} current={isSelf ? "you" : "people"}>
      <Head
        title={title}
        lead={`${isSelf ? "You" : person.name}: ${count(deals.length, "deal")}, ${money(sum, currency)}.`}
        readers={isSelf ? "You, your manager and the leaders above see this." : `${first}, you and the leaders above see this.`}
      >
        <a class="btn" href={`/people/${person.id}/results/won.csv?from=${from}&to=${to}`}>
          CSV
        </a>
        <a class="btn" href={`/people/${person.id}/results`}>
          Results
        </a>
      </Head>
      <PersonTabs person={person} current="results" />
      {deals.length === 0 ? (
        <section class="sheet empty">
          <h2>Nothing was won in these days</h2>
          <p>A deal counts on the day the CRM says it closed, or was won where that day still lies ahead.</p>
        </section>
      ) : (
        <section class="sheet">
          <div class="scroll" tabindex={0} role="region" aria-label="Deals won">
            <table>
              <thead>
                <tr>
                  <th scope="col">Closed</th>
                  <th scope="col">Deal</th>
                  <th scope="col">Account</th>
                  <th scope="col">Product</th>
                  <th scope="col" class="num">
                    Amount
                  </th>
                </tr>
              </thead>
              <tbody>
                {deals.map((deal) => (
                  <tr>
                    <td>{from.slice(0, 4) === to.slice(0, 4) ? shortDay(deal.closedOn) : fullDay(deal.closedOn)}</td>
                    <td>
                      <a href={`/opportunities/${deal.id}`}>{deal.name}</a>
                    </td>
                    <td>{deal.accountName ?? "–"}</td>
                    <td>{deal.productName ?? "–"}</td>
                    <td class="num">
                      <Amount deal={deal} currency={currency} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </Shell>
  );
}

function Amount({ deal, currency }: { deal: WonDeal; currency: string }) {
  if (deal.amountMinor === null) return <span class="muted">none given</span>;
  const atListPrice = deal.isListPrice && <span class="muted small detail">at list price</span>;
  if (deal.currency === currency)
    return (
      <>
        {money(deal.amountMinor, currency)}
        {atListPrice}
      </>
    );
  return (
    <>
      {money(deal.amountMinor, deal.currency)}
      {atListPrice}
      <span class="muted small detail">
        {deal.countsMinor === null ? "no exchange rate: not counted" : `counts as ${money(deal.countsMinor, currency)}`}
      </span>
    </>
  );
}
