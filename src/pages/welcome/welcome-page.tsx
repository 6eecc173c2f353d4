import { CurrencySelect } from "../../parts/currency-select.tsx";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { PlainPage } from "../../parts/shell.tsx";
import { ZoneSelect } from "../../parts/zone-select.tsx";
import type { Request } from "../../platform/http.ts";
import { leastPasswordLength } from "../../platform/password-length.ts";

export interface SetUpValues {
  org: string;
  person: string;
  company: string;
  currency: string;
  time_zone: string;
  name: string;
  email: string;
  manages: boolean;
}

interface Props {
  c: Request;
  token: string;
  hasSample: boolean;
  values: SetUpValues;
  errors: Errors;
  fresh?: boolean;
}

export function WelcomePage({ c, token, hasSample, values, errors, fresh }: Props) {
  return (
    <PlainPage c={c} title="Welcome">
      <div class="stack welcome">
        <div>
          <h1>Sales one-on-ones that are prepared, held, and kept.</h1>
          <p class="muted">
            Look around in a company we made up, or set up your own. You can do the first now and the second later, with this same link.
          </p>
        </div>
        <section class="sheet pad stack">
          <div>
            <h2>Explore a sample company</h2>
            <p class="muted">
              A leader, three managers and eighteen reps, with two years of pipeline and half a year of one-on-ones. Be any of them with one
              click.
              {hasSample ? "" : " Making it takes a few seconds."}
            </p>
          </div>
          <form method="post" action={`/welcome/${token}/sample`}>
            <button class="btn primary" data-turbo-submits-with="Making the sample company…">
              {hasSample ? "Go to the sample company" : "Explore a sample company"}
            </button>
          </form>
        </section>
        <section class="sheet pad stack">
          <div>
            <h2>Set up my company</h2>
            <p class="muted">You become its admin. People and pipeline come next, from files you have.</p>
          </div>
          <CompanyForm token={token} values={values} errors={errors} fresh={fresh ?? false} />
        </section>
      </div>
    </PlainPage>
  );
}

function CompanyForm({ token, values, errors, fresh }: { token: string; values: SetUpValues; errors: Errors; fresh: boolean }) {
  const zone = <ZoneSelect value={values.time_zone} error={errors.time_zone} />;
  return (
    <form method="post" action={`/welcome/${token}/company`} class="stack" data-turbo="false">
      <input type="hidden" name="org" value={values.org} />
      <input type="hidden" name="person" value={values.person} />
      <Field name="company" label="Company" value={values.company} error={errors.company} autocomplete="organization" required />
      <div class="fields">
        <CurrencySelect value={values.currency} error={errors.currency} />
        {fresh ? <own-zone>{zone}</own-zone> : zone}
      </div>
      <Field name="name" label="Your name" value={values.name} error={errors.name} autocomplete="name" required />
      <Field
        name="email"
        label="Your mail address"
        type="email"
        value={values.email}
        error={errors.email}
        autocomplete="username"
        hint="You sign in with it."
        required
      />
      <Field
        name="password"
        label="Password"
        type="password"
        error={errors.password}
        autocomplete="new-password"
        hint={`At least ${leastPasswordLength} characters.`}
        required
      />
      <label class="choice">
        <input type="checkbox" name="manages" value="yes" checked={values.manages} />
        <span>I also manage reps and hold one-on-ones</span>
      </label>
      <div>
        <button class="btn primary">Set up my company</button>
      </div>
    </form>
  );
}

export function LinkProblem({ c, alreadySetUp }: { c: Request; alreadySetUp: boolean }) {
  return (
    <PlainPage c={c} title={alreadySetUp ? "Already set up" : "Not a set-up link"}>
      <div class="stack">
        <h1>{alreadySetUp ? "This place is already set up." : "This is not a set-up link of this place."}</h1>
        <p>
          {alreadySetUp
            ? "A set-up link works until there is a company, and there is one now. Sign in, or ask your admin for an invitation."
            : "Copy the whole link that was printed where Kept was started. Starting it again prints a new one."}
        </p>
        <div>
          <a class="btn" href="/sign-in">
            Go to sign-in
          </a>
        </div>
      </div>
    </PlainPage>
  );
}
