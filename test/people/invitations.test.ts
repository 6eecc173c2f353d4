import { beforeEach, expect, test } from "vitest";
import { connectAsOwner } from "../../src/platform/database.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { cookieOf, forgetTries, giveAccount, password, signIn, wordsOf } from "./sign-in-as.ts";

const app = await makeTestApp();
beforeEach(async () => {
  await forgetTries(app);
  app.setNow("2026-03-02T09:00:00Z");
});

async function makeAdmin(): Promise<{ company: Company; admin: Ctx; rep: Ctx }> {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const manager = await makePerson(app, company, { roles: ["manager"] });
  return { company, admin, rep: await makePerson(app, company, { name: "Rico Rep", manager }) };
}

/** Invites as the admin does, and opens the link where the admin finds it. */
async function invite(admin: Ctx, person: Ctx): Promise<string> {
  const made = await app.request(`/people/${person.viewer.personId}/invite`, { as: admin, form: {} });
  const page = await (await app.request(made.headers.get("location") ?? "", { as: admin })).text();
  return /\/invitation\/[\w-]+/.exec(page)?.[0] ?? "no link";
}

const accept = (link: string, chosen = password) => app.request(link, { form: { password: chosen, again: chosen } });

test("an invited person chooses a password, is signed in, and the link is used up", async () => {
  const { admin, rep } = await makeAdmin();
  const link = await invite(admin, rep);
  expect(await wordsOf(await app.request(link))).toContain("Acme invites you to Kept");
  const taken = await accept(link);
  expect(taken.status).toBe(303);
  expect(await wordsOf(await app.request("/account", { as: cookieOf(taken) }))).toContain("Rico Rep at Acme");
  expect((await accept(link, "another password")).status).toBe(409);
  expect(await wordsOf(await app.request(link))).toContain("has been used");
});

test("the same link twice at the same moment makes one account with one password", async () => {
  const { admin, rep } = await makeAdmin();
  const link = await invite(admin, rep);
  const statuses = (await Promise.all([accept(link), accept(link)])).map(({ status }) => status).toSorted();
  expect(statuses).toEqual([303, 409]);
});

test("a short password, or two that differ, is said at its field and uses nothing up", async () => {
  const { admin, rep } = await makeAdmin();
  const link = await invite(admin, rep);
  const short = await accept(link, "short");
  expect(short.status).toBe(422);
  expect(await wordsOf(short)).toContain("This is too short: at least 10 characters");
  const differ = await app.request(link, { form: { password, again: "something else" } });
  expect(await wordsOf(differ)).toContain("not the same");
  expect((await accept(link)).status).toBe(303);
});

test("a newer invitation ends the older one", async () => {
  const { admin, rep } = await makeAdmin();
  const older = await invite(admin, rep);
  const newer = await invite(admin, rep);
  expect((await accept(older)).status).toBe(404);
  expect((await accept(newer)).status).toBe(303);
});

test("after fourteen days a link has ended", async () => {
  const { admin, rep } = await makeAdmin();
  const link = await invite(admin, rep);
  app.setNow("2026-03-16T08:59:00Z");
  expect((await app.request(link)).status).toBe(200);
  app.setNow("2026-03-16T09:00:00Z");
  expect(await wordsOf(await app.request(link))).toContain("has ended");
});

test("a forgotten password: a new invitation lets choose another and ends the open sessions", async () => {
  const { admin, rep } = await makeAdmin();
  const first = cookieOf(await accept(await invite(admin, rep)));
  const link = await invite(admin, rep);
  expect((await accept(link, "a new password 1")).status).toBe(303);
  expect((await app.request("/account", { as: first })).status).toBe(303);
  const { email } = await app.database.auth
    .selectFrom("person")
    .select("email")
    .where("id", "=", rep.viewer.personId)
    .executeTakeFirstOrThrow();
  expect((await signIn(app, email ?? "")).status).toBe(422);
  expect((await signIn(app, email ?? "", "a new password 1")).status).toBe(303);
  expect(await wordsOf(await app.request("/sign-in"))).toContain("Ask your admin to invite you again");
});

test("an admin of one organisation cannot take over an account of another by inviting its address", async () => {
  const theirs = await makeAdmin();
  const address = await giveAccount(app, theirs.rep);
  const { company, admin } = await makeAdmin();
  const bait = await makePerson(app, company, { email: address, name: "Bait" });
  const link = await invite(admin, bait);
  expect(await wordsOf(await app.request(link))).toContain("you have an account already");
  expect((await accept(link, "chosen by attacker")).status).toBe(422);
  expect((await signIn(app, address)).status, "the real password still works").toBe(303);
  expect((await signIn(app, address, "chosen by attacker")).status).toBe(422);
  const joined = await app.request(link, { form: { password } });
  expect(joined.status, "whoever knows the password joins").toBe(303);
  expect(await wordsOf(await app.request("/account", { as: cookieOf(joined) }))).toContain("Your organisations");
});

