import { describe, expect, test } from "vitest";
import { rememberMatches } from "../../src/domain/imports/import-matches.ts";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { rowsOf } from "../imports/bring-in.ts";
import { makeTestApp } from "../support/test-app.ts";
import { type Answer, type Call, clientOf } from "./api-client.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T12:00:00Z");

interface Push {
  importId: string;
  counts: { rows: number; created: number; changed: number; unchanged: number; refused: number };
  rows: { row: number; outcome: string; reason?: string }[];
  detail?: string;
}

async function companyWithAdmin() {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const rep = await makePerson(app, company, { name: "Noor Haddad", email: "noor@example.com" });
  return { company, admin, rep, call: await clientOf(app, admin) };
}

const send = (call: Call, what: string, rows: unknown, key: string = newId()): Promise<Answer<Push>> =>
  call(`/${what}`, { json: { rows }, headers: { "idempotency-key": key } });

const activity = (n: number, more: object = {}) => ({
  externalId: `T-${n}`,
  type: "Anruf",
  person: "noor@example.com",
  at: "2026-11-17T10:30:00+01:00",
  subject: `Talk ${n}`,
  ...more,
});
const deal = (n: number, more: object = {}) => ({
  externalId: `A-${n}`,
  name: `Deal ${n}`,
  owner: "noor@example.com",
  account: "Halden Mills",
  stage: "Engaging",
  closeOn: "2026-12-15",
  amountMinor: 100_000,
  ...more,
});

const counts = (created: number, changed: number, unchanged: number, refused: number) => ({
  rows: created + changed + unchanged + refused,
  created,
  changed,
  unchanged,
  refused,
});

