import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCommitment } from "../../src/domain/commitments/make-commitment.ts";
import { confirmCommitments } from "../../src/domain/commitments/confirm-commitments.ts";
import { settleCommitment } from "../../src/domain/commitments/settle-commitment.ts";
import { goToSection } from "../../src/domain/meetings/go-to-section.ts";
import { noteOpportunity } from "../../src/domain/meetings/listed-opportunities.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { timingsOf } from "../../src/domain/meetings/room-queries.ts";
import { addRemark } from "../../src/domain/records/add-remark.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { meetingRecord } from "../../src/domain/records/record-queries.ts";
import { searchRecords } from "../../src/domain/records/search-records.ts";
import { agendaOf } from "../../src/domain/agendas/agenda-queries.ts";
import { known } from "../../src/method/estimate.ts";
import { focusShares, wholePercents } from "../../src/method/focus.ts";
import { followThrough } from "../../src/method/follow-through.ts";
import { missedInARow } from "../../src/method/missed-in-a-row.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { someNumbers, storeNumbers } from "../coverage/some-numbers.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const promise = (meetingId: string, words = "Call Nordic Paper") => ({
  id: newId(),
  meetingId,
  owner: "rep" as const,
  words,
  dueOn: "2026-03-09",
  hangsOn: "action" as const,
  hangsWords: "",
  opportunityId: null,
});
const orgOf = (ctx: Ctx) => ctx.viewer.orgId;

const search = (ctx: Ctx, words: string) => ctx.tx((db) => searchRecords(db, ctx, { words, limit: 10 }));

async function openRoom() {
  app.setNow("2026-03-02T09:00:00Z");
  const pair = await makePair(app);
  const id = await makeMeeting(app, pair.company, pair.manager, pair.rep);
  await openMeeting(pair.manager, id);
  const { sections } = await pair.manager.tx((db) =>
    agendaOf(db, orgOf(pair.manager), { agendaId: null, kindId: pair.company.kinds.get("deal-strategy") ?? "" }),
  );
  return { ...pair, id, sections };
}

