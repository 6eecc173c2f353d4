import { beforeEach, expect, test } from "vitest";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { cookieOf, forgetTries, giveAccount, password, signIn, wordsOf } from "./sign-in-as.ts";

const app = await makeTestApp();
beforeEach(() => forgetTries(app));

test("the right password opens the door, a wrong one says so and keeps the address typed", async () => {
  const { rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  const right = await signIn(app, email.toUpperCase());
  expect(right.status).toBe(303);
  expect((await app.request("/account", { as: cookieOf(right) })).status).toBe(200);
  const wrong = await signIn(app, email, "not the password");
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain(`value="${email}"`);
});

test("whoever signs in comes to a page of ours, wherever a link wanted to lead them", async () => {
  const { rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  const leadsTo = async (next: string) => (await app.request("/sign-in", { form: { email, password, next } })).headers.get("location");
  expect(await leadsTo("/series?of=mine")).toBe("/series?of=mine");
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n//evil.example", "week", ""])
    expect([next, await leadsTo(next)]).toEqual([next, "/"]);
});

test("the eleventh try within a minute is refused even with the right password", async () => {
  const { rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  for (let i = 0; i < 10; i++) expect((await signIn(app, email, `guess number ${i}`)).status).toBe(422);
  const refused = await signIn(app, email);
  expect(refused.status).toBe(422);
  expect(refused.headers.getSetCookie().join()).not.toContain("session_token");
  expect(await wordsOf(refused)).toContain("Too many tries");
  await app.database.auth
    .updateTable("auth_rate_limit")
    .set({ lastRequest: Date.now() - 61_000 })
    .execute();
  expect((await signIn(app, email)).status, "a minute later").toBe(303);
});

test("a session that is revoked is out at once", async () => {
  const { rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  const [here, there] = [cookieOf(await signIn(app, email)), cookieOf(await signIn(app, email))];
  const page = await (await app.request("/account", { as: here })).text();
  const ends = [...page.matchAll(/\/account\/sessions\/([\w-]+)\/end"/g)].map(([, id]) => id);
  expect(ends).toHaveLength(2);
  await app.request("/account/sessions/end-others", { as: here, form: {} });
  expect((await app.request("/account", { as: there })).status).toBe(303);
  expect((await app.request("/account", { as: here })).status).toBe(200);
  const own = await app.request("/account", { as: here });
  const id = /\/account\/sessions\/([\w-]+)\/end"/.exec(await own.text())?.[1];
  await app.request(`/account/sessions/${id}/end`, { as: here, form: {} });
  expect((await app.request("/account", { as: here })).status).toBe(303);
});

test("nobody ends another person's session", async () => {
  const { manager, rep } = await makePair(app);
  const victim = cookieOf(await signIn(app, await giveAccount(app, rep)));
  const attacker = cookieOf(await signIn(app, await giveAccount(app, manager)));
  const { id } = await app.database.auth
    .selectFrom("auth_session")
    .select("id")
    .where("token", "=", decodeURIComponent(victim.cookie).split("=")[1]?.split(".")[0] ?? "")
    .executeTakeFirstOrThrow();
  await app.request(`/account/sessions/${id}/end`, { as: attacker, form: {} });
  expect((await app.request("/account", { as: victim })).status).toBe(200);
});

test("somebody who has left is out, and cannot sign in again", async () => {
  const { company, rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  const before = cookieOf(await signIn(app, email));
  await asActor(app, "set-up", company.orgId, (db) =>
    db.updateTable("person").set({ left_on: "2026-03-02" }).where("id", "=", rep.viewer.personId).execute(),
  );
  expect((await app.request("/account", { as: before })).status).toBe(303);
  const again = await signIn(app, email);
  expect(again.status).toBe(422);
  expect(again.headers.getSetCookie().join()).not.toContain("session_token=ey");
  expect(cookieOf(again).cookie).not.toContain("session_token");
});

test("one account in two organisations starts in the first and may switch", async () => {
  const first = await makeCompany(app, { name: "First Ltd" });
  const second = await makeCompany(app, { name: "Second Ltd" });
  const one = await makePerson(app, first, { email: "two@places.test" });
  const other = await makePerson(app, second, { email: "two@places.test", name: "Two Places" });
  await giveAccount(app, one);
  const { user_id } = await app.database.auth
    .selectFrom("person")
    .select("user_id")
    .where("id", "=", one.viewer.personId)
    .executeTakeFirstOrThrow();
  await app.signIn.tie(second.orgId, other.viewer.personId, user_id ?? "");
  const me = cookieOf(await signIn(app, "two@places.test"));
  expect(await wordsOf(await app.request("/account", { as: me }))).toMatch(/First Ltd, where you are now.*Go to Second Ltd/);
  expect((await app.request("/account/organisation", { as: me, form: { organisation: second.orgId } })).status).toBe(303);
  expect(await wordsOf(await app.request("/account", { as: me }))).toMatch(/Second Ltd, where you are now/);
  const stranger = await makeCompany(app, { name: "Third Ltd" });
  expect((await app.request("/account/organisation", { as: me, form: { organisation: stranger.orgId } })).status).toBe(404);
});

test("the password changes only for whoever knows the present one, and every other session ends", async () => {
  const { rep } = await makePair(app);
  const email = await giveAccount(app, rep);
  const [here, there] = [cookieOf(await signIn(app, email)), cookieOf(await signIn(app, email))];
  const change = (form: Record<string, string>) => app.request("/account/password", { as: here, form });
  expect(await wordsOf(await change({ current: "wrong one here", password: "another 12345", again: "another 12345" }))).toContain(
    "not your present password",
  );
  expect(await wordsOf(await change({ current: password, password: "another 12345", again: "another 1234x" }))).toContain("not the same");
  expect(await wordsOf(await change({ current: password, password: "short", again: "short" }))).toContain(
    "This is too short: at least 10 characters",
  );
  expect((await change({ current: password, password: "another 12345", again: "another 12345" })).status).toBe(303);
  expect((await app.request("/account", { as: here })).status).toBe(200);
  expect((await app.request("/account", { as: there })).status).toBe(303);
  expect((await signIn(app, email)).status).toBe(422);
  expect((await signIn(app, email, "another 12345")).status).toBe(303);
});

test("name and time zone are one's own to change; a zone that does not exist is refused and what was typed stays", async () => {
  const { rep } = await makePair(app);
  expect((await app.request("/account", { as: rep, form: { name: "Rico Renamed", time_zone: "Europe/Berlin" } })).status).toBe(303);
  const bad = await app.request("/account", { as: rep, form: { name: "Rico <b>", time_zone: "Mars/Base" } });
  expect(bad.status).toBe(422);
  const html = await bad.text();
  expect(html).toContain("Choose a time zone");
  expect(html).toContain('value="Rico &lt;b&gt;"');
});
