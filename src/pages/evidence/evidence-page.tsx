import type { Evidence } from "../../domain/evidence/evidence-queries.ts";
import { Field, Select, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { EvidenceData } from "./evidence-data.ts";
import { EvidencePanel } from "./evidence-panel.tsx";

export interface EvidenceForm {
  id: string;
  verifierId: string;
  givenOn: string;
  customerPerson: string;
  words: string;
  link: string;
  back: string;
}

interface Props {
  c: Request;
  data: EvidenceData;
  form: EvidenceForm;
  errors: Errors;
}

/** Records what the customer gave for one verifier of a deal. */
export function EvidencePage({ c, data, form, errors }: Props) {
  const { deal, process, now } = data;
  const today = dayIn(now, c.get("viewer")?.timeZone ?? "UTC");
  const options = (process?.stages ?? []).flatMap(({ name, tolls }) =>
    tolls.map(({ verifierId, words }) => ({ value: verifierId, words: `${name}: ${words}` })),
  );
  return (
    <Shell c={c} title={`Evidence: ${deal.name}`} current="pipeline">
      <Head title="What did the customer give?" lead={<a href={`/opportunities/${deal.id}`}>{deal.name}</a>} readers={readersOf(data)} />
      {errors.form && (
        <div class="notice missed" role="alert">
          {errors.form}
        </div>
      )}
      {options.length > 0 && (
        <section class="sheet pad">
          <form method="post" action={`/opportunities/${deal.id}/evidence`} class="stack" data-draft={`evidence ${deal.id}`}>
            <input type="hidden" name="id" value={form.id} />
            <input type="hidden" name="back" value={form.back} />
            <Select name="verifierId" label="What" options={options} value={form.verifierId} error={errors.verifierId} />
            <div class="fields">
              <Field name="givenOn" label="On which day" type="date" max={today} value={form.givenOn} error={errors.givenOn} required />
              <Field
                name="customerPerson"
                label="Who at the customer"
                value={form.customerPerson}
                error={errors.customerPerson}
                maxlength={200}
                required
              />
            </div>
            <TextArea
              name="words"
              label="What they said or did"
              rows={3}
              value={form.words}
              error={errors.words}
              hint="In their words, or a link below: one of the two is enough."
            />
            <Field name="link" label="Link" type="url" value={form.link} error={errors.link} maxlength={2000} />
            <div class="row">
              <button class="btn primary">Record it</button>
              <a class="btn" href={form.back || `/opportunities/${deal.id}`}>
                Not now
              </a>
            </div>
          </form>
        </section>
      )}
      <EvidencePanel c={c} data={data} />
    </Shell>
  );
}

const readersOf = ({ deal }: EvidenceData): string =>
  `${deal.owner.standing === "self" ? "You" : deal.owner.name} and those above can see this.`;

/** Asks why before evidence is taken back. */
export function WithdrawPage({ c, data, one, error }: { c: Request; data: EvidenceData; one: Evidence; error?: string | undefined }) {
  const { deal } = data;
  return (
    <Shell c={c} title="Withdraw evidence" current="pipeline">
      <Head title="Withdraw this evidence?" lead={<a href={`/opportunities/${deal.id}`}>{deal.name}</a>} readers={readersOf(data)} />
      <section class="sheet pad stack">
        <dl class="facts">
          <dt>What</dt>
          <dd>{one.verifierWords}</dd>
          <dt>When and who</dt>
          <dd>
            {fullDay(one.givenOn)}, {one.customerPerson}
          </dd>
          {one.words && (
            <>
              <dt>Words</dt>
              <dd>{one.words}</dd>
            </>
          )}
        </dl>
        {one.withdrawnAt ? (
          <p>
            It is withdrawn already, by {one.withdrawnBy}: {one.withdrawnWhy}
          </p>
        ) : (
          <form method="post" action={`/opportunities/${deal.id}/evidence/${one.id}`} class="stack">
            <Field
              name="why"
              label="A word on why"
              error={error}
              maxlength={500}
              required
              hint="It stays to be read, struck through; the verified stage no longer counts it."
            />
            <div class="row">
              <button class="btn danger">Withdraw it</button>
              <a class="btn" href={`/opportunities/${deal.id}#evidence`}>
                Keep it
              </a>
            </div>
          </form>
        )}
      </section>
    </Shell>
  );
}
