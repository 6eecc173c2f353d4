import { makeReadyMadeKinds } from "../agendas/make-ready-made-kinds.ts";
import { type App, asActor } from "../../platform/context.ts";
import { newId } from "../../platform/new-id.ts";
import type { Db } from "../../platform/database.ts";
import type { Device } from "../../platform/sign-in.ts";
import type { Role } from "../../platform/viewer.ts";
import { insertDefaultStages } from "./insert-default-stages.ts";
import type { SetUpAnswers } from "./organisation-form.ts";
import { setUpLinkState, whileNobodyElseSetsUp } from "./set-up-link.ts";

interface Ids {
  orgId: string;
  personId: string;
}

/**
 * Makes the company of this place, once: the organisation with its kinds and stages, its admin with an
 * account. Returns the session's cookie, or null when the link is not good any more.
 */
export async function setUpOrganisation(app: App, token: string, ids: Ids, answers: SetUpAnswers, device: Device): Promise<string | null> {
  return whileNobodyElseSetsUp(app, async () => {
    if ((await setUpLinkState(app, token)) !== "good") return null;
    const userId = await app.signIn.makeUser(answers, answers.password);
    await asActor(app, "set-up", ids.orgId, (db) => insertCompany(db, app, ids, answers));
    // The application's own role cannot tie a person to an account. A crash right here leaves the link good: nobody can sign in yet.
    await app.signIn.tie(ids.orgId, ids.personId, userId);
    await app.database.auth.deleteFrom("access_link").where("purpose", "=", "set-up").execute();
    return app.signIn.openSession({ orgId: ids.orgId, id: ids.personId, name: answers.name, email: answers.email, userId }, device);
  });
}

async function insertCompany(db: Db, app: App, { orgId, personId }: Ids, answers: SetUpAnswers): Promise<void> {
  const at = app.clock.now();
  await db
    .insertInto("organisation")
    .values({ org_id: orgId, name: answers.company, currency: answers.currency, time_zone: answers.time_zone, created_at: at })
    .execute();
  await makeReadyMadeKinds(db, orgId, at);
  await insertDefaultStages(db, orgId);
  await db
    .insertInto("person")
    .values({
      org_id: orgId,
      id: personId,
      name: answers.name,
      email: answers.email,
      time_zone: answers.time_zone,
      created_at: at,
    })
    .execute();
  const roles: Role[] = answers.manages ? ["admin", "manager"] : ["admin"];
  const from_on = at.toISOString().slice(0, 10);
  await db
    .insertInto("person_role")
    .values(roles.map((role) => ({ org_id: orgId, person_id: personId, role, from_on })))
    .execute();
  await db
    .insertInto("event")
    .values({ org_id: orgId, id: newId(), actor_id: null, actor: "set-up", verb: "set up", noun: "organisation", noun_id: orgId, at })
    .execute();
}
