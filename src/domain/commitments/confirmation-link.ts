import type { App } from "../../platform/context.ts";
import { hashToken } from "../../platform/secret.ts";

/** Whose promises of which meeting a mailed link confirms; undefined when it is none or too old. */
export async function followConfirmationLink(
  app: App,
  token: string,
): Promise<{ orgId: string; personId: string; meetingId: string } | undefined> {
  const link = await app.database.auth
    .selectFrom("access_link")
    .select(["org_id", "person_id", "meeting_id"])
    .where("purpose", "=", "confirmation")
    .where("token_hash", "=", hashToken(token))
    .where("expires_at", ">", app.clock.now())
    .executeTakeFirst();
  if (!link?.org_id || !link.person_id || !link.meeting_id) return undefined;
  return { orgId: link.org_id, personId: link.person_id, meetingId: link.meeting_id };
}
