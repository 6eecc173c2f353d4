import { sql } from "kysely";
import type { Clock } from "../platform/clock.ts";
import { addressOf } from "../platform/address-of.ts";
import type { Db } from "../platform/database.ts";
import type { Env } from "../platform/env.ts";
import { newId } from "../platform/new-id.ts";
import type { Viewer } from "../platform/viewer.ts";
import { blocksOf, layOutMail } from "./lay-out-mail.ts";
import { mailableAddress } from "./mail-queries.ts";

export type MailPurpose = "invitation" | "agenda" | "summary" | "nudge" | "confirmation" | "test" | "address";

export interface MailToQueue {
  /** Given by a caller whose act may be repeated: the same id is the same mail. */
  id?: string;
  /** A person of the organisation. */
  to: string;
  purpose: MailPurpose;
  subject: string;
  /** Plain words: paragraphs apart by an empty line, lists with "- " before each line. */
  words: string;
  /** The same as a page; made from the words in our layout when it is not given. */
  html?: string;
  /** The one thing to do: a path of ours. Only with words alone. */
  link?: { href: string; words: string };
  meetingId?: string | null;
  /** Where to, if not to the address the person has: a notice of a change goes to the one before too. */
  address?: string;
  /** Why they get it, where it is not about a one-on-one of theirs. */
  why?: string;
}

/** Who queues: a person's context, or a job's organisation. */
export type MailQueuer = ({ viewer: Pick<Viewer, "orgId" | "personId"> } | { orgId: string }) & { clock: Clock; env: Env };

const whyYou = "Sent by Kept, because this one-on-one is yours. Only the two of you can read what you write there.";

/** Both people get the summary of what they said together, a test is asked for, and a new address is told to whoever gave it. Everything else never goes to whoever did it. */
const toOneself = new Set<MailPurpose>(["summary", "test", "address"]);

/** Puts a mail into the caller's transaction: it exists when the change does. Returns its id, or null when it has nobody to go to. */
export async function queueMail(db: Db, by: MailQueuer, mail: MailToQueue): Promise<string | null> {
  const orgId = "viewer" in by ? by.viewer.orgId : by.orgId;
  if ("viewer" in by && by.viewer.personId === mail.to && !toOneself.has(mail.purpose)) return null;
  const address = mail.address ?? (await mailableAddress(db, orgId, mail.to, by.clock.now()));
  if (!address) return null;
  const id = mail.id ?? newId();
  const common = { org_id: orgId, to_id: mail.to, purpose: mail.purpose };
  // No conflict target: whoever queues may not read another's mail, and naming a column would ask for that.
  await db
    .insertInto("mail")
    .values({ ...common, id, address, subject: mail.subject, meeting_id: mail.meetingId ?? null, created_at: by.clock.now() })
    .onConflict((on) => on.doNothing())
    .execute();
  await db
    .insertInto("mail_body")
    .values({ ...common, mail_id: id, ...textOf(by.env, mail) })
    .onConflict((on) => on.doNothing())
    .execute();
  await sql`select enqueue('send_mail', '{}'::json, now(), ${`send_mail ${id}`})`.execute(db);
  return id;
}

function textOf(env: Env, { subject, words, html, link, why }: MailToQueue): { words: string; html: string } {
  if (html !== undefined) return { words, html };
  const action = link && { ...link, href: link.href.startsWith("/") ? `${addressOf(env)}${link.href}` : link.href };
  return layOutMail({ title: subject, blocks: blocksOf(words), ...(action ? { action } : {}), why: why ?? whyYou });
}
