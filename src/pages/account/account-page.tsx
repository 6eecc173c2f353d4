import type { ReadingOfMine } from "../../domain/organisations/audit-queries.ts";
import type { TimeOff } from "../../domain/people/people-queries.ts";
import type { PersonView } from "../../domain/people/person-access.ts";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, shortDay, timeIn } from "../../parts/words.ts";
import { ZoneSelect } from "../../parts/zone-select.tsx";
import type { AccountView } from "../../platform/accounts.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { leastPasswordLength } from "../../platform/password-length.ts";
import { TimeOffPart } from "../people/time-off-part.tsx";
import { SessionsPart, type Session } from "./sessions-part.tsx";

interface Props {
  c: Request;
  ctx: Ctx;
  me: PersonView;
  account: AccountView | null;
  sessions: Session[];
  places: { orgId: string; orgName: string }[];
  daysOff: TimeOff[];
  readings: ReadingOfMine[];
  values: Record<string, string>;
  errors: Errors;
}

export function AccountPage({ c, ctx, me, account, sessions, places, daysOff, readings, values, errors }: Props) {
  return (
    <Shell c={c} title="Account" current="account">
      <Head
        title="Account"
        lead={`${me.name} at ${ctx.viewer.orgName}`}
        readers="Yours alone, but for your name, mail address and days off."
      >
        <a class="btn" href="/account/tokens">
          API tokens
        </a>
      </Head>
      <div class="sheets">
        <section class="sheet pad stack">
          <h2>You</h2>
          <form method="post" action="/account" class="stack">
            <Field name="name" label="Name" value={values.name ?? me.name} error={errors.name} autocomplete="name" required />
            <ZoneSelect value={values.time_zone ?? me.timeZone} error={errors.time_zone} />
            <div>
              <span class="label">Mail address</span>
              <div>{me.email ?? "None yet"}</div>
              <div class="muted small">
                {account?.hasPassword && account.email !== me.email?.toLowerCase() ? `You sign in with ${account.email}. ` : ""}
                {account?.hasPassword ? "" : "Your admin changes it."}
              </div>
            </div>
            <div>
              <button class="btn primary">Save</button>
            </div>
          </form>
        </section>
        {account?.hasPassword && <AddressPart value={values.email} errors={errors} />}
        {account?.hasPassword && <PasswordPart email={account.email} errors={errors} />}
        {places.length > 1 && <Organisations places={places} current={ctx.viewer.orgId} />}
        <section class="sheet pad stack">
          <h2>Days off</h2>
          <TimeOffPart personId={me.id} daysOff={daysOff} errors={{}} back="/account" />
        </section>
        <SessionsPart sessions={sessions} current={ctx.viewer.sessionId} zone={ctx.viewer.timeZone} />
        <Readings readings={readings} zone={ctx.viewer.timeZone} />
      </div>
    </Shell>
  );
}

function AddressPart({ value, errors }: { value: string | undefined; errors: Errors }) {
  return (
    <section class="sheet pad stack">
      <h2>Mail address</h2>
      <form method="post" action="/account/address" class="stack">
        <Field
          name="email"
          label="New mail address"
          type="email"
          autocomplete="email"
          value={value}
          hint="You sign in with it and get your agendas and summaries there."
          error={errors.email}
          required
        />
        <Field name="present" label="Present password" type="password" autocomplete="current-password" error={errors.present} required />
        <div>
          <button class="btn">Change mail address</button>
        </div>
      </form>
    </section>
  );
}

function PasswordPart({ email, errors }: { email: string; errors: Errors }) {
  return (
    <section class="sheet pad stack">
      <h2>Password</h2>
      <form method="post" action="/account/password" class="stack">
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <Field name="current" label="Present password" type="password" autocomplete="current-password" error={errors.current} required />
        <Field
          name="password"
          label="New password"
          type="password"
          autocomplete="new-password"
          hint={`At least ${leastPasswordLength} characters. Everywhere else you will be signed out.`}
          error={errors.password}
          required
        />
        <Field name="again" label="The same once more" type="password" autocomplete="new-password" error={errors.again} required />
        <div>
          <button class="btn">Change password</button>
        </div>
      </form>
    </section>
  );
}

function Organisations({ places, current }: { places: Props["places"]; current: string }) {
  return (
    <section class="sheet pad stack">
      <h2>Your organisations</h2>
      <form method="post" action="/account/organisation" class="row" data-turbo="false">
        {places.map(({ orgId, orgName }) =>
          orgId === current ? (
            <span class="tag kept">{orgName}, where you are now</span>
          ) : (
            <button class="btn" name="organisation" value={orgId}>
              Go to {orgName}
            </button>
          ),
        )}
      </form>
    </section>
  );
}

function Readings({ readings, zone }: { readings: ReadingOfMine[]; zone: string }) {
  return (
    <section class="sheet pad stack">
      <div>
        <h2>Who has opened your record</h2>
        <p class="muted">
          Leaders above your manager and admins see dates and counts, never what you two wrote. Each time one of them opens your page it is
          written here.
        </p>
      </div>
      {readings.length === 0 ? (
        <p>Nobody outside your own one-on-ones so far.</p>
      ) : (
        <ul class="lines">
          {readings.map(({ at, reader, what }) => (
            <li class="spread">
              <span>
                {reader} <span class="muted">· {what}</span>
              </span>
              <span class="muted small">
                {shortDay(dayIn(at, zone))}, {timeIn(at, zone)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
