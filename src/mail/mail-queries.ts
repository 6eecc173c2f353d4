import { sql } from "kysely";
import type { App } from "../platform/context.ts";
import { asActor } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";

export const mostTries = 5;
const minutes = 60_000;
/** How long to wait after each try that failed; also how long a process may take for one. */
const waits = [2 * minutes, 10 * minutes, 60 * minutes, 360 * minutes, 360 * minutes];
/** What nobody wants to read any more is not sent: it waited because no mail server was set. */
export const staleAfterDays = { invitation: 13, others: 3 };

export interface ClaimedMail {
  orgId: string;
  id: string;
  toId: string;
  toName: string;
  address: string;
  subject: string;
  attempts: number;
  nextTryAt: Date;
}

/** The address of somebody who may be written to: still here, and with one. */
export async function mailableAddress(db: Db, orgId: string, personId: string, now: Date): Promise<string | null> {
  const row = await db
    .selectFrom("person")
    .select(["email", "left_on"])
    .where("org_id", "=", orgId)
    .where("id", "=", personId)
    .executeTakeFirst();
  const today = now.toISOString().slice(0, 10);
  return row && (row.left_on === null || row.left_on > today) ? row.email : null;
}

/** Every organisation whose mail is sent. The people of a sample company are made up: they get none. */
export async function organisationsWithMail(app: App): Promise<string[]> {
  const { rows } = await sql<{ org_id: string }>`select o as org_id from organisations() o`.execute(app.database.app);
  const real: string[] = [];
  for (const { org_id } of rows) {
    const isSample = await asActor(app, "job", org_id, async (db) => {
      const row = await db.selectFrom("organisation").select("is_sample").where("org_id", "=", org_id).executeTakeFirst();
      return row?.is_sample ?? true;
    });
    if (!isSample) real.push(org_id);
  }
  return real;
}

/** Takes the next mail that is due, for this process alone: whoever asks meanwhile gets another one. */
export function claimMail(app: App, orgId: string): Promise<ClaimedMail | undefined> {
  const now = app.clock.now();
  return asActor(app, "job", orgId, async (db) => {
    const next = await db
      .selectFrom("mail as m")
      .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.to_id"))
      .select(["m.id", "m.to_id as toId", "p.name as toName", "m.subject", "m.attempts"])
      // A mail follows its person, but a notice of a changed address goes where it says.
      .select(sql<string>`case when m.purpose = 'address' then m.address else coalesce(p.email, m.address) end`.as("address"))
      .where("m.org_id", "=", orgId)
      .where("m.sent_at", "is", null)
      .where("m.attempts", "<", mostTries)
      .where((eb) => eb.or([eb("m.next_try_at", "is", null), eb("m.next_try_at", "<=", now)]))
      .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", now.toISOString().slice(0, 10))]))
      .where(isFresh(now))
      .orderBy("m.created_at")
      .limit(1)
      .forUpdate("m")
      .skipLocked()
      .executeTakeFirst();
    if (!next) return undefined;
    const attempts = next.attempts + 1;
    const nextTryAt = new Date(now.getTime() + (waits[attempts - 1] ?? 0));
    await db.updateTable("mail").set({ attempts, next_try_at: nextTryAt }).where("org_id", "=", orgId).where("id", "=", next.id).execute();
    return { ...next, orgId, attempts, nextTryAt };
  });
}

const isFresh = (now: Date) =>
  sql<boolean>`m.created_at > ${now}::timestamptz - case when m.purpose = 'invitation' then ${`${staleAfterDays.invitation} days`}::interval else ${`${staleAfterDays.others} days`}::interval end`;

/** What a mail says, read as the person it is for: nobody else may. */
export function bodyFor(app: App, mail: { orgId: string; id: string; toId: string }): Promise<{ words: string; html: string } | undefined> {
  return app.database.as({ orgId: mail.orgId, personId: mail.toId, actor: "person", now: app.clock.now() }, (db) =>
    db.selectFrom("mail_body").select(["words", "html"]).where("org_id", "=", mail.orgId).where("mail_id", "=", mail.id).executeTakeFirst(),
  );
}

export function markSent(app: App, mail: ClaimedMail): Promise<void> {
  return asActor(app, "job", mail.orgId, async (db) => {
    await db
      .updateTable("mail")
      .set({ sent_at: app.clock.now(), problem: null, address: mail.address })
      .where("org_id", "=", mail.orgId)
      .where("id", "=", mail.id)
      .execute();
  });
}

/** Writes down what went wrong and asks for the next try. A refusal for good is not tried again. */
export function markFailed(app: App, mail: ClaimedMail, problem: string, forGood: boolean): Promise<void> {
  return asActor(app, "job", mail.orgId, async (db) => {
    await db
      .updateTable("mail")
      .set({ problem: problem.slice(0, 300), ...(forGood ? { attempts: mostTries } : {}) })
      .where("org_id", "=", mail.orgId)
      .where("id", "=", mail.id)
      .execute();
    if (!forGood && mail.attempts < mostTries)
      await sql`select enqueue('send_mail', '{}'::json, ${mail.nextTryAt}::timestamptz, ${`send_mail ${mail.id}`})`.execute(db);
  });
}
