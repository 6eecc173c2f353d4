import { sql } from "kysely";
import { makeReadyMadeKinds } from "../../src/domain/agendas/make-ready-made-kinds.ts";
import { type App, asActor, type Ctx, ctxFor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { readViewer } from "../../src/platform/sign-in.ts";
import type { Role } from "../../src/platform/viewer.ts";

export interface Company {
  orgId: string;
  /** Kind ids by slug. */
  kinds: Map<string, string>;
}

/** An organisation with its ready-made kinds and three stages, and nobody in it. */
export async function makeCompany(app: App, values: { name?: string; currency?: string; time_zone?: string } = {}): Promise<Company> {
  const orgId = newId();
  const kinds = await asActor(app, "set-up", orgId, async (db) => {
    await db
      .insertInto("organisation")
      .values({ org_id: orgId, name: "Acme", created_at: app.clock.now(), ...values })
      .execute();
    const stages = [
      ["Prospecting", "open"],
      ["Engaging", "open"],
      ["Won", "won"],
      ["Lost", "lost"],
    ] as const;
    await db
      .insertInto("stage")
      .values(stages.map(([name, outcome], position) => ({ org_id: orgId, id: newId(), name, position, outcome })))
      .execute();
    return makeReadyMadeKinds(db, orgId, app.clock.now());
  });
  return { orgId, kinds };
}

interface PersonValues {
  name?: string;
  email?: string;
  roles?: Role[];
  manager?: Ctx;
  time_zone?: string;
  from?: string;
  experience?: "new" | "developing" | "experienced";
}

let people = 0;

/** A person of that company, as the context of a request of theirs. A manager given is theirs from `from` on. */
export async function makePerson(app: App, company: Company, values: PersonValues = {}): Promise<Ctx> {
  const id = newId();
  const n = ++people;
  const from = values.from ?? "2020-01-01";
  await asActor(app, "set-up", company.orgId, async (db) => {
    await db
      .insertInto("person")
      .values({
        org_id: company.orgId,
        id,
        name: values.name ?? `Person ${n}`,
        email: values.email ?? `person${n}-${id.slice(-6)}@example.com`,
        time_zone: values.time_zone ?? "UTC",
        experience: values.experience ?? "experienced",
        started_on: from,
        created_at: app.clock.now(),
      })
      .execute();
    await db
      .insertInto("person_role")
      .values((values.roles ?? ["rep"]).map((role) => ({ org_id: company.orgId, person_id: id, role, from_on: from })))
      .execute();
    if (values.manager)
      await db
        .insertInto("reporting_line")
        .values({ org_id: company.orgId, person_id: id, manager_id: values.manager.viewer.personId, from_on: from })
        .execute();
  });
  const viewer = await readViewer(app.database, {
    personId: id,
    orgId: company.orgId,
    sessionId: null,
    today: app.clock.now().toISOString().slice(0, 10),
  });
  if (!viewer) throw new Error("the person just made cannot be read");
  return ctxFor(app, viewer);
}

/** A manager and one rep of theirs in a company of their own: what most tests need. */
export async function makePair(app: App): Promise<{ company: Company; manager: Ctx; rep: Ctx }> {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"] });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  return { company, manager, rep };
}

interface MeetingValues {
  kind?: string;
  planned_start?: string;
  minutes?: number;
}

/** A planned meeting of the pair, outside any series. */
export async function makeMeeting(app: App, company: Company, manager: Ctx, rep: Ctx, values: MeetingValues = {}): Promise<string> {
  const id = newId();
  const start = new Date(values.planned_start ?? app.clock.now());
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("meeting")
      .values({
        org_id: company.orgId,
        id,
        kind_id: company.kinds.get(values.kind ?? "deal-strategy") ?? "",
        manager_id: manager.viewer.personId,
        rep_id: rep.viewer.personId,
        occurrence_on: start.toISOString().slice(0, 10),
        planned_start: start,
        minutes: values.minutes ?? 45,
        time_zone: "UTC",
        place: "Room 4",
        created_at: app.clock.now(),
      })
      .execute(),
  );
  return id;
}

interface OpportunityValues {
  name?: string;
  stage?: string;
  outcome?: "open" | "won" | "lost";
  amount_minor?: number | null;
  close_on?: string | null;
  created_at?: string;
  currency?: string;
}

/** An opportunity of that owner with the change that made it. */
export async function makeOpportunity(app: App, company: Company, owner: Ctx, values: OpportunityValues = {}): Promise<string> {
  const id = newId();
  const at = new Date(values.created_at ?? app.clock.now());
  await asActor(app, "import", company.orgId, async (db) => {
    const stage = await db
      .selectFrom("stage")
      .select(["id", "outcome"])
      .where(sql`lower(name)`, "=", (values.stage ?? "Engaging").toLowerCase())
      .executeTakeFirstOrThrow();
    const row = {
      org_id: company.orgId,
      id,
      source: "test",
      external_id: id,
      name: values.name ?? "A deal",
      owner_id: owner.viewer.personId,
      stage_id: stage.id,
      outcome: stage.outcome,
      amount_minor: values.amount_minor ?? 100_000,
      currency: values.currency ?? "USD",
      close_on: values.close_on ?? null,
      created_at: at,
      last_change_at: at,
    };
    await db.insertInto("opportunity").values(row).execute();
    const first = {
      created: at.toISOString(),
      name: row.name,
      owner: row.owner_id,
      stage: row.stage_id,
      amount: row.amount_minor === null ? null : String(row.amount_minor),
      close_on: row.close_on,
    };
    await db
      .insertInto("opportunity_change")
      .values(
        Object.entries(first).map(([field, after]) => ({
          org_id: company.orgId,
          opportunity_id: id,
          at,
          field: field as "stage",
          before: null,
          after,
          source: "test",
        })),
      )
      .execute();
  });
  return id;
}

/** A next step the pair wrote down in a one-on-one, today. */
export async function makeNextStep(app: App, company: Company, meetingId: string, by: Ctx, words = "Two visits a week"): Promise<void> {
  await app.database.ownerPool.query(
    "insert into next_step (org_id, id, meeting_id, months_missed, words, by_id, at) values ($1, $2, $3, 2, $4, $5, $6)",
    [company.orgId, newId(), meetingId, words, by.viewer.personId, app.clock.now()],
  );
}