describe("activities", () => {
  test("are made, found the same again, and changed, each row with what became of it", async () => {
    const { company, rep, call } = await companyWithAdmin();
    const deal = await makeOpportunity(app, company, rep, { name: "Refit" });
    const first = await send(call, "activities", [
      activity(1, { opportunity: "refit" }),
      activity(2, { person: "Nobody" }),
      activity(3, { at: "2026-11-18" }),
    ]);
    expect([first.status, first.body.counts]).toEqual([200, counts(2, 0, 0, 1)]);
    expect(first.body.rows).toEqual([
      { row: 0, outcome: "created" },
      { row: 1, outcome: "refused", reason: "nobody here is called “Nobody”" },
      { row: 2, outcome: "created" },
    ]);
    const rows = (await rowsOf(app, company, "activity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
    expect(rows.map((row) => [row.type, row.at.toISOString(), row.opportunity_id, row.import_run_id])).toEqual([
      ["call", "2026-11-17T09:30:00.000Z", deal, first.body.importId],
      ["call", "2026-11-18T12:00:00.000Z", null, first.body.importId],
    ]);
    const again = await send(call, "activities", [
      activity(1, { opportunity: "Refit" }),
      activity(3, { at: "2026-11-18", subject: "Other" }),
    ]);
    expect(again.body.rows.map(({ outcome }) => outcome)).toEqual(["unchanged", "changed"]);
  });

  test("what a row leaves out stays, and null takes it away", async () => {
    const { company, rep, call } = await companyWithAdmin();
    const deal = await makeOpportunity(app, company, rep, { name: "Refit" });
    await send(
      call,
      "activities",
      [1, 2].map((n) => activity(n, { opportunity: deal, isDone: false })),
    );
    const { subject: _, ...bare } = activity(1, { type: "Meeting" });
    const second = await send(call, "activities", [bare, activity(2, { opportunity: null, isDone: true, subject: null })]);
    expect(second.body.counts.changed).toBe(2);
    const rows = (await rowsOf(app, company, "activity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
    expect(rows.map((row) => [row.type, row.subject, row.opportunity_id, row.is_done])).toEqual([
      ["meeting", "Talk 1", deal, false],
      ["call", null, null, true],
    ]);
    expect((await send(call, "activities", [bare])).body.counts.unchanged).toBe(1);
  });

  test("they are read by those they concern, with pages and by deal, and not by the admin who pushed them", async () => {
    const { company, rep, call } = await companyWithAdmin();
    const deal = await makeOpportunity(app, company, rep, { name: "Refit" });
    await send(call, "activities", [
      activity(1, { opportunity: deal }),
      activity(2, { at: "2026-11-01" }),
      activity(3, { at: "2026-12-01", isDone: false }),
    ]);
    const asRep = await clientOf(app, rep);
    interface List {
      data: { externalId: string; isDone: boolean; opportunityId: string | null }[];
      next: string | null;
    }
    const first = (await asRep<List>("/activities?limit=1")).body;
    expect(first.data).toMatchObject([{ externalId: "T-1", isDone: true, opportunityId: deal }]);
    const second = (await asRep<List>(`/activities?limit=1&cursor=${first.next}`)).body;
    expect([second.data[0]?.externalId, second.next]).toEqual(["T-2", null]);
    expect((await asRep<List>(`/activities?opportunityId=${deal}`)).body.data).toHaveLength(1);
    expect((await asRep<List>("/activities?until=2027-01-01T00:00:00Z")).body.data[0]).toMatchObject({ externalId: "T-3", isDone: false });
    expect((await call<List>("/activities")).body.data).toEqual([]);
  });
});

describe("opportunities", () => {
  test("are made, found the same again, and changed with a past", async () => {
    const { company, rep, call } = await companyWithAdmin();
    const rows = [deal(1), deal(2, { owner: rep.viewer.personId }), deal(3, { owner: "Nobody" }), deal(1), deal(4, { amountMinor: "12" })];
    const first = await send(call, "opportunities", rows);
    expect(first.body.rows.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "created",
      "created",
      "nobody here is called “Nobody”",
      "the same opportunity as in row 0",
      "amountMinor: write a whole number in the smallest unit of the currency",
    ]);
    expect(first.body.counts).toEqual(counts(2, 0, 0, 3));
    app.setNow("2026-11-23T12:00:00Z");
    const next = await send(call, "opportunities", [
      deal(1, { stage: "Won", closeOn: "2026-11-22" }),
      { externalId: "A-2", nextStep: "Call" },
      deal(2),
    ]);
    expect(next.body.rows.map(({ outcome }) => outcome)).toEqual(["changed", "changed", "refused"]);
    const made = (await rowsOf(app, company, "opportunity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
    expect(made.map((row) => [row.outcome, row.next_step, row.amount_minor, row.source])).toEqual([
      ["won", null, 100_000, "csv"],
      ["open", "Call", 100_000, "csv"],
    ]);
    const past = (await rowsOf(app, company, "opportunity_change")).filter(({ field, before }) => field === "stage" && before !== null);
    expect(past).toHaveLength(1);
    expect((await send(call, "opportunities", [{ externalId: "A-2", nextStep: "Call" }])).body.counts.unchanged).toBe(1);
    app.setNow("2026-11-22T12:00:00Z");
  });

  test("in which only the currency differs are changed, dated and taken back; the same call again finds nothing new", async () => {
    const { company, admin, call } = await companyWithAdmin();
    await send(call, "opportunities", [deal(1)]);
    const state = async () => (await rowsOf(app, company, "opportunity"))[0];
    const before = await state();
    app.setNow("2026-11-23T12:00:00Z");
    const { body } = await send(call, "opportunities", [{ externalId: "A-1", currency: "EUR" }]);
    expect(body.counts).toEqual(counts(0, 1, 0, 0));
    expect(await state()).toMatchObject({ amount_minor: 100_000, currency: "EUR", last_change_at: new Date("2026-11-23T12:00:00Z") });
    const past = (await rowsOf(app, company, "opportunity_change")).filter(
      ({ field, before: was }) => field === "currency" && was !== null,
    );
    expect(past).toMatchObject([{ at: new Date("2026-11-23T12:00:00Z"), before: "USD", after: "EUR" }]);
    const again = await send(call, "opportunities", [{ externalId: "A-1", currency: "EUR" }]);
    expect(again.body.counts).toEqual(counts(0, 0, 1, 0));
    await undoImport(admin, again.body.importId);
    await undoImport(admin, body.importId);
    expect(await state()).toEqual(before);
    app.setNow("2026-11-22T12:00:00Z");
  });

  test("a call is an import in the list, with all rows accounted for", async () => {
    const { admin, call } = await companyWithAdmin();
    const { body } = await send(call, "opportunities", [deal(1), null, deal(2, { closeOn: "2026-02-30" }), { externalId: "A-9" }]);
    expect(body.counts).toEqual(counts(1, 0, 0, 3));
    const run = await call<object>(`/imports/${body.importId}`);
    expect(run.body).toMatchObject({ state: "applied", what: "opportunities", rows: { total: 4, new: 1, changed: 0, same: 0, failed: 3 } });
    const page = await (await app.request(`/imports/${body.importId}`, { as: admin })).text();
    expect(page).toContain("a new opportunity needs an owner and a stage");
  });

  test("created earlier than known is taken; created later is refused, or left out where the row says more", async () => {
    const { company, call } = await companyWithAdmin();
    await send(
      call,
      "opportunities",
      [1, 2, 3].map((n) => deal(n, { createdOn: "2026-10-05" })),
    );
    const again = await send(call, "opportunities", [
      deal(1, { createdOn: "2026-11-01" }),
      { externalId: "A-2", createdOn: "2026-11-01", nextStep: "Call" },
      { externalId: "A-3", createdOn: "2026-09-01" },
    ]);
    const why = "createdOn stays 2026-10-05: it is known here from that day, and a later one would take away its past";
    expect(again.body.rows).toEqual([
      { row: 0, outcome: "refused", reason: why },
      { row: 1, outcome: "changed", reason: why },
      { row: 2, outcome: "changed" },
    ]);
    expect(again.body.counts).toEqual(counts(0, 2, 0, 1));
    const made = (await rowsOf(app, company, "opportunity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
    expect(made.map(({ created_at, next_step }) => [created_at.toISOString().slice(0, 10), next_step])).toEqual([
      ["2026-10-05", null],
      ["2026-10-05", "Call"],
      ["2026-09-01", null],
    ]);
    const hour = await send(call, "opportunities", [{ externalId: "A-3", createdOn: "2026-09-01T20:00:00Z" }]);
    expect(hour.body.counts).toEqual(counts(0, 0, 1, 0));
  });

  test("a name with a hidden sign that turns the direction of writing is refused", async () => {
    const { call } = await companyWithAdmin();
    const { body } = await send(call, "opportunities", [deal(1, { name: "Refit \u202Efdp.exe" }), deal(2)]);
    expect(body.rows[0]).toEqual({
      row: 0,
      outcome: "refused",
      reason: "name: this holds a hidden sign that turns the direction of writing",
    });
  });

  test("a deal is found by the id it has where it came from", async () => {
    const { rep, call } = await companyWithAdmin();
    for (const source of ["salesforce", "hubspot"])
      await call("/opportunities", { json: { source, rows: [deal(1), deal(2)] }, headers: { "idempotency-key": newId() } });
    const asRep = await clientOf(app, rep);
    const read = async (query: string) =>
      (await asRep<{ data: { source: string; externalId: string; id: string }[] }>(`/opportunities?${query}`)).body.data.map(
        ({ source, externalId }) => `${source} ${externalId}`,
      );
    expect((await read("externalId=A-2")).toSorted()).toEqual(["hubspot A-2", "salesforce A-2"]);
    expect(await read("externalId=A-2&source=hubspot")).toEqual(["hubspot A-2"]);
    expect((await read("source=hubspot")).toSorted()).toEqual(["hubspot A-1", "hubspot A-2"]);
    expect(await read("externalId=A-7")).toEqual([]);
    expect(await read("externalId=A-2&source=hubspot&asOf=2026-11-01")).toEqual([]);
  });

  test("what CRM the ids are of can be said; the same id in another is another deal", async () => {
    const { company, call } = await companyWithAdmin();
    const push = (source: string) =>
      call<Push>("/opportunities", { json: { source, rows: [deal(1)] }, headers: { "idempotency-key": newId() } });
    expect((await push("salesforce")).body.counts.created).toBe(1);
    expect((await push("hubspot")).body.counts.created).toBe(1);
    expect((await push("salesforce")).body.counts.unchanged).toBe(1);
    expect((await push("No Good")).status).toBe(422);
    expect(new Set((await rowsOf(app, company, "opportunity")).map(({ source }) => source))).toEqual(new Set(["salesforce", "hubspot"]));
  });

  test("a column that is no stage does not make hundreds of stages", async () => {
    const { company, call } = await companyWithAdmin();
    const rows = Array.from({ length: 80 }, (_, n) => deal(n, { stage: `Note ${n}` }));
    const { status, body } = await send(call, "opportunities", rows);
    expect([status, body.detail]).toEqual([422, expect.stringContaining("80 stages")]);
    expect(await rowsOf(app, company, "stage")).toHaveLength(4);
    expect(await rowsOf(app, company, "opportunity")).toEqual([]);
  });

  test("ten thousand go in at once, are found the same again, and sent at once with one key they go in once", async () => {
    const { company, call } = await companyWithAdmin();
    const rows = Array.from({ length: 10_000 }, (_, n) => deal(n, { account: `Account ${n % 500}` }));
    const key = newId();
    const both = await Promise.all([send(call, "opportunities", rows, key), send(call, "opportunities", rows, key)]);
    expect(both.map(({ body }) => body.counts)).toEqual([counts(10_000, 0, 0, 0), counts(10_000, 0, 0, 0)]);
    expect((await send(call, "opportunities", rows)).body.counts).toEqual(counts(0, 0, 10_000, 0));
    expect(await rowsOf(app, company, "opportunity")).toHaveLength(10_000);
  }, 60_000);
});

describe("quotas and forecasts", () => {
  test("quotas come by month, quarter and year; null takes one away", async () => {
    const { company, rep, call } = await companyWithAdmin();
    const row = { person: rep.viewer.personId, period: "Q4 2026", amountMinor: 100 };
    const made = await send(call, "quotas", [
      row,
      { ...row, period: "2026-11" },
      { ...row, period: "2027-01", amountMinor: 0 },
      { ...row, period: "soon" },
    ]);
    expect(made.body.rows.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "created",
      "the same person and month as in row 0",
      "created",
      "period: “soon” is no month, quarter or year",
    ]);
    const list = await (await clientOf(app, rep))<{ data: object[] }>("/quotas?from=2026-10-01&until=2026-10-01");
    expect(list.body.data).toEqual([{ personId: rep.viewer.personId, month: "2026-10-01", amountMinor: 34, currency: "USD", shareOf: 3 }]);
    const gone = await send(call, "quotas", [{ ...row, amountMinor: null }]);
    expect(gone.body.counts).toEqual(counts(0, 1, 0, 0));
    expect((await rowsOf(app, company, "quota")).map(({ month }) => month)).toEqual(["2027-01-01"]);
  });

  test("forecasts keep what was said as of each day", async () => {
    const { rep, call } = await companyWithAdmin();
    const row = { person: "Noor Haddad", period: "Q4 2026", category: "Best Case", amountMinor: 5 };
    const { body } = await send(call, "forecasts", [
      row,
      { ...row, asOf: "2026-11-01" },
      { ...row, asOf: "2026-11-23" },
      { ...row, category: "sure" },
    ]);
    expect(body.rows.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "created",
      "created",
      "asOf: this day is still to come",
      "category: “sure” is none of closed, commit, best case, pipeline, omitted",
    ]);
    const said = await (await clientOf(app, rep))<{ data: { asOf: string }[] }>("/forecasts");
    expect(said.body.data.map(({ asOf }) => asOf)).toEqual(["2026-11-01", "2026-11-22"]);
  });
});

describe("the key of a call", () => {
  test("the same key and body is answered as before and does nothing; another body is refused", async () => {
    const { company, call } = await companyWithAdmin();
    const key = newId();
    const first = await send(call, "activities", [activity(1)], key);
    const again = await send(call, "activities", [activity(1)], key);
    expect(again).toMatchObject({ status: 200, body: first.body });
    const other = await send(call, "activities", [activity(1, { subject: "Other" })], key);
    expect([other.status, other.type]).toEqual([422, "application/problem+json"]);
    expect(other.body.detail).toContain("Idempotency-Key");
    expect((await send(call, "quotas", [activity(1)], key)).status).toBe(422);
    expect((await rowsOf(app, company, "activity")).map(({ subject }) => subject)).toEqual(["Talk 1"]);
    const runs = await app.database.ownerPool.query("select 1 from import_run where org_id = $1", [company.orgId]);
    expect(runs.rowCount).toBe(1);
  });

  test("a call without one is told which header is missing and what it is for", async () => {
    const { call } = await companyWithAdmin();
    const { status, body } = await call<{ detail: string }>("/quotas", { json: { rows: [activity(1)] } });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^Idempotency-Key: Send this header .* done once\.$/);
  });

  test("of many calls with one key at once, one does the work and all get its answer", async () => {
    const { company, call } = await companyWithAdmin();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(call, "activities", [activity(1), activity(2)], key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.importId}`)).size).toBe(1);
    expect(answers[0]?.body.counts).toEqual(counts(2, 0, 0, 0));
    expect(await rowsOf(app, company, "activity")).toHaveLength(2);
  });

  test("after three days it may be used anew", async () => {
    const { company, call } = await companyWithAdmin();
    const key = newId();
    await send(call, "activities", [activity(1)], key);
    await app.database.ownerPool.query("update push_key set created_at = created_at - interval '4 days' where org_id = $1", [
      company.orgId,
    ]);
    expect((await send(call, "activities", [activity(2)], key)).body.counts).toEqual(counts(1, 0, 0, 0));
  });
});

describe("what is refused", () => {
  const wrong: [string, unknown, RegExp][] = [
    ["null", null, /no object/],
    ["a number", 7, /no object/],
    ["a list", [], /no object/],
    ["nothing in it", {}, /externalId/],
    ["a wrong type", activity(1, { subject: 5 }), /subject: this has to be text/],
    ["an unknown field", activity(1, { colour: "red" }), /there is no field colour/],
    ["a NUL", activity(1, { subject: "a\0b" }), /subject: .*NUL/],
    ["half a letter", activity(1, { subject: "\ud800" }), /subject: .*half a letter/],
    ["a day that does not exist", activity(1, { at: "2026-02-30" }), /at: write a day/],
    ["a year out of reach", activity(1, { at: "0000-01-01T00:00:00Z" }), /at: .*1990/],
    ["too many letters", activity(1, { externalId: "x".repeat(201) }), /externalId: .*200/],
    ["spaces alone", activity(1, { type: "   " }), /type: this is empty/],
    ["deep nesting", activity(1, { subject: JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`) }), /subject/],
  ];

  test.each(wrong)("a row with %s is refused with its reason, and the good one beside it goes in", async (_, row, reason) => {
    const { call } = await companyWithAdmin();
    const { status, body } = await send(call, "activities", [row, activity(2)]);
    expect([status, body.counts]).toEqual([200, counts(1, 0, 0, 1)]);
    expect(body.rows[0]?.reason).toMatch(reason);
  });

  test("people, deals and ids of another organisation are as good as none", async () => {
    const { call } = await companyWithAdmin();
    const theirs = await companyWithAdmin();
    const deal = await makeOpportunity(app, theirs.company, theirs.rep, { name: "Theirs" });
    const { body } = await send(call, "activities", [
      activity(1, { person: theirs.rep.viewer.personId }),
      activity(2, { opportunity: deal }),
    ]);
    expect(body.rows[0]).toMatchObject({ outcome: "refused", reason: expect.stringContaining("nobody here") });
    expect(body.rows[1]).toMatchObject({ outcome: "created", reason: expect.stringContaining("no deal here") });
    expect(await rowsOf(app, theirs.company, "activity")).toEqual([]);
  });

  test("a call of which no row can be used is a problem, with the same lists", async () => {
    const { call } = await companyWithAdmin();
    const { status, type, body } = await send(call, "activities", [activity(1, { person: "Nobody" })]);
    expect([status, type, body.counts]).toEqual([422, "application/problem+json", counts(0, 0, 0, 1)]);
  });

  test("one row too many, none at all, no key, and more than 10 MB", async () => {
    const { call } = await companyWithAdmin();
    expect(
      (
        await send(
          call,
          "activities",
          Array.from({ length: 10_001 }, (_, n) => activity(n)),
        )
      ).status,
    ).toBe(422);
    expect((await send(call, "activities", [])).status).toBe(422);
    expect((await send(call, "activities", "rows")).status).toBe(422);
    expect((await call("/activities", { json: { rows: [activity(1)] } })).status).toBe(400);
    for (const key of ["a b", "x".repeat(201)]) expect((await send(call, "activities", [activity(1)], key)).status).toBe(400);
    const big = await call("/activities", {
      text: JSON.stringify({ rows: [activity(1, { subject: "x".repeat(10 * 2 ** 20) })] }),
      headers: { "content-type": "application/json", "idempotency-key": newId() },
    });
    expect([big.status, big.type]).toEqual([413, "application/problem+json"]);
  });

  test("a rep, a manager and nobody may not push", async () => {
    const { company, rep } = await companyWithAdmin();
    const manager = await makePerson(app, company, { roles: ["manager"] });
    for (const who of [rep, manager] satisfies Ctx[])
      for (const what of ["opportunities", "activities", "quotas", "forecasts"])
        expect((await send(await clientOf(app, who), what, [activity(1)])).status).toBe(403);
    expect(await rowsOf(app, company, "activity")).toEqual([]);
  });

  test("formulas are kept as the words they are", async () => {
    const { company, call } = await companyWithAdmin();
    await send(call, "activities", [activity(1, { subject: "=cmd|' /C calc'!A0" })]);
    expect((await rowsOf(app, company, "activity"))[0]?.subject).toBe("=cmd|' /C calc'!A0");
  });
});

test("a call is an import with its page, who sent it, and the rows that were refused", async () => {
  const { company, admin, call } = await companyWithAdmin();
  const { body } = await send(call, "activities", [activity(1), activity(2, { person: "Nobody" })]);
  const run = await call<{ state: string; rows: object; fileName: string }>(`/imports/${body.importId}`);
  expect(run.body).toMatchObject({ state: "applied", fileName: "POST /api/v1/activities", rows: { total: 2, new: 1, failed: 1 } });
  const page = await (await app.request(`/imports/${body.importId}`, { as: admin })).text();
  expect(page).toContain("Nobody here is called “Nobody”.");
  const event = await app.database.ownerPool.query("select actor_id, verb from event where org_id = $1 and noun = 'import'", [
    company.orgId,
  ]);
  expect(event.rows).toEqual([{ actor_id: admin.viewer.personId, verb: "push" }]);
});

test("whom a name was matched to for a file, it means in a push of that source too", async () => {
  const { company, admin, rep, call } = await companyWithAdmin();
  await admin.tx((db) => rememberMatches(db, admin, "csv", { owners: { "N. Haddad": rep.viewer.personId } }));
  expect((await send(call, "opportunities", [deal(1, { owner: "n. haddad" })])).body.counts.created).toBe(1);
  expect((await send(call, "activities", [activity(1, { person: "N. Haddad" })])).body.counts.created).toBe(1);
  expect((await rowsOf(app, company, "activity"))[0]?.person_id).toBe(rep.viewer.personId);
});

test("what a call did can be taken back", async () => {
  const { company, admin, rep, call } = await companyWithAdmin();
  const first = await send(call, "opportunities", [deal(1)]);
  const row = activity(1, { opportunity: "A-1" });
  const one = await send(call, "activities", [row]);
  const two = await send(call, "activities", [{ ...row, subject: "Other" }, activity(2)]);
  await undoImport(admin, two.body.importId);
  expect((await rowsOf(app, company, "activity")).map(({ subject, person_id }) => [subject, person_id])).toEqual([
    ["Talk 1", rep.viewer.personId],
  ]);
  await expect(undoImport(admin, first.body.importId)).rejects.toThrow("activities hang on one deal");
  await undoImport(admin, one.body.importId);
  await undoImport(admin, first.body.importId);
  for (const table of ["activity", "opportunity", "account"] as const) expect(await rowsOf(app, company, table)).toEqual([]);
});

test("a push waits for an import that is being taken in, and says so when that takes too long", async () => {
  const { company, call } = await companyWithAdmin();
  const client = await app.database.ownerPool.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtextextended('kept import ' || $1, 0))", [company.orgId]);
    const waiting = send(call, "activities", [activity(1)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.query("rollback");
    expect((await waiting).status).toBe(200);
  } finally {
    client.release();
  }
});

test("ten thousand rows go in at once and are found the same again", async () => {
  const { call } = await companyWithAdmin();
  const rows = Array.from({ length: 10_000 }, (_, n) => activity(n));
  const first = await send(call, "activities", rows);
  expect(first.body.counts).toEqual(counts(10_000, 0, 0, 0));
  expect((await send(call, "activities", rows)).body.counts).toEqual(counts(0, 0, 10_000, 0));
}, 30_000);
