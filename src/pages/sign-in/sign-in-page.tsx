import { Field } from "../../parts/field.tsx";
import { PlainPage } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import type { SamplePerson } from "../../domain/people/sample-people-queries.ts";

interface Props {
  c: Request;
  hasCompany: boolean;
  sample: SamplePerson[];
  next: string;
  email: string;
  error: string;
}

export function SignInPage({ c, hasCompany, sample, next, email, error }: Props) {
  return (
    <PlainPage c={c} title="Sign in">
      {!hasCompany && sample.length === 0 && <NothingYet />}
      {hasCompany && (
        <form method="post" action="/sign-in" class="stack" data-turbo="false">
          <h1>Sign in</h1>
          {error && (
            <div class="notice missed" role="alert">
              {error}
            </div>
          )}
          <input type="hidden" name="next" value={next} />
          <Field name="email" label="Mail address" type="email" autocomplete="username" value={email} required />
          <Field name="password" label="Password" type="password" autocomplete="current-password" required />
          <div>
            <button class="btn primary">Sign in</button>
          </div>
          <p class="muted small">Forgot your password? Ask your admin to invite you again: the new link lets you choose another.</p>
        </form>
      )}
      {sample.length > 0 && <Sample people={sample} next={next} besides={hasCompany} />}
    </PlainPage>
  );
}

function NothingYet() {
  return (
    <div class="stack">
      <h1>Kept is running. Nobody has set it up yet.</h1>
      <p>Open the set-up link that was printed where Kept was started. It works once, so that nobody else can claim this place.</p>
    </div>
  );
}

const groups = [
  { role: "leader", title: "The leader" },
  { role: "manager", title: "Managers" },
  { role: "rep", title: "Reps" },
  { role: "admin", title: "Sales operations" },
];

function Sample({ people, next, besides }: { people: SamplePerson[]; next: string; besides: boolean }) {
  const Title = besides ? "h2" : "h1";
  const Group = besides ? "h3" : "h2";
  return (
    <section class="stack sample">
      <div>
        <Title>Sample company</Title>
        <p class="muted">Everything here is made up. Sign in as anybody with one click; this works only in the sample company.</p>
      </div>
      {groups.map(({ role, title }) => {
        const members = people.filter(({ roles }) => groups.find((group) => roles.includes(group.role))?.role === role);
        if (members.length === 0) return null;
        return (
          <div>
            <Group>{title}</Group>
            <form method="post" action="/sign-in/sample" class="row tries" data-turbo="false">
              <input type="hidden" name="next" value={next} />
              {members.map((person) => (
                <button class="btn" name="person" value={person.id}>
                  {person.name}
                </button>
              ))}
            </form>
          </div>
        );
      })}
    </section>
  );
}
