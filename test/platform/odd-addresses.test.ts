import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newId } from "../../src/platform/new-id.ts";
import { makeWorld } from "../privacy/world.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp({ KEPT_DATA: mkdtempSync(join(tmpdir(), "kept-test-odd-")) });
const { ours, theirs } = await makeWorld(app);
const idsOf = ({ ids, people }: typeof ours) => [...Object.values(ids), ...Object.values(people).map(({ viewer }) => viewer.personId)];
const signedIn = (name: string) => {
  const as = ours.people[name];
  if (!as) throw new Error(name);
  return as;
};

const isPage = (path: string) => !/^\/(api|live|assets|metrics|healthz|\*)|^\*/.test(path);
const pathsOf = (method: string) => [
  ...new Set(app.http.routes.filter((route) => route.method === method && isPage(route.path)).map(({ path }) => path)),
];
const filled = (path: string, id: string) => path.replace(/:\w+(\{[^}]+\})?/g, id);

const asked = [
  "q",
  "page",
  "before",
  "after",
  "from",
  "to",
  "person",
  "rep",
  "manager",
  "of",
  "with",
  "version",
  "year",
  "section",
  "asOf",
];
const odd = ["\0", "9".repeat(30), "1e300", "-1", "+275760-09-13", "2026-02-31", "0000-01-01", "' or 1=1 --", "a".repeat(4000), newId()];
const queries = [...odd.map((value) => asked.map((one) => [one, value])), [["q", "\0"]], [["page", "1e300"]]].map((pairs) =>
  String(new URLSearchParams(pairs)),
);

test.each(["rep", "manager", "admin"])("no page breaks for the %s, whatever its address asks for", { timeout: 120_000 }, async (name) => {
  const broken: string[] = [];
  for (const path of pathsOf("GET")) {
    const found: string[] = [];
    for (const id of path.includes(":") ? idsOf(ours) : [""]) {
      const { status } = await app.request(filled(path, id), { as: signedIn(name) });
      if (status >= 500) broken.push(`${path} of ours`);
      if (status === 200) found.push(filled(path, id));
    }
    for (const address of found.slice(0, 1))
      for (const query of queries) {
        const { status } = await app.request(`${address}?${query}`, { as: signedIn(name) });
        if (status >= 500) broken.push(`${path}?${query.slice(0, 40)}`);
      }
  }
  expect(broken).toEqual([]);
});

test.each(["rep", "admin"])("an id that is none, or another organisation's, leads the %s nowhere", { timeout: 120_000 }, async (name) => {
  const wrong: string[] = [];
  for (const path of pathsOf("GET").filter((one) => one.includes(":")))
    for (const id of ["x", "%00", "%ff", newId(), ...idsOf(theirs)]) {
      const { status } = await app.request(filled(path, id), { as: signedIn(name) });
      if (status < 400 || status >= 500) wrong.push(`${path} ${id}: ${status}`);
    }
  expect(wrong).toEqual([]);
});

test("a form without anything in it, sent to what is somebody else's, is answered as if that were not there", async () => {
  const { meeting = "", opportunity = "" } = theirs.ids;
  const { viewer } = theirs.people.manager ?? signedIn("manager");
  for (const path of [
    `/meetings/${meeting}/preparation`,
    `/meetings/${meeting}/preparation/figures`,
    `/meetings/${meeting}/room/stories`,
    `/meetings/${meeting}/room/role-plays/${newId()}`,
    `/opportunities/${opportunity}/story/${viewer.personId}`,
  ]) {
    const { status } = await app.request(path, { as: signedIn("rep"), form: {} });
    expect([path, status]).toEqual([path, 404]);
  }
});

test("words with a sign that cannot be stored are refused in words", async () => {
  const rep = signedIn("rep");
  const answer = await app.request(`/people/${rep.viewer.personId}/aspiration`, { as: rep, form: { id: newId(), words: "a\0b" } });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("cannot be stored");
});
