import type { TokenView } from "../../domain/tokens/token-queries.ts";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";
import type { Viewer } from "../../platform/viewer.ts";

interface Props {
  c: Request;
  viewer: Viewer;
  tokens: TokenView[];
  errors?: Errors;
  name?: string;
  /** Just made: this is the only time it is shown. */
  token?: string;
}

export function TokensPage({ c, viewer, tokens, errors = {}, name, token }: Props) {
  return (
    <Shell c={c} title="API tokens" current="account">
      <Head
        title="API tokens"
        lead="A token lets a program read and write what you may read and write, and nothing more."
        readers="Yours alone."
      >
        <a class="btn" href="/api">
          What the API can do
        </a>
      </Head>
      <div class="sheets">
        {token && <NewToken token={token} />}
        <section class="sheet pad stack">
          <h2>Make a token</h2>
          <form method="post" action="/account/tokens" class="stack" data-turbo="false">
            <input type="hidden" name="id" value={newId()} />
            <Field name="name" label="What is it for" value={name} error={errors.name ?? errors.id} maxlength={100} required />
            <div>
              <button class="btn primary">Make a token</button>
            </div>
          </form>
        </section>
        <section class="sheet pad stack">
          <h2>Your tokens</h2>
          {tokens.length === 0 ? <p class="muted">None yet.</p> : <TokenList tokens={tokens} viewer={viewer} />}
        </section>
      </div>
    </Shell>
  );
}

function NewToken({ token }: { token: string }) {
  return (
    <section class="sheet pad stack">
      <h2>Copy your new token now</h2>
      <p>It is shown this once: only a fingerprint of it is kept.</p>
      <p>
        <code class="token">{token}</code>
      </p>
      <copy-button value={token}>
        <button class="btn" type="button">
          Copy
        </button>
      </copy-button>
    </section>
  );
}

function TokenList({ tokens, viewer }: { tokens: TokenView[]; viewer: Viewer }) {
  const day = (instant: Date) => fullDay(dayIn(instant, viewer.timeZone));
  return (
    <ul class="lines">
      {tokens.map(({ id, name, createdAt, lastUsedAt }) => (
        <li class="spread">
          <span>
            {name}{" "}
            <span class="muted">
              · made on {day(createdAt)}, {lastUsedAt ? `last used on ${day(lastUsedAt)}` : "not used yet"}
            </span>
          </span>
          <form method="post" action={`/account/tokens/${id}/revoke`}>
            <button class="link" aria-label={`Revoke ${name}`}>
              Revoke
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