describe("the room", () => {
  test("a pair that never met sees what came new in the last thirty days, as in the briefing", async () => {
    const { company, manager, rep, id, sections } = await openRoom();
    await makeHistories(app, company, [
      { steps: [{ at: "2026-02-08T12:00:00Z", owner: rep, name: "Cancity", amount: 1 }] },
      { steps: [{ at: "2026-01-08T12:00:00Z", owner: rep, name: "Bioplex", amount: 1 }] },
    ]);
    const section = sections.find(({ panel }) => panel === "new_opportunities");
    const words = wordsOf(await (await app.request(`/meetings/${id}/room?section=${section?.id}`, { as: manager })).text());
    expect(words).toContain("New in the last thirty days Cancity");
    expect(words).not.toContain("Bioplex");
  });

  test("opening twice opens once and fixes the agenda", async () => {
    const { manager, rep, id } = await openRoom();
    await openMeeting(rep, id);
    expect(await manager.tx((db) => timingsOf(db, orgOf(manager), id))).toHaveLength(1);
    const row = await manager.tx((db) =>
      db.selectFrom("meeting").select(["state", "agenda_id"]).where("id", "=", id).executeTakeFirstOrThrow(),
    );
    expect(row.state).toBe("open");
    expect(row.agenda_id).not.toBeNull();
  });

  test("both press next at the same moment: no section is skipped, one runs", async () => {
    const { manager, rep, id, sections } = await openRoom();
    const [first, second] = sections;
    await Promise.all([manager, rep].map((ctx) => goToSection(ctx, id, second?.id ?? "", first?.id)));
    await goToSection(rep, id, sections[2]?.id ?? "", first?.id);
    const timings = await manager.tx((db) => timingsOf(db, orgOf(manager), id));
    expect(timings.map(({ sectionId }) => sectionId)).toEqual([first?.id, second?.id]);
    expect(timings.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  test("a stranger gets 404 on every address of the room", async () => {
    const { company, id } = await openRoom();
    const stranger = await makePerson(app, company, { name: "Sam Stranger" });
    for (const path of ["room", "record", "finish"])
      expect((await app.request(`/meetings/${id}/${path}`, { as: stranger })).status).toBe(404);
    const posts = {
      open: {},
      finish: { why: "x" },
      remarks: { id: newId(), words: "x" },
      confirm: {},
      "room/commitments": { id: newId(), words: "x", owner: "rep", due_on: "2026-03-09", hangs_on: "action" },
    };
    for (const [path, form] of Object.entries(posts))
      expect((await app.request(`/meetings/${id}/${path}`, { as: stranger, form: form as Record<string, string> })).status).toBe(404);
  });

  test("a form with a day that does not exist is refused in words and keeps the page", async () => {
    const { rep, id } = await openRoom();
    const response = await app.request(`/meetings/${id}/room/commitments`, {
      as: rep,
      form: { id: newId(), words: "Call", owner: "rep", due_on: "2026-02-31", hangs_on: "action" },
    });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("That day does not exist");
  });

  test("two people who say something of the same opportunity lose neither: the second is handed the first's words", async () => {
    const { company, manager, rep, id } = await openRoom();
    const deal = await makeOpportunity(app, company, rep, { name: "Harbour" });
    const note = (ctx: Ctx, words: string) =>
      noteOpportunity(ctx, { meetingId: id, opportunityId: deal, list: "existing", words, version: 0 });
    expect(await note(rep, "Legal has it")).toMatchObject({ saved: true, version: 1 });
    expect(await note(manager, "Ask for the date")).toEqual({ saved: false, version: 1, theirs: "Legal has it" });
  });
});

describe("closing", () => {
  test("without a promise it asks why, and keeps the answer", async () => {
    const { manager, id } = await openRoom();
    expect(await closeMeeting(manager, id, "")).toEqual({ closed: false, because: "no commitment" });
    expect(await closeMeeting(manager, id, "On leave")).toEqual({ closed: true });
    const { reasons } = await manager.tx((db) => meetingRecord(db, manager, id));
    expect(reasons.map(({ reason }) => reason)).toEqual(["On leave"]);
  });

  test("both close at once: one record, one mail each, promises first", async () => {
    const { manager, rep, id } = await openRoom();
    await makeCommitment(rep, promise(id));
    expect(await Promise.all([closeMeeting(manager, id, ""), closeMeeting(rep, id, "")])).toEqual([{ closed: true }, { closed: true }]);
    for (const ctx of [manager, rep]) {
      const mails = await ctx.tx((db) =>
        db.selectFrom("mail_body").select("words").where("to_id", "=", ctx.viewer.personId).where("purpose", "=", "summary").execute(),
      );
      expect(mails).toHaveLength(1);
      expect(mails[0]?.words.indexOf("Call Nordic Paper")).toBeGreaterThan(0);
    }
    expect(await manager.tx((db) => db.selectFrom("summary").select("words").where("meeting_id", "=", id).execute())).toHaveLength(1);
  });

  test("of a review shows both where the numbers stand against quota, and never the rep's own goal", async () => {
    const { company, manager, rep } = await makePair(app);
    const id = await makeMeeting(app, company, manager, rep, { kind: "results-review" });
    await openMeeting(manager, id);
    const own = someNumbers();
    if (own.horizons.year.goal) own.horizons.year.goal.goalMinor = 777_777_00;
    await storeNumbers(app, rep, { quota: known(someNumbers()), goal: known(own) });
    await closeMeeting(rep, id, "Only a look");
    const { rows } = await app.database.ownerPool.query<{ words: string; html: string }>(
      "select words, html from mail_body where org_id = $1 and purpose = 'summary'",
      [company.orgId],
    );
    expect(rows).toHaveLength(2);
    for (const { words, html } of rows) {
      expect(words).toContain("Where the numbers stand");
      expect(words).toMatch(/- [^:]+: won \$[\d,]+, quota \$[\d,]+, needed \$[\d,]+, chance \d+\u00a0%/);
      expect(html).toMatch(/<div style="background:#17694c;height:8px;width:\d+%">/);
      expect(words).not.toContain("777,777");
    }
  });

  test("a locked record takes remarks and nothing else", async () => {
    const { manager, rep, id } = await openRoom();
    const one = promise(id);
    await makeCommitment(rep, one);
    await closeMeeting(manager, id, "");
    await expect(makeCommitment(rep, promise(id, "Too late"))).rejects.toMatchObject({ code: "KE001" });
    await expect(
      manager.tx((db) => db.updateTable("commitment_words").set({ words: "Something else" }).where("commitment_id", "=", one.id).execute()),
    ).rejects.toThrow(/closed/);
    const remark = { id: newId(), meetingId: id, words: "The board met on the ninth" };
    await addRemark(rep, remark);
    await addRemark(rep, remark);
    const found = await manager.tx((db) => searchRecords(db, manager, { words: "board nin", limit: 10 }));
    expect(found.map(({ part, words }) => ({ part, words }))).toEqual([{ part: "remark", words: remark.words }]);
  });

  test("what was promised comes back next time until it is settled, and only then goes", async () => {
    const { company, manager, rep, id } = await openRoom();
    const one = promise(id);
    await makeCommitment(rep, one);
    await closeMeeting(manager, id, "");
    app.setNow("2026-03-09T09:00:00Z");
    const next = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-09T09:00:00Z" });
    await openMeeting(manager, next);
    expect((await rep.tx((db) => meetingRecord(db, rep, next))).brought.map((c) => c.id)).toEqual([one.id]);
    await settleCommitment(rep, { commitmentId: one.id, outcome: "partly", words: "Left a message", meetingId: next });
    await closeMeeting(rep, next, "Nothing new");
    const third = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-16T09:00:00Z" });
    await openMeeting(manager, third);
    expect((await rep.tx((db) => meetingRecord(db, rep, third))).brought).toEqual([]);
  });

  test("nobody confirms for the other", async () => {
    const { manager, rep, id } = await openRoom();
    await makeCommitment(manager, promise(id));
    await confirmCommitments(manager, id);
    const read = () => rep.tx(async (db) => (await meetingRecord(db, rep, id)).commitments.map((c) => c.repConfirmedAt !== null));
    expect(await read()).toEqual([false]);
    await confirmCommitments(rep, id);
    expect(await read()).toEqual([true]);
  });

  test("the link in the summary confirms without signing in, for that person and meeting alone", async () => {
    const { manager, rep, id } = await openRoom();
    await makeCommitment(manager, promise(id));
    await closeMeeting(manager, id, "");
    const [mail] = await rep.tx((db) =>
      db.selectFrom("mail_body").select("words").where("to_id", "=", rep.viewer.personId).where("purpose", "=", "summary").execute(),
    );
    const path = /\/confirm\/[\w-]+/.exec(mail?.words ?? "")?.[0] ?? "";
    expect(await (await app.request(path)).text()).toContain("Call Nordic Paper");
    await app.request(path, { form: {} });
    expect(await (await app.request(path)).text()).toContain("All confirmed");
    expect((await app.request("/confirm/not-a-token")).status).toBe(404);
  });

  test("a private note is found by its writer alone", async () => {
    const { manager, rep, id, sections } = await openRoom();
    const Y = await import("yjs");
    const doc = new Y.Doc();
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText("Worried about Harbour")]);
    doc.getXmlFragment(sections[0]?.id ?? "").insert(0, [paragraph]);
    await rep.tx(async (db) => {
      const { noteDocs } = await import("../../src/domain/notes/note-docs.ts");
      const docs = await noteDocs(db, rep, id);
      await db
        .insertInto("note_update")
        .values({
          org_id: orgOf(rep),
          doc_id: docs.private,
          update: Buffer.from(Y.encodeStateAsUpdate(doc)),
          by_id: rep.viewer.personId,
          at: app.clock.now(),
        })
        .execute();
    });
    await closeMeeting(manager, id, "none");
    expect((await search(rep, "worried")).map(({ part }) => part)).toEqual(["private note"]);
    expect(await search(manager, "worried")).toEqual([]);
  });
});

const month = (result: number, plan: number | null) => ({ result, plan });

describe("the method's small sums", () => {
  test("focus shares add up to one and percents to a hundred, whatever the stretches", () => {
    const stretch = fc.record({
      focus: fc.constantFrom("past" as const, "present" as const, "future" as const),
      from: fc.integer({ min: 0, max: 1e7 }),
      until: fc.option(fc.integer({ min: 0, max: 2e7 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const shares = focusShares(stretches, 2e7);
        const sum = shares.past + shares.present + shares.future;
        const percents = wholePercents(shares);
        expect(sum).toBeCloseTo(shares.total === 0 ? 0 : 1, 9);
        expect(percents.past + percents.present + percents.future).toBe(shares.total === 0 ? 0 : 100);
      }),
    );
  });

  test("more than a tenth on the past warns, but not in the first minutes", () => {
    const minute = 60_000;
    expect(focusShares([{ focus: "past", from: 0, until: 2 * minute }], 0).tooMuchPast).toBe(false);
    expect(
      focusShares(
        [
          { focus: "past", from: 0, until: 3 * minute },
          { focus: "future", from: 3 * minute, until: 20 * minute },
        ],
        0,
      ).tooMuchPast,
    ).toBe(true);
    expect(
      focusShares(
        [
          { focus: "past", from: 0, until: 2 * minute },
          { focus: "future", from: 2 * minute, until: 20 * minute },
        ],
        0,
      ).tooMuchPast,
    ).toBe(false);
  });

  test("follow-through counts partly as a half and leaves dropped aside", () => {
    expect(followThrough(["kept", "partly", "missed", "dropped", null])).toMatchObject({ share: 0.5, settled: 4, open: 1 });
    expect(followThrough(["dropped", null]).share).toBeNull();
  });

  test("missed months count back from the latest", () => {
    expect(missedInARow([month(10, 10), month(5, 10), month(9, 10)])).toBe(2);
    expect(missedInARow([month(5, 10), month(10, 10)])).toBe(0);
    expect(missedInARow([month(5, null)])).toBeNull();
  });
});
