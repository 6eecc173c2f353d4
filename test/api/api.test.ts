import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkImport, runImport } from "../../src/imports/run-import.ts";
import { makeToken } from "../../src/domain/tokens/make-token.ts";
import { revokeToken } from "../../src/domain/tokens/revoke-token.ts";
import { perMinute } from "../../src/api/api.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp({ KEPT_DATA: mkdtempSync(join(tmpdir(), "kept-test-api-")) });
const { company, manager, rep } = await makePair(app);
const leader = await makePerson(app, company, { roles: ["leader"] });
await app.database.ownerPool.query("insert into reporting_line values ($1, $2, $3, '2020-01-01')", [
  company.orgId,
  manager.viewer.personId,
  leader.viewer.personId,
]);
const admin = await makePerson(app, company, { roles: ["admin"] });
const asRep = await clientOf(app, rep);
const asManager = await clientOf(app, manager);
const asLeader = await clientOf(app, leader);
const asAdmin = await clientOf(app, admin);

interface Page {
  data: { id: string; [key: string]: unknown }[];
  next: string | null;
}

async function openMeeting(): Promise<string> {
  const id = await makeMeeting(app, company, manager, rep);
  await app.database.ownerPool.query(
    "update meeting set state = 'open', opened_at = $1, agenda_id = (select a.id from agenda a where a.kind_id = meeting.kind_id) where id = $2",
    [app.clock.now(), id],
  );
  return id;
}

