import { expect, test } from "vitest";
import { actualFigures } from "../../src/domain/preparations/actual-figures-queries.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { meetingRecord } from "../../src/domain/records/record-queries.ts";
import { summaryBlocks } from "../../src/domain/records/summary-blocks.ts";
import { piecesOf } from "../../src/domain/records/write-record-text.ts";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { layOutMail } from "../../src/mail/lay-out-mail.ts";
import { docFrom, wordsOfSection } from "../../src/method/note-words.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, count, ctxOfPerson, everybody } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-18T14:20:00Z");
const { orgId } = await makeSampleCompany(app);

const byPart = (pieces: { part: string; id: string; words: string }[]) =>
  pieces.map(({ part, id, words }) => `${part} ${id} ${words}`).toSorted();

interface Held {
  id: string;
  rep_id: string;
  manager_id: string;
  closed_at: Date;
}
const held = await ask<Held>(app, "select id, rep_id, manager_id, closed_at from meeting where state = 'closed' order by md5(id::text)");

test("every note is a document that opens, and says what was taken down of it", async () => {
  const docs = await ask<{ id: string; updates: Buffer[] }>(
    app,
    "select d.id, array_agg(u.update order by u.seq) as updates from note_doc d join note_update u on u.doc_id = d.id group by 1",
  );
  expect(docs.length).toBeGreaterThan(200);
  const taken = await ask<{ doc_id: string; section_id: string; words: string }>(app, "select doc_id, section_id, words from note_text");
  const words = new Map(taken.map((row) => [`${row.doc_id} ${row.section_id}`, row.words]));
  let found = 0;
  for (const { id, updates } of docs) {
    const doc = docFrom(updates);
    for (const section of doc.share.keys()) {
      const said = wordsOfSection(doc, section);
      if (said === "") continue;
      found++;
      expect(said).toBe(words.get(`${id} ${section}`));
    }
  }
  expect(found).toBe(taken.length);
});

test("the summary of a one-on-one is the one that closing it would have written", async () => {
  expect(await count(app, "meeting m where state = 'closed' and not exists (select 1 from summary s where s.meeting_id = m.id)")).toBe(0);
  for (const { id, rep_id } of held.slice(0, 80)) {
    const ctx = await ctxOfPerson(app, { id: rep_id, orgId });
    const record = await ctx.tx((db) => meetingRecord(db, ctx, id));
    const { words } = layOutMail({ title: record.meeting.kindName, blocks: summaryBlocks(record), why: "" });
    const [summary] = await ask<{ words: string }>(app, "select words from summary where meeting_id = $1", id);
    expect(summary?.words.split("\n").toSorted()).toEqual(words.split("\n").toSorted());
  }
});

test("what can be searched is what the record says", async () => {
  for (const { id, rep_id } of held.slice(25, 50)) {
    const ctx = await ctxOfPerson(app, { id: rep_id, orgId });
    const record = await ctx.tx((db) => meetingRecord(db, ctx, id));
    const texts = await ask<{ part: string; part_id: string; words: string }>(
      app,
      "select part, part_id, words from record_text where meeting_id = $1 and owner_id is null and part <> 'remark'",
      id,
    );
    expect(byPart(texts.map(({ part, part_id, words }) => ({ part, id: part_id, words })))).toEqual(
      byPart(piecesOf(record).map(({ part, partId, words }) => ({ part, id: partId, words }))),
    );
  }
});

test("opportunities were listed as they stood at the close", async () => {
  expect(await count(app, "listed_opportunity where words <> ''")).toBeGreaterThan(200);
  for (const { id, rep_id, manager_id, closed_at } of held.slice(0, 20)) {
    const ctx = await ctxOfPerson(app, { id: manager_id, orgId });
    const then = new Map(
      (await ctx.tx((db) => opportunitiesAsOf(db, { orgId, ownerIds: [rep_id], at: closed_at }))).map((deal) => [deal.id, deal]),
    );
    const listed = await ask<{ opportunity_id: string; stage: string; amount_minor: string | null; name: string }>(
      app,
      "select * from listed_opportunity where meeting_id = $1",
      id,
    );
    for (const row of listed) {
      const deal = then.get(row.opportunity_id);
      expect([row.name, row.stage, row.amount_minor === null ? null : Number(row.amount_minor)]).toEqual([
        deal?.name,
        deal?.stage,
        deal?.amountMinor,
      ]);
    }
  }
});

test("most promises were kept, both said yes to nearly all of them, and some are due now", async () => {
  const outcomes = await ask<{ outcome: string | null; n: number }>(app, "select outcome, count(*)::int as n from commitment group by 1");
  const n = (outcome: string | null) => outcomes.find((row) => row.outcome === outcome)?.n ?? 0;
  const judged = n("kept") + n("partly") + n("missed");
  expect(judged).toBeGreaterThan(300);
  expect((n("kept") + n("partly") / 2) / judged).toBeGreaterThan(0.7);
  expect((n("kept") + n("partly") / 2) / judged).toBeLessThan(0.92);
  expect(await count(app, "commitment where outcome is not null and (rep_confirmed_at is null or manager_confirmed_at is null)")).toBe(0);
  expect(await count(app, "commitment where outcome is null and due_on between '2026-11-16' and '2026-11-22'")).toBeGreaterThan(4);
  const overdue = await ask<{ n: number }>(
    app,
    "select count(*) filter (where outcome is null and due_on < '2026-11-18')::int as n from commitment where manager_id in (select person_id from person_role where role = 'manager') group by manager_id",
  );
  expect(overdue.some(({ n: late }) => late > 0)).toBe(true);
  for (const { n: late } of overdue) expect(late).toBeLessThanOrEqual(5);
});

