import { describe, expect, test } from "vitest";
import { newId } from "../../src/platform/new-id.ts";
import { makeTestApp } from "../support/test-app.ts";
import { insertOf, keysOf, mayDo, refusalOf } from "./try.ts";
import { makeWorld, type Target, type Viewer } from "./world.ts";

const app = await makeTestApp();
const world = await makeWorld(app);
const keys = await keysOf(app);
const viewer = (name: string) => world.viewers[name] as Viewer;
const target = (name: string) => world.targets.find((one) => one.name === name) as Target;
const idOf = (who: string) => world.ours.people[who]?.viewer.personId ?? "";

const change = (who: string, name: string, columns: string, values: unknown[]) => {
  const { table, row } = target(name);
  const key = keys.get(table) ?? [];
  const where = key.map((column, i) => `${column} = $${values.length + i + 1}`).join(" and ");
  return refusalOf(app, viewer(who), `update ${table} set ${columns} where ${where}`, [...values, ...key.map((column) => row[column])]);
};

const plant = async (who: string, name: string, columns: Record<string, unknown>) => {
  const { table, row } = target(name);
  const { text, values } = insertOf(table, { ...row, ...("id" in row ? { id: newId() } : {}), ...columns });
  return refusalOf(app, viewer(who), text, values);
};

describe("a row stays with whom and what it is about", () => {
  const moves: [who: string, name: string, column: string, to: () => unknown][] = [
    ["manager", "series", "rep_id", () => idOf("peer")],
    ["manager", "meeting", "rep_id", () => idOf("peer")],
    ["manager", "meeting", "manager_id", () => idOf("otherManager")],
    ["coCoach", "meeting", "manager_id", () => idOf("coCoach")],
    ["rep", "meeting", "co_coach_id", () => idOf("otherManager")],
    ["manager", "point", "added_by", () => idOf("manager")],
    ["rep", "point", "meeting_id", () => world.ours.ids.earlier],
    ["manager", "point", "words", () => "rewritten"],
    ["rep", "preparation", "rep_id", () => idOf("peer")],
    ["manager", "preparation", "submitted_at", () => null],
    ["rep", "preparation_figure", "meeting_id", () => world.ours.ids.earlier],
    ["manager", "entry", "by_id", () => idOf("manager")],
    ["manager", "entry", "words", () => "rewritten"],
    ["manager", "next_step", "words", () => "rewritten"],
    ["manager", "section_timing", "started_by", () => idOf("manager")],
    ["manager", "commitment", "rep_id", () => idOf("peer")],
    ["manager", "commitment", "manager_id", () => idOf("otherManager")],
    ["manager", "commitment", "created_by", () => idOf("manager")],
    ["manager", "commitment_words", "co_coach_id", () => idOf("otherManager")],
    ["manager", "time_off", "person_id", () => idOf("peer")],
    ["rep", "api_token", "person_id", () => idOf("manager")],
    ["rep", "person", "experience", () => "new"],
    ["rep", "person", "left_on", () => "2030-01-01"],
  ];
  test.each(moves)("%s cannot change %s.%s", async (who, name, column, to) => {
    expect(await change(who, name, `${column} = $1`, [to()])).toMatch(/^(42501|KE00[23])$/);
  });

  test("no row can be moved to another organisation", async () => {
    for (const one of world.targets.filter(({ row }) => "org_id" in row))
      for (const who of ["rep", "manager", "admin", "import", "job", "setUp"])
        expect(await change(who, one.name, "org_id = $1", [world.theirs.company.orgId])).toMatch(/^(42501|KE00[123]|nothing)$/);
  });

  test("an admin cannot tie an account to somebody else", async () => {
    expect(await change("admin", "person", "user_id = $1", ["someone"])).toBe("42501");
  });
});

