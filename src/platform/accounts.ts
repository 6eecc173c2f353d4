import type { AuthWhenNeeded } from "./auth.ts";
import type { Database } from "./database.ts";

export interface AccountView {
  userId: string;
  /** The address this account signs in with. */
  email: string;
  hasPassword: boolean;
  /** The people it belongs to, in every organisation. */
  people: { orgId: string; id: string }[];
}

/** Accounts and which people they belong to. An address typed by somebody's admin never gives access to an account that exists. */
export function makeAccounts(database: Database, auth: AuthWhenNeeded) {
  async function setPassword(userId: string, password: string): Promise<void> {
    const context = await (await auth()).$context;
    const hash = await context.password.hash(password);
    const known = (await context.internalAdapter.findAccounts(userId)).some(({ providerId }) => providerId === "credential");
    if (known) await context.internalAdapter.updatePassword(userId, hash);
    else await context.internalAdapter.linkAccount({ userId, accountId: userId, providerId: "credential", password: hash });
  }

  async function findOrMake(name: string, address: string): Promise<string> {
    const { internalAdapter } = await (await auth()).$context;
    const email = address.toLowerCase();
    const find = async () => (await internalAdapter.findUserByEmail(email))?.user.id;
    const found = await find();
    if (found) return found;
    try {
      return (await internalAdapter.createUser({ email, name, emailVerified: true }, { method: "invitation" })).id;
    } catch (error) {
      // The same click twice: the other one made it.
      const made = await find();
      if (made) return made;
      throw error;
    }
  }

  /** An account with this address and password, tied to nobody yet. */
  async function makeUser(person: { name: string; email: string }, password: string): Promise<string> {
    const userId = await findOrMake(person.name, person.email);
    await setPassword(userId, password);
    return userId;
  }

  /** Makes an account and ties it to a person. The caller has made sure that the address's account, if any, is this person's. */
  async function makeAccount(person: { orgId: string; id: string; name: string; email: string }, password: string): Promise<string> {
    const userId = await makeUser(person, password);
    await tie(person.orgId, person.id, userId);
    return userId;
  }

  /** An account without password for somebody of the sample company: an address of its own, so that it can never be another's. */
  async function makeNameless(person: { orgId: string; id: string; name: string }): Promise<string> {
    const userId = await findOrMake(person.name, `${person.id}@sample.invalid`);
    await tie(person.orgId, person.id, userId);
    return userId;
  }

  async function tie(orgId: string, personId: string, userId: string): Promise<void> {
    await database.auth.updateTable("person").set({ user_id: userId }).where("org_id", "=", orgId).where("id", "=", personId).execute();
  }

  async function accountOf(by: { userId: string } | { email: string }): Promise<AccountView | null> {
    let query = database.auth.selectFrom("auth_user").select(["id", "email"]);
    query = "userId" in by ? query.where("id", "=", by.userId) : query.where("email", "=", by.email.toLowerCase());
    const user = await query.executeTakeFirst();
    if (!user) return null;
    const people = await database.auth.selectFrom("person").select(["org_id as orgId", "id"]).where("user_id", "=", user.id).execute();
    const password = await database.auth
      .selectFrom("auth_account")
      .select("id")
      .where("userId", "=", user.id)
      .where("providerId", "=", "credential")
      .executeTakeFirst();
    return { userId: user.id, email: user.email, hasPassword: password !== undefined, people };
  }

  /** Every organisation this account can act in today. */
  const placesOf = (userId: string, today: string) =>
    database.auth
      .selectFrom("person as p")
      .innerJoin("organisation as o", "o.org_id", "p.org_id")
      .select(["p.org_id as orgId", "p.id", "p.name", "o.name as orgName"])
      .where("p.user_id", "=", userId)
      .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]))
      .orderBy("o.is_sample")
      .orderBy("p.created_at")
      .execute();

  /** Signs in with another address from now on. False when that address is another account's. */
  async function moveAccount(userId: string, address: string): Promise<boolean> {
    const email = address.toLowerCase();
    const taken = await database.auth.selectFrom("auth_user").select("id").where("email", "=", email).executeTakeFirst();
    if (taken) return taken.id === userId;
    await database.auth.updateTable("auth_user").set({ email }).where("id", "=", userId).execute();
    return true;
  }

  return { makeUser, makeAccount, makeNameless, setPassword, tie, accountOf, placesOf, moveAccount };
}
