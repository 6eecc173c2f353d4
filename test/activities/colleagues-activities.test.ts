import { expect, test } from "vitest";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { clientOf } from "../api/api-client.ts";
import { type Company, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { wordsOf } from "../people/sign-in-as.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T12:00:00Z");

const addActivity = (company: Company, person: Ctx, opportunityId: string | null, subject: string) =>
  asActor(app, "import", company.orgId, (db) =>
    db
      .insertInto("activity")
      .values({
        org_id: company.orgId,
        id: newId(),
        source: "csv",
        external_id: newId(),
        type: "call",
        person_id: person.viewer.personId,
        at: new Date("2026-11-10T09:00:00Z"),
        opportunity_id: opportunityId,
        subject,
      })
      .execute(),
  );

/** A deal of the rep on which a colleague of another team has worked before, who has work of their own too. */
async function makeHandedOn() {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { name: "Olga Other", roles: ["manager"] });
  const colleague = await makePerson(app, company, { name: "Cleo Colleague", manager: other });
  const deal = await makeOpportunity(app, company, rep, { name: "Refit", close_on: "2026-12-20" });
  await addActivity(company, colleague, deal, "Asked for the plan");
  await addActivity(company, colleague, null, "Own work");
  return { company, manager, rep, other, colleague, deal };
}

test("the owner of a deal and those above see what a colleague did for it, on its page and in the API", async () => {
  const { manager, rep, deal } = await makeHandedOn();
  for (const as of [rep, manager]) {
    expect(await wordsOf(await app.request(`/opportunities/${deal}`, { as }))).toMatch(/Call by .*: Asked for the plan/);
    const call = await clientOf(app, as);
    const { body } = await call<{ data: { subject: string }[] }>(`/activities?opportunityId=${deal}`);
    expect(body.data.map(({ subject }) => subject)).toEqual(["Asked for the plan"]);
    const { data } = (await call<{ data: { kind: string }[] }>(`/opportunities/${deal}/time-line?limit=200`)).body;
    expect(data.filter(({ kind }) => kind === "activity")).toHaveLength(1);
  }
});

test("of the colleague's other work they see nothing, and the colleague sees nothing new of the deal", async () => {
  const { rep, manager, other, colleague, deal } = await makeHandedOn();
  for (const as of [rep, manager]) {
    const subjects = await as.tx((db) => db.selectFrom("activity").select("subject").execute());
    expect(subjects).toEqual([{ subject: "Asked for the plan" }]);
    expect((await (await clientOf(app, as))<{ data: object[] }>("/activities")).body.data).toEqual([]);
  }
  for (const as of [other, colleague]) {
    expect(await as.tx((db) => db.selectFrom("activity").select("subject").execute())).toHaveLength(2);
    expect((await app.request(`/opportunities/${deal}`, { as })).status).toBe(404);
  }
});

const seen = (as: Ctx) => as.tx((db) => db.selectFrom("activity").select("subject").execute());

test("when the deal goes on to somebody else, what was done for it goes along", async () => {
  const { company, rep, deal } = await makeHandedOn();
  const next = await makePerson(app, company, { name: "Nia Next" });
  expect(await seen(next)).toEqual([]);
  await asActor(app, "import", company.orgId, (db) =>
    db.updateTable("opportunity").set({ owner_id: next.viewer.personId }).where("id", "=", deal).execute(),
  );
  expect(await seen(next)).toEqual([{ subject: "Asked for the plan" }]);
  expect(await seen(rep)).toEqual([]);
});
