import { parseArgs } from "node:util";
import { makeToken } from "../domain/tokens/make-token.ts";
import { ctxFor } from "../platform/context.ts";
import { readEnv } from "../platform/env.ts";
import { newId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { readViewer } from "../platform/sign-in.ts";
import { startApp } from "../start-app.ts";

/** `token --email ADDRESS [--name WORDS]`: prints a personal token, once. */
export async function token(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: "string" }, name: { type: "string" } } });
  if (!values.email) throw new PlainError("Say whose token it is: npm run kept -- token --email ada@example.com");
  const running = await startApp(readEnv(), { share: true });
  try {
    const { app } = running;
    const people = await app.database.auth
      .selectFrom("person")
      .select(["org_id", "id", "email"])
      .where("email", "ilike", values.email.replace(/[\\%_]/g, "\\$&"))
      .execute();
    if (people.length === 0) throw new PlainError(`Nobody here has the mail address ${values.email}.`);
    if (people.length > 1) throw new PlainError(`More than one company knows ${values.email}: make the token on the page Account instead.`);
    const viewer = await readViewer(app.database, {
      orgId: people[0]?.org_id ?? "",
      personId: people[0]?.id ?? "",
      sessionId: null,
      today: app.clock.now().toISOString().slice(0, 10),
    });
    if (!viewer) throw new PlainError(`${values.email} has left and cannot have a token.`);
    console.log(await makeToken(ctxFor(app, viewer), { id: newId(), name: values.name ?? "Made at the terminal" }));
  } finally {
    await running.stop();
  }
}