describe("nobody speaks for somebody else", () => {
  const written = world.targets.filter(({ author, table }) => author && !["api_token", "time_off"].includes(table));
  const others = ["rep", "manager", "coCoach", "leader", "peer", "admin", "job", "import"];

  test.each(written)("a $name cannot be written in another's name", async ({ table, row, author = [] }) => {
    for (const who of others) {
      const me = viewer(who);
      const somebody = me.person === idOf("rep") ? idOf("manager") : idOf("rep");
      const { text, values } = insertOf(table, { ...row, ...("id" in row ? { id: newId() } : {}), [author[0] as string]: somebody });
      expect({ who, answer: await refusalOf(app, me, text, values) }).toMatchObject({
        who,
        answer: expect.stringMatching(/^(42501|KE003)$/),
      });
    }
  });

  test("each side confirms a commitment for itself alone", async () => {
    const now = new Date("2026-03-02T09:00:00Z");
    expect(await change("manager", "commitment", "rep_confirmed_at = $1", [now])).toBe("KE003");
    expect(await change("coCoach", "commitment", "rep_confirmed_at = $1", [now])).toBe("KE003");
    expect(await change("rep", "commitment", "manager_confirmed_at = $1", [now])).toBe("KE003");
    expect(await change("rep", "commitment", "rep_confirmed_at = $1", [now])).toBe("done");
    expect(await change("manager", "commitment", "manager_confirmed_at = $1", [now])).toBe("done");
    const { row } = target("commitment");
    const { text, values } = insertOf("commitment", { ...row, id: newId(), created_by: idOf("manager"), rep_confirmed_at: now });
    expect(await refusalOf(app, viewer("manager"), text, values)).toBe("KE003");
  });

  test("what one side changes, the other has to confirm again", async () => {
    const { row } = target("commitment");
    const ctx = world.ours.people;
    const at = new Date("2026-03-02T09:00:00Z");
    const confirmed = async () =>
      (await app.database.ownerPool.query("select rep_confirmed_at, manager_confirmed_at from commitment where id = $1", [row.id])).rows[0];
    const confirm = async () => {
      await ctx.rep?.tx((db) => db.updateTable("commitment").set({ rep_confirmed_at: at }).where("id", "=", String(row.id)).execute());
      await ctx.manager?.tx((db) =>
        db.updateTable("commitment").set({ manager_confirmed_at: at }).where("id", "=", String(row.id)).execute(),
      );
    };
    await confirm();
    await ctx.manager?.tx((db) => db.updateTable("commitment").set({ due_on: "2026-04-01" }).where("id", "=", String(row.id)).execute());
    expect(await confirmed()).toEqual({ rep_confirmed_at: null, manager_confirmed_at: at });
    await confirm();
    await ctx.rep?.tx((db) =>
      db.updateTable("commitment_words").set({ words: "something else" }).where("commitment_id", "=", String(row.id)).execute(),
    );
    expect(await confirmed()).toEqual({ rep_confirmed_at: at, manager_confirmed_at: null });
  });

  test("an outcome is signed by whoever says it", async () => {
    const at = new Date("2026-03-02T09:00:00Z");
    expect(await change("manager", "commitment", "outcome = 'kept', outcome_at = $1, outcome_by = $2", [at, idOf("rep")])).toBe("KE003");
    expect(await change("manager", "commitment", "outcome = 'kept', outcome_at = $1, outcome_by = $2", [at, idOf("manager")])).toBe("done");
  });
});

