import { sql } from "kysely";
import type { Db } from "../platform/database.ts";
import { isId } from "../platform/new-id.ts";
import { mostTries, staleAfterDays } from "./mail-queries.ts";
import type { MailPurpose } from "./queue-mail.ts";

export interface OutboxRow {
  id: string;
  toName: string;
  address: string | null;
  purpose: MailPurpose;
  subject: string;
  createdAt: Date;
  sentAt: Date | null;
  attempts: number;
  problem: string | null;
  nextTryAt: Date | null;
  state: "sent" | "used" | "waiting" | "given up" | "too old";
}

/** Newest first. Subjects are headers; only an invitation's body can be opened. */
export async function outboxPage(db: Db, orgId: string, page: { before: Date | null; limit: number; now: Date }): Promise<OutboxRow[]> {
  let query = db
    .selectFrom("mail as m")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.to_id"))
    .select(["m.id", "p.name as toName", "m.address", "m.purpose", "m.subject", "m.created_at as createdAt", "m.sent_at as sentAt"])
    .leftJoin("access_link as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.id"))
    .select(["m.attempts", "m.problem", "m.next_try_at as nextTryAt", "k.used_at"])
    .where("m.org_id", "=", orgId);
  if (page.before) query = query.where("m.created_at", "<", page.before);
  const rows = await query.orderBy("m.created_at", "desc").orderBy("m.id", "desc").limit(page.limit).execute();
  return rows.map(({ used_at, ...row }) => {
    const days = row.purpose === "invitation" ? staleAfterDays.invitation : staleAfterDays.others;
    const isStale = row.createdAt.getTime() <= page.now.getTime() - days * 86_400_000;
    const state = row.sentAt ? "sent" : used_at ? "used" : row.attempts >= mostTries ? "given up" : isStale ? "too old" : "waiting";
    return { ...row, state };
  });
}

export interface MailOfOutbox {
  id: string;
  toName: string;
  address: string | null;
  subject: string;
  words: string;
  link: string | null;
  /** What became of the link. */
  linkState: "works" | "used" | "ended";
  expiresAt: Date | null;
}

/** One invitation with its words. The database gives an admin no other mail's words. */
export async function mailOfOutbox(db: Db, orgId: string, id: string | undefined): Promise<MailOfOutbox | undefined> {
  if (!isId(id)) return undefined;
  const row = await db
    .selectFrom("mail as m")
    .innerJoin("mail_body as b", (on) => on.onRef("b.org_id", "=", "m.org_id").onRef("b.mail_id", "=", "m.id"))
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.to_id"))
    .leftJoin("access_link as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.id"))
    .select(["m.id", "p.name as toName", "m.address", "m.subject", "b.words", "k.expires_at as expiresAt", "k.used_at"])
    .select(sql<boolean>`k.id is not null and k.expires_at > viewer_now()`.as("is_running"))
    .where("m.org_id", "=", orgId)
    .where("m.id", "=", id)
    .where("m.purpose", "=", "invitation")
    .executeTakeFirst();
  if (!row) return undefined;
  const { used_at, is_running, ...mail } = row;
  const link = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(mail.words)?.[0] ?? null;
  return { ...mail, link, linkState: used_at ? "used" : is_running ? "works" : "ended" };
}