describe("a token", () => {
  test("opens what its person may see, and only its hash is kept", async () => {
    const { body } = await asRep<{ id: string; email: string }>("/people/me");
    expect(body.id).toBe(rep.viewer.personId);
    const token = await makeToken(rep, { id: newId(), name: "mine" });
    expect(token).toMatch(/^kept_[\w-]{30,}$/);
    const { rows } = await app.database.ownerPool.query("select count(*)::int as n from api_token where token_hash like '%' || $1 || '%'", [
      token?.slice(5),
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("is refused when it is missing, wrong, revoked, or its person has left", async () => {
    const id = newId();
    const token = (await makeToken(rep, { id, name: "gone" })) ?? "";
    expect((await asRep("/people/me", { token })).status).toBe(200);
    await revokeToken(rep, id);
    for (const wrong of [token, "kept_000000000000000000000000000000", "", "x".repeat(5000)]) {
      const answer = await asRep("/people/me", { token: wrong });
      expect(answer.status).toBe(401);
      expect(answer.type).toBe("application/problem+json");
      expect(answer.body).toMatchObject({ status: 401, title: expect.any(String), detail: expect.stringContaining("Bearer") });
    }
    const leaver = await makePerson(app, company, { manager });
    const asLeaver = await clientOf(app, leaver);
    expect((await asLeaver("/people/me")).status).toBe(200);
    await app.database.ownerPool.query("update person set left_on = '2026-02-01' where id = $1", [leaver.viewer.personId]);
    expect((await asLeaver("/people/me")).status).toBe(401);
  });

  test("a session's cookie opens no part of the API", async () => {
    expect((await app.request("/api/v1/people/me", { as: rep })).status).toBe(401);
  });

  test("may ask so many times a minute and is then told to wait", async () => {
    const eager = await clientOf(app, await makePerson(app, company, { manager }));
    let last = await eager("/series?limit=1");
    expect(last.headers.get("ratelimit-remaining")).toBe(String(perMinute - 1));
    for (let n = 1; n <= perMinute; n++) last = await eager("/series?limit=1");
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await asRep("/people/me")).status).toBe(200);
  });

  test("is made, shown once, and revoked on its page", async () => {
    const id = newId();
    const shown = await app.request("/account/tokens", { as: rep, form: { id, name: "Spreadsheet" } });
    const token = /kept_[\w-]{30,}/.exec(await shown.text())?.[0] ?? "";
    expect((await asRep("/people/me", { token })).status).toBe(200);
    expect(await (await app.request("/account/tokens", { as: rep })).text()).not.toContain(token);
    expect((await app.request("/account/tokens", { as: rep, form: { id, name: "Spreadsheet" } })).status).toBe(303);
    expect((await app.request(`/account/tokens/${id}/revoke`, { as: manager, form: {} })).status).toBe(404);
    expect((await app.request(`/account/tokens/${id}/revoke`, { as: rep, form: {} })).status).toBe(303);
    expect((await asRep("/people/me", { token })).status).toBe(401);
    const empty = await app.request("/account/tokens", { as: rep, form: { id: newId(), name: " " } });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain("Give it a name");
  });
});

describe("people", () => {
  test("each sees those they may know; what is private about them is null for others", async () => {
    const ids = async (call: typeof asRep) => (await call<Page>("/people?limit=200")).body.data.map(({ id }) => id);
    expect(await ids(asRep)).toContain(manager.viewer.personId);
    const seen = (await asRep<Page>("/people?limit=200")).body.data.find(({ id }) => id === manager.viewer.personId);
    expect(seen).toMatchObject({ name: "Mara Manager", email: null, startedOn: null });
    expect((await asManager<Page>(`/people/${rep.viewer.personId}`)).body).toMatchObject({
      email: expect.stringContaining("@"),
      managerId: manager.viewer.personId,
    });
    const stranger = await makePerson(app, await makeCompany(app), {});
    expect((await asAdmin(`/people/${stranger.viewer.personId}`)).status).toBe(404);
  });

  test("come page by page, each once", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = (await asAdmin<Page>(`/people?limit=2${cursor ? `&cursor=${cursor}` : ""}`)).body;
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual((await asAdmin<Page>("/people?limit=200")).body.data.map(({ id }) => id).toSorted());
  });
});

describe("one-on-ones and what was promised in them", () => {
  test("a leader counts a meeting and cannot read its record; the pair can", async () => {
    const id = await openMeeting();
    for (const call of [asRep, asManager, asLeader, asAdmin])
      expect((await call(`/meetings/${id}`)).body).toMatchObject({ id, state: "open" });
    expect((await asManager(`/meetings/${id}/record`)).body).toMatchObject({
      commitments: [],
      agenda: expect.arrayContaining([expect.objectContaining({ title: "Connect" })]),
    });
    for (const call of [asLeader, asAdmin]) expect((await call(`/meetings/${id}/record`)).status).toBe(404);
  });

  test("meetings come in the order of time, by person, state and range", async () => {
    const early = await makeMeeting(app, company, manager, rep, { planned_start: "2026-04-01T10:00Z" });
    const late = await makeMeeting(app, company, manager, rep, { planned_start: "2026-04-08T10:00Z" });
    const { body } = await asRep<Page>("/meetings?state=planned&from=2026-04-01T00:00:00Z&to=2026-05-01T00:00:00Z&limit=1");
    expect(body.data.map(({ id }) => id)).toEqual([early]);
    const second = await asRep<Page>(
      `/meetings?state=planned&from=2026-04-01T00:00:00Z&to=2026-05-01T00:00:00Z&limit=1&cursor=${body.next}`,
    );
    expect(second.body).toMatchObject({ data: [{ id: late }], next: null });
    expect((await asRep<Page>(`/meetings?personId=${leader.viewer.personId}`)).body.data).toEqual([]);
  });

  test("a commitment is made in an open meeting, once, and settled", async () => {
    const meetingId = await openMeeting();
    const wanted = { id: newId(), meetingId, owner: "rep", words: "Call the customer", dueOn: "2026-03-09" };
    const made = await asRep<{ id: string }>("/commitments", { json: wanted });
    expect(made).toMatchObject({
      status: 201,
      body: { id: wanted.id, words: "Call the customer", repConfirmedAt: expect.any(String), managerConfirmedAt: null },
    });
    expect((await asRep("/commitments", { json: wanted })).status).toBe(201);
    const listed = await asManager<Page>(`/commitments?state=open&ownerId=${rep.viewer.personId}&limit=200`);
    expect(listed.body.data.filter(({ id }) => id === wanted.id)).toHaveLength(1);
    expect((await asLeader<Page>("/commitments")).body.data).toEqual([]);
    const settled = await asRep(`/commitments/${wanted.id}/outcome`, { json: { outcome: "kept", words: "She agreed" } });
    expect(settled).toMatchObject({ status: 200, body: { outcome: "kept", outcomeWords: "She agreed" } });
    expect((await asLeader(`/commitments/${wanted.id}/outcome`, { json: { outcome: "missed" } })).status).toBe(404);
  });

  test("nothing is promised in a meeting that is not open", async () => {
    const meetingId = await makeMeeting(app, company, manager, rep);
    const answer = await asRep("/commitments", { json: { meetingId, owner: "rep", words: "x", dueOn: "2026-03-09" } });
    expect(answer).toMatchObject({ status: 409, type: "application/problem+json" });
  });
});

describe("opportunities", () => {
  test("are the owner's, the manager's, the leader's above, and as they were on any day", async () => {
    const id = await makeOpportunity(app, company, rep, { name: "Acme 20 seats", created_at: "2026-01-10T10:00:00Z" });
    for (const call of [asRep, asManager, asLeader])
      expect((await call(`/opportunities/${id}`)).body).toMatchObject({ id, name: "Acme 20 seats", amountMinor: 100_000 });
    expect((await asAdmin(`/opportunities/${id}`)).status).toBe(404);
    expect((await asRep<Page>("/opportunities?asOf=2026-01-09")).body.data.map((row) => row.id)).not.toContain(id);
    expect((await asRep<Page>("/opportunities?asOf=2026-01-10")).body.data.map((row) => row.id)).toContain(id);
    expect((await asRep(`/opportunities/${id}?asOf=2026-01-09`)).status).toBe(404);
    const later = await makeOpportunity(app, company, rep, { name: "Not made yet", created_at: "2027-01-10T10:00:00Z" });
    expect((await asRep<Page>("/opportunities?asOf=2027-02-01")).body.data.map((row) => row.id)).not.toContain(later);
    expect((await asRep<Page>(`/opportunities?ownerId=${manager.viewer.personId}`)).body.data).toEqual([]);
  });
});

describe("imports", () => {
  test("an admin sends a file, sees what it would do, and has it taken in", async () => {
    const sent = await asAdmin<{ id: string; state: string }>("/imports?fileName=people.csv&what=people", {
      text: "Name,Email\nAda,ada@example.com\nGrace,grace@example.com\n",
    });
    expect(sent).toMatchObject({ status: 202, body: { state: "uploaded", what: "people" } });
    const { id } = sent.body;
    expect((await asAdmin(`/imports/${id}/apply`, { method: "POST" })).status).toBe(409);
    await checkImport(app, company.orgId, id);
    expect((await asAdmin(`/imports/${id}`)).body).toMatchObject({ state: "checked", rows: { total: 2, new: 2 } });
    expect((await asAdmin(`/imports/${id}/apply`, { method: "POST" })).status).toBe(202);
    await runImport(app, company.orgId, id);
    expect((await asAdmin(`/imports/${id}`)).body).toMatchObject({ state: "applied" });
    expect((await asAdmin(`/imports/${id}/rows`)).body).toEqual({ data: [] });
  });

  test("an import is taken back, unless something builds on it", async () => {
    const send = async (text: string) => {
      const { id } = (await asAdmin<{ id: string }>("/imports?fileName=a.csv&what=accounts", { text })).body;
      expect((await asAdmin(`/imports/${id}/undo`, { method: "POST" })).status).toBe(409);
      await checkImport(app, company.orgId, id, { thenApply: true });
      return id;
    };
    const first = await send("account,sector\nUndone,paper\n");
    const second = await send("account,sector\nUndone,glass\n");
    const refused = await asAdmin<{ detail: string }>(`/imports/${first}/undo`, { method: "POST" });
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining("builds on it")]);
    for (const id of [second, first, first])
      expect((await asAdmin(`/imports/${id}/undo`, { method: "POST" })).body).toMatchObject({ id, state: "undone" });
    expect((await asRep(`/imports/${first}/undo`, { method: "POST" })).status).toBe(403);
  });

  test("nobody else may", async () => {
    for (const call of [asRep, asManager, asLeader]) {
      expect((await call("/imports?fileName=a.csv", { text: "Name\nEve\n" })).status).toBe(403);
      expect((await call("/imports")).status).toBe(403);
    }
  });
});
