import { expect, test } from "vitest";
import { agendaOf } from "../../src/domain/agendas/agenda-queries.ts";
import { pointsOf } from "../../src/domain/points/point-queries.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

async function makeTable() {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep);
  const path = `/meetings/${meeting}/points`;
  const add = (as: Ctx, words: string, more: Record<string, string> = {}) =>
    app.request(path, { as, form: { id: newId(), words, section: "", ...more } });
  const read = (as: Ctx) => as.tx((db) => pointsOf(db, meeting));
  return { company, manager, rep, meeting, path, add, read };
}

test("both add points, for a part of the agenda or in general, and see whose they are", async () => {
  const { company, manager, rep, path, add, read } = await makeTable();
  const agenda = await rep.tx((db) => agendaOf(db, company.orgId, { agendaId: null, kindId: company.kinds.get("deal-strategy") ?? "" }));
  await add(rep, "Territory swap");
  await add(rep, "Bundles", { section: agenda.sections[2]?.id ?? "" });
  await add(manager, "Holiday cover");
  expect((await read(manager)).map(({ words, addedByName }) => [words, addedByName])).toEqual([
    ["Territory swap", "Rico Rep"],
    ["Bundles", "Rico Rep"],
    ["Holiday cover", "Mara Manager"],
  ]);
  const page = await (await app.request(path, { as: manager })).text();
  expect(wordsOf(page)).toContain("67 % from Rico, 33 % from Mara.");
  expect(page).toContain("New opportunities");
  expect(page).not.toContain("More than half");
});

test("more than half from the manager is said quietly", async () => {
  const { manager, rep, path, add } = await makeTable();
  await add(manager, "One");
  await add(manager, "Two");
  await add(rep, "Three");
  expect(await (await app.request(path, { as: rep })).text()).toContain("More than half are the manager’s");
});

test("sent twice it is one point", async () => {
  const { rep, add, read } = await makeTable();
  const id = newId();
  await add(rep, "Territory swap", { id });
  await add(rep, "Territory swap", { id });
  expect(await read(rep)).toHaveLength(1);
});

test("an empty or endless point is refused with what was typed kept", async () => {
  const { rep, add, read } = await makeTable();
  expect((await add(rep, "   ")).status).toBe(422);
  const long = await add(rep, "x".repeat(2001));
  expect(long.status).toBe(422);
  expect(await long.text()).toContain("x".repeat(2001));
  expect(await read(rep)).toEqual([]);
});

test("one takes back one's own points, not the other's", async () => {
  const { manager, rep, path, add, read } = await makeTable();
  await add(rep, "Territory swap");
  const [point] = await read(rep);
  await app.request(`${path}/${point?.id}/withdraw`, { as: manager, form: {} });
  expect(await read(rep)).toHaveLength(1);
  await app.request(`${path}/${point?.id}/withdraw`, { as: rep, form: {} });
  expect(await read(rep)).toEqual([]);
});

test("a part of another agenda is refused, and somebody outside the pair finds nothing", async () => {
  const { company, rep, path, add } = await makeTable();
  const other = await rep.tx((db) => agendaOf(db, company.orgId, { agendaId: null, kindId: company.kinds.get("weekly-hour") ?? "" }));
  expect((await add(rep, "Bundles", { section: other.sections[0]?.id ?? "" })).status).toBe(404);
  const peer = await makePerson(app, company);
  expect((await add(peer, "Hello")).status).toBe(404);
  expect((await app.request(path, { as: peer })).status).toBe(404);
});
