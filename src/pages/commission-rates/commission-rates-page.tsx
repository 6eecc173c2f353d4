import type { CommissionRate } from "../../domain/commission-rates/commission-rate-queries.ts";
import type { Asked } from "../../domain/quotas/quota-access.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { NameSearch, NobodyNamed } from "../../parts/name-search.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, type Viewer } from "../../platform/viewer.ts";

interface Props {
  c: Request;
  viewer: Viewer;
  people: Asked[];
  rates: CommissionRate[];
  today: string;
  text: string;
  hasMore: boolean;
  values: Record<string, string>;
  errors: Errors;
}

const percentWords = (basisPoints: number): string => `${(basisPoints / 100).toLocaleString("en-US")} %`;

export function CommissionRatesPage({ c, viewer, people, rates, today, text, hasMore, values, errors }: Props) {
  const byPerson = Map.groupBy(rates, ({ personId }) => personId);
  return (
    <Shell c={c} title="Commission rates" current={isAdmin(viewer) ? "set-up" : "people"}>
      <Head
        title="Commission rates"
        lead="What share of a won amount each person earns, from a day on. It turns small gains into money of their own."
        readers="Each person sees their own, their manager too; admins see the rates. Nobody else does."
      >
        <a class="btn" href="/quotas">
          Quotas
        </a>
      </Head>
      <NameSearch action="/commission-rates" text={text} />
      {people.length === 0 ? (
        <NobodyNamed text={text} first="Rates stand here once people do." />
      ) : (
        <div class="targets stack">
          <SetRate people={people} values={values} errors={errors} today={today} />
          <section class="sheet">
            <div class="scroll" tabindex={0} role="region" aria-label="Commission rates by person">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Person</th>
                    <th scope="col" class="num">
                      Today
                    </th>
                    <th scope="col">All rates</th>
                  </tr>
                </thead>
                <tbody>
                  {people.map((person) => (
                    <PersonRates person={person} rates={byPerson.get(person.id) ?? []} today={today} />
                  ))}
                </tbody>
              </table>
            </div>
          </section>
          {hasMore && <p class="small muted">There are more people: look for a name.</p>}
        </div>
      )}
    </Shell>
  );
}

function SetRate({ people, values, errors, today }: Pick<Props, "people" | "values" | "errors" | "today">) {
  return (
    <form method="post" action="/commission-rates" class="sheet pad stack">
      <h2>Set a rate</h2>
      <div class="fields">
        <Select
          name="person"
          label="Person"
          value={values.person}
          error={errors.person}
          options={people.map(({ id, name }) => ({ value: id, words: name }))}
        />
        <Field name="from_on" label="From" type="date" value={values.from_on ?? today} error={errors.from_on} required />
        <Field
          name="percent"
          label="Percent of what is won"
          value={values.percent}
          error={errors.percent}
          inputmode="decimal"
          hint="Up to two decimals, such as 8.25."
          required
        />
      </div>
      <div>
        <button class="btn primary">Save</button>
      </div>
    </form>
  );
}

function PersonRates({ person, rates, today }: { person: Asked; rates: readonly CommissionRate[]; today: string }) {
  const now = rates.find(({ fromOn }) => fromOn <= today);
  return (
    <tr>
      <th scope="row">{person.name}</th>
      <td class="num">{now ? percentWords(now.basisPoints) : <span class="muted">None</span>}</td>
      <td>
        {rates.map(({ fromOn, basisPoints }) => (
          <form method="post" action={`/commission-rates/${person.id}/${fromOn}/remove`} class="row">
            <span>
              {percentWords(basisPoints)} from {fullDay(fromOn)}
            </span>
            <button class="link" aria-label={`Take away ${percentWords(basisPoints)} of ${person.name} from ${fullDay(fromOn)}`}>
              Take away
            </button>
          </form>
        ))}
      </td>
    </tr>
  );
}