describe("nothing can be planted with a pair it does not belong to", () => {
  test("a commitment and its words are of the pair of the meeting", async () => {
    expect(await plant("rep", "commitment", { rep_id: idOf("rep"), manager_id: idOf("otherManager") })).toBe("KE003");
    expect(await plant("peer", "commitment_words", { commitment_id: target("commitment").row.id, rep_id: idOf("peer") })).toMatch(
      /^(42501|KE003)$/,
    );
  });

  test("the words to search are of the pair of the meeting", async () => {
    expect(await plant("rep", "record_text", { part_id: "new", manager_id: idOf("otherManager") })).toBe("KE003");
    expect(await plant("rep", "record_text", { part_id: "new", part: "private note", owner_id: idOf("manager") })).toBe("42501");
  });

  test("a manager plans one-on-ones with their own reps only", async () => {
    const slot = { rep_id: idOf("handedOver"), occurrence_on: "2026-06-01", series_id: null };
    expect(await plant("manager", "meeting: planned", slot)).toBe("42501");
    expect(await plant("manager", "series", { rep_id: idOf("handedOver") })).toBe("42501");
    expect(await plant("manager", "meeting: planned", { ...slot, rep_id: idOf("peer") })).toBe("done");
  });

  test("a confirmation link is for one of the pair", async () => {
    expect(await plant("manager", "access_link: confirmation", { token_hash: newId(), person_id: idOf("leader") })).toBe("42501");
    expect(await plant("manager", "access_link: confirmation", { token_hash: newId() })).toBe("done");
  });

  test("ids of another organisation are refused by the foreign keys", async () => {
    const foreign = world.theirs.people.rep?.viewer.personId;
    expect(await plant("setUp", "opportunity", { external_id: newId(), owner_id: foreign })).toBe("23503");
    expect(await plant("setUp", "point", { meeting_id: world.theirs.ids.meeting })).toBe("23503");
    expect(await plant("setUp", "meeting: planned", { rep_id: foreign, occurrence_on: "2026-06-01" })).toBe("23503");
    expect(await plant("import", "opportunity", { external_id: newId(), stage_id: world.theirs.ids.stage })).toBe("23503");
  });
});

describe("the manager sees a preparation's content once it is handed in", () => {
  test("and not before", async () => {
    const { row } = target("preparation");
    const handIn = (at: Date | null) =>
      app.database.ownerPool.query("update preparation set submitted_at = $1 where meeting_id = $2", [at, row.meeting_id]);
    const seen = async (who: string, name: string) => mayDo(app, viewer(who), "select", target(name), keys);
    await handIn(null);
    for (const name of ["preparation_figure", "preparation_answer"]) {
      expect(await seen("rep", name)).toBe(true);
      expect(await seen("manager", name)).toBe(false);
      expect(await seen("coCoach", name)).toBe(false);
    }
    expect(await seen("manager", "preparation")).toBe(true);
    await handIn(new Date());
    for (const name of ["preparation_figure", "preparation_answer"]) expect(await seen("manager", name)).toBe(true);
  });
});

describe("once a meeting is closed", () => {
  test("its record is locked for everybody; only remarks, search words and outcomes are added", async () => {
    const { row } = target("meeting");
    await app.database.ownerPool.query("update meeting set state = 'closed', closed_at = $1 where id = $2", [new Date(), row.id]);
    const content = world.targets.filter(
      ({ row: one, table }) => one.meeting_id === row.id && !["access_link", "meeting_reason", "summary", "record_text"].includes(table),
    );
    expect(content.length).toBeGreaterThan(12);
    for (const one of [target("meeting"), ...content])
      for (const who of ["rep", "manager", "coCoach", "leader", "admin", "job"]) {
        const may = { insert: false, update: false, delete: false };
        if (one.name !== "meeting") may.insert = await mayDo(app, viewer(who), "insert", one, keys);
        may.update = await mayDo(app, viewer(who), "update", one, keys);
        may.delete = await mayDo(app, viewer(who), "delete", one, keys);
        const inPair = ["rep", "manager", "coCoach"].includes(who);
        const expected = { insert: one.name === "remark" && inPair, update: one.name === "commitment" && inPair, delete: false };
        expect({ name: one.name, who, may }).toEqual({ name: one.name, who, may: expected });
      }
    expect(await change("manager", "meeting", "state = 'open'", [])).toBe("nothing");
    expect(await change("rep", "commitment", "due_on = $1", ["2027-01-01"])).toBe("KE001");
    expect(await change("rep", "commitment_words", "words = $1", ["something easier"])).toBe("KE001");
    expect(await change("rep", "commitment_words", "outcome_words = $1", ["it went well"])).toBe("done");
  });
});
