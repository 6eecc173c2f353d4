import type { Invitation } from "../../domain/people/invitation-access.ts";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { PlainPage } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import { leastPasswordLength } from "../../platform/password-length.ts";

export function InvitationPage({ c, token, invitation, errors }: { c: Request; token: string; invitation: Invitation; errors: Errors }) {
  const { orgName, name, email, way } = invitation;
  return (
    <PlainPage c={c} title="Invitation">
      <form method="post" action={`/invitation/${token}`} class="stack" data-turbo="false">
        <div>
          <h1>{orgName} invites you to Kept</h1>
          <p class="muted">
            {name},{" "}
            {way === "choose" ? "choose a password and you are in." : "you have an account already. Its password opens this door too."} You
            sign in as <strong>{email}</strong>.
          </p>
        </div>
        {/* Tells a password manager whose password this is. */}
        <input type="hidden" name="username" autocomplete="username" value={email} />
        {way === "choose" ? (
          <>
            <Field
              name="password"
              label="Password"
              type="password"
              autocomplete="new-password"
              hint={`At least ${leastPasswordLength} characters.`}
              error={errors.password}
              required
            />
            <Field name="again" label="The same once more" type="password" autocomplete="new-password" error={errors.again} required />
          </>
        ) : (
          <Field
            name="password"
            label="Your password"
            type="password"
            autocomplete="current-password"
            hint="The one you already use for Kept in another organisation."
            error={errors.password}
            required
          />
        )}
        <div>
          <button class="btn primary">{way === "choose" ? "Choose this password" : `Join ${orgName}`}</button>
        </div>
      </form>
    </PlainPage>
  );
}

const words = {
  unknown: {
    title: "This invitation is not here.",
    what: "Perhaps a newer one has replaced it: use the link of the newest mail. Or ask your admin to invite you again.",
  },
  used: {
    title: "This invitation has been used.",
    what: "Sign in with the password you chose. If you forgot it, ask your admin to invite you again.",
  },
  expired: { title: "This invitation has ended.", what: "Ask your admin to invite you again: a new link is made in a moment." },
};

export function InvitationProblem({ c, state }: { c: Request; state: keyof typeof words }) {
  return (
    <PlainPage c={c} title="Invitation">
      <div class="stack">
        <h1>{words[state].title}</h1>
        <p>{words[state].what}</p>
        <div>
          <a class="btn" href="/sign-in">
            Go to sign-in
          </a>
        </div>
      </div>
    </PlainPage>
  );
}
