import { sql } from "kysely";
import { makeReadyMadeKinds } from "../domain/agendas/make-ready-made-kinds.ts";
import { insertDefaultStages } from "../domain/organisations/insert-default-stages.ts";
import { addressOf } from "../platform/address-of.ts";
import { type App, asActor } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";
import { newId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { hashToken, newToken } from "../platform/secret.ts";

/** The company meant: the only one, or the one of that name. */
export async function chooseCompany(app: App, name: string | undefined): Promise<string> {
  const { rows } = await sql<{ org_id: string; name: string; is_sample: boolean }>`
    select org_id, name, is_sample from organisation order by is_sample, name`.execute(app.database.auth);
  const found = rows.filter((row) => (name === undefined ? !row.is_sample : row.name.toLowerCase() === name.toLowerCase()));
  if (found.length === 1 && found[0]) return found[0].org_id;
  if (found.length > 1)
    throw new PlainError("There is more than one company here.", `Say which with --org: ${found.map((row) => row.name).join(", ")}.`);
  if (name !== undefined) throw new PlainError(`There is no company called “${name}” here.`);
  const [sample] = rows;
  if (sample)
    throw new PlainError(
      "There is no company of your own yet, only the sample company.",
      `For the sample, say --org "${sample.name}". Your own is made in the browser (npm start shows the link), or by import with --make-company NAME.`,
    );
  throw new PlainError("There is no company yet.", "Make it in the browser (npm start shows the link), or here with --make-company NAME.");
}

interface Wanted {
  name: string;
  admin: string | undefined;
  currency: string | undefined;
  timeZone: string | undefined;
}

const invitationDays = 14;
/** Before any date in a file, so that the admin is one on every day that can be looked at. */
const longAgo = "2000-01-01";

/** A company from the terminal: what set-up in the browser makes, with an invitation in place of a password. */
export async function makeCompany(app: App, { name, admin, currency = "USD", timeZone = "UTC" }: Wanted): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from organisation where lower(name) = lower(${name})`.execute(app.database.auth);
  if (rows.length > 0) throw new PlainError(`There is a company called “${name}” already.`, "Use --org to import into it.");
  if (!/^[A-Z]{3}$/.test(currency)) throw new PlainError(`${currency} is no currency.`, "Write it like EUR.");
  if (admin !== undefined && !/^[^\s@]+@[^\s@]+$/.test(admin)) throw new PlainError(`${admin} is no mail address.`);
  const orgId = newId();
  const token = newToken();
  await asActor(app, "set-up", orgId, async (db) => {
    const at = app.clock.now();
    await db.insertInto("organisation").values({ org_id: orgId, name, currency, time_zone: timeZone, created_at: at }).execute();
    await makeReadyMadeKinds(db, orgId, at);
    await insertDefaultStages(db, orgId);
    if (admin) await insertAdmin(db, { orgId, email: admin, timeZone, at, token });
  });
  console.log(`The company “${name}” is made.`);
  if (admin)
    console.log(`Its admin ${admin} chooses a password here, within ${invitationDays} days: ${addressOf(app.env)}/invitation/${token}`);
  return orgId;
}

interface NewAdmin {
  orgId: string;
  email: string;
  timeZone: string;
  at: Date;
  token: string;
}

async function insertAdmin(db: Db, { orgId, email, timeZone, at, token }: NewAdmin): Promise<void> {
  const id = newId();
  await db
    .insertInto("person")
    .values({ org_id: orgId, id, name: email.split("@")[0] || email, email, time_zone: timeZone, created_at: at })
    .execute();
  await db.insertInto("person_role").values({ org_id: orgId, person_id: id, role: "admin", from_on: longAgo }).execute();
  await db
    .insertInto("access_link")
    .values({
      id: newId(),
      purpose: "invitation",
      token_hash: hashToken(token),
      org_id: orgId,
      person_id: id,
      created_at: at,
      expires_at: new Date(at.getTime() + invitationDays * 86_400_000),
    })
    .execute();
}