test("a promise is settled in a later one-on-one of the same two, and not before it was made", async () => {
  expect(
    await count(
      app,
      "commitment c join meeting m on m.id = c.settled_in where m.rep_id <> c.rep_id or m.manager_id <> c.manager_id or m.state <> 'closed' or m.opened_at < c.created_at",
    ),
  ).toBe(0);
  expect(await count(app, "commitment where outcome_at < created_at or due_on < created_at::date - 1")).toBe(0);
  expect(await count(app, "commitment c where not exists (select 1 from commitment_words w where w.commitment_id = c.id)")).toBe(0);
  expect(
    await count(
      app,
      "meeting m where state = 'closed' and not exists (select 1 from commitment c where c.meeting_id = m.id) and not exists (select 1 from meeting_reason r where r.meeting_id = m.id and r.what = 'closed without commitment')",
    ),
  ).toBe(0);
  expect(
    await count(
      app,
      "commitment c join opportunity o on o.id = c.opportunity_id where o.owner_id <> c.rep_id or o.created_at > c.created_at",
    ),
  ).toBe(0);
});

test("reps stated numbers beside which the true ones of that moment stand", async () => {
  const figures = await ask<{
    meeting_id: string;
    rep_id: string;
    month: string;
    measure: "month_result" | "year_result";
    actual: string | null;
    actual_at: Date;
  }>(
    app,
    `select f.meeting_id, p.rep_id, a.words as month, f.measure, f.actual, f.actual_at from preparation_figure f
       join preparation p on p.meeting_id = f.meeting_id join preparation_answer a on a.meeting_id = f.meeting_id and a.question = 'month'
     where f.actual_at is not null order by md5(f.meeting_id::text || f.measure) limit 30`,
  );
  expect(figures).toHaveLength(30);
  for (const { rep_id, month, measure, actual, actual_at } of figures) {
    const ctx = await ctxOfPerson(app, { id: rep_id, orgId });
    const then = await ctx.tx((db) => actualFigures(db, { orgId, repId: rep_id, month, at: actual_at }));
    expect(actual === null ? null : Number(actual), `${measure} of ${month}`).toBe(then[measure]);
  }
});

test("both sides bring points, the reps at least half of them", async () => {
  const [points] = await ask<{ reps: number; managers: number }>(
    app,
    "select count(*) filter (where p.added_by = m.rep_id)::int as reps, count(*) filter (where p.added_by <> m.rep_id)::int as managers from point p join meeting m on m.id = p.meeting_id",
  );
  expect(points?.reps).toBeGreaterThan(points?.managers ?? 0);
  expect(points?.managers).toBeGreaterThan(100);
});

test("a next step is kept where months were missed in a row", async () => {
  expect(await count(app, "next_step where months_missed > 1")).toBeGreaterThan(0);
});

test("sentences differ, and none has a hole in it", async () => {
  const words = await ask<{ words: string }>(
    app,
    "select words from commitment_words union all select words from point union all select words from entry union all select words from note_text union all select words from next_step union all select words from listed_opportunity where words <> '' union all select reason from meeting_reason union all select words from preparation_answer",
  );
  expect(words.length).toBeGreaterThan(2000);
  expect(words.filter((row) => /undefined|null|NaN|[{}]|lorem|\s{2}|\[object/i.test(row.words))).toEqual([]);
  expect(words.filter((row) => /\p{Extended_Pictographic}/u.test(row.words))).toEqual([]);
  expect(new Set(words.map((row) => row.words)).size).toBeGreaterThan(800);
});

test("a leader counts the promises below and reads none of their words", async () => {
  const leader = (await everybody(app)).find(({ role }) => role === "leader");
  if (!leader) throw new Error("no leader");
  const ctx = await ctxOfPerson(app, leader);
  const theirs = held.find(({ manager_id }) => manager_id !== leader.id);
  const seen = await ctx.tx(async (db) => ({
    commitments: (await db.selectFrom("commitment").select("id").where("manager_id", "<>", leader.id).execute()).length,
    words: (
      await db
        .selectFrom("commitment_words")
        .select("commitment_id")
        .where("manager_id", "<>", leader.id)
        .where("rep_id", "<>", leader.id)
        .execute()
    ).length,
    notes: (
      await db
        .selectFrom("note_text")
        .innerJoin("note_doc", "note_doc.id", "note_text.doc_id")
        .select("doc_id")
        .where("meeting_id", "=", theirs?.id ?? "")
        .execute()
    ).length,
    found: (await db.selectFrom("record_text").select("meeting_id").where("manager_id", "<>", leader.id).execute()).length,
    summary: (
      await db
        .selectFrom("summary")
        .select("words")
        .where("meeting_id", "=", theirs?.id ?? "")
        .execute()
    ).length,
    entries: (
      await db
        .selectFrom("entry")
        .select("words")
        .where("meeting_id", "=", theirs?.id ?? "")
        .execute()
    ).length,
  }));
  expect(seen.commitments).toBeGreaterThan(100);
  expect(seen).toMatchObject({ words: 0, notes: 0, found: 0, summary: 0, entries: 0 });
});
