import type { Ctx } from "../../src/platform/context.ts";
import type { TestApp } from "../support/test-app.ts";

export const password = "correct horse 7";

/** Gives a person an account with a password. Returns the address it signs in with. */
export async function giveAccount(app: TestApp, ctx: Ctx, given = password): Promise<string> {
  const { orgId, personId: id, name } = ctx.viewer;
  const { email } = await app.database.auth.selectFrom("person").select("email").where("id", "=", id).executeTakeFirstOrThrow();
  await app.signIn.makeAccount({ orgId, id, name, email: email ?? "" }, given);
  return email ?? "";
}

export const signIn = (app: TestApp, email: string, given = password, headers: Record<string, string> = {}): Promise<Response> =>
  app.request("/sign-in", { form: { email, password: given }, headers });

export const cookieOf = (response: Response): { cookie: string } => ({
  cookie: response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; "),
});

/** The sign-in limit counts by address of the network: each test its own. */
export async function forgetTries(app: TestApp): Promise<void> {
  await app.database.auth.deleteFrom("auth_rate_limit").execute();
}

export const wordsOf = async (response: Response): Promise<string> =>
  (await response.text())
    .replaceAll("&#39;", "'")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");