test("guessing the password of an account through an invitation is limited like the sign-in", async () => {
  const theirs = await makeAdmin();
  const address = await giveAccount(app, theirs.rep);
  const { company, admin } = await makeAdmin();
  const link = await invite(admin, await makePerson(app, company, { email: address }));
  for (let i = 0; i < 10; i++) await app.request(link, { form: { password: `guess ${i}` } });
  const refused = await app.request(link, { form: { password } });
  expect(refused.status).toBe(422);
  expect(await wordsOf(refused)).toContain("Too many tries");
});

test("the outbox says plainly that nothing was sent, opens invitations, and keeps a pair's mail closed", async () => {
  const { admin, rep } = await makeAdmin();
  const made = await app.request(`/people/${rep.viewer.personId}/invite`, { as: admin, form: {} });
  const outbox = await wordsOf(await app.request("/outbox", { as: admin }));
  expect(outbox).toContain("Nothing here was sent: no mail server is set");
  expect(outbox).toContain("Rico Rep");
  expect((await app.request(made.headers.get("location") ?? "", { as: admin })).status).toBe(200);
  for (const path of ["/outbox", made.headers.get("location") ?? ""]) expect((await app.request(path, { as: rep })).status).toBe(404);
  await connectAsOwner(app.database.url, (client) =>
    client.query(
      "insert into mail (org_id, id, to_id, purpose, subject, created_at) values ($1, '00000000-0000-7000-8000-00000000aaaa', $2, 'summary', 'Your one-on-one', now())",
      [admin.viewer.orgId, rep.viewer.personId],
    ),
  );
  expect((await app.request("/outbox/00000000-0000-7000-8000-00000000aaaa", { as: admin })).status).toBe(404);
});

test("inviting everybody leaves out whoever has an account, a running invitation, no address, or has left", async () => {
  const { company, admin, rep } = await makeAdmin();
  await giveAccount(app, rep);
  const invited = await makePerson(app, company, { name: "Invited Already" });
  await invite(admin, invited);
  const gone = await makePerson(app, company, { name: "Gone" });
  const silent = await makePerson(app, company, { name: "No Address" });
  await connectAsOwner(app.database.url, async (client) => {
    await client.query("update person set left_on = '2026-01-01' where id = $1", [gone.viewer.personId]);
    await client.query("update person set email = null where id = $1", [silent.viewer.personId]);
  });
  await makePerson(app, company, { name: "Not Yet Invited" });
  await app.request("/people/invite", { as: admin, form: {} });
  const mail = await admin.tx((db) => db.selectFrom("mail").innerJoin("person", "person.id", "mail.to_id").select("person.name").execute());
  expect(mail.map(({ name }) => name)).toEqual(expect.arrayContaining(["Invited Already", "Not Yet Invited"]));
  for (const name of ["Gone", "No Address", "Rico Rep", "Ada Admin"]) expect(mail.map((one) => one.name)).not.toContain(name);
  const before = mail.length;
  await app.request("/people/invite", { as: admin, form: {} });
  expect(await admin.tx((db) => db.selectFrom("mail").select("id").execute())).toHaveLength(before);
});

test("only an admin invites, and the sample company invites nobody", async () => {
  const { company, admin, rep } = await makeAdmin();
  expect((await app.request(`/people/${rep.viewer.personId}/invite`, { as: rep, form: {} })).status).toBe(404);
  expect((await app.request("/people/invite", { as: rep, form: {} })).status).toBe(404);
  await connectAsOwner(app.database.url, (client) =>
    client.query("update organisation set is_sample = true where org_id = $1", [company.orgId]),
  );
  await app.request(`/people/${rep.viewer.personId}/invite`, { as: admin, form: {} });
  await app.request("/people/invite", { as: admin, form: {} });
  expect(await admin.tx((db) => db.selectFrom("mail").select("id").execute())).toEqual([]);
});

test("nobody of the sample company comes into a real one through an address typed there", async () => {
  const real = await makeAdmin();
  const address = await giveAccount(app, real.admin);
  const sample = await makeAdmin();
  await connectAsOwner(app.database.url, async (client) => {
    await client.query("update organisation set is_sample = true where org_id = $1", [sample.company.orgId]);
    await client.query("update person set email = $2 where id = $1", [sample.rep.viewer.personId, address]);
  });
  const opened = await app.request("/sign-in/sample", { form: { person: sample.rep.viewer.personId } });
  const me = cookieOf(opened);
  expect(opened.status).toBe(303);
  expect((await app.request("/account/organisation", { as: me, form: { organisation: real.company.orgId } })).status).toBe(404);
  expect(await wordsOf(await app.request("/account", { as: me }))).not.toContain("Your organisations");
});

test("a made-up token tells nothing", async () => {
  expect((await app.request("/invitation/abc")).status).toBe(404);
  expect((await app.request(`/invitation/${"a".repeat(5000)}`)).status).toBe(404);
  expect((await app.request("/invitation/%00")).status).toBe(404);
});
