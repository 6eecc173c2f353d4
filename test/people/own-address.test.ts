import { beforeEach, expect, test } from "vitest";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { claimMail } from "../../src/mail/mail-queries.ts";
import { makeTestApp, type TestApp } from "../support/test-app.ts";
import { cookieOf, forgetTries, giveAccount, password, signIn, wordsOf } from "./sign-in-as.ts";

const app = await makeTestApp();
beforeEach(() => forgetTries(app));
const changeTo = (as: { cookie: string }, email: string, present = password) =>
  app.request("/account/address", { as, form: { email, present } });

test("with the present password one changes one's own mail address, signs in with it, and is signed out elsewhere", async () => {
  const { rep } = await makePair(app);
  const old = await giveAccount(app, rep);
  const [here, elsewhere] = [cookieOf(await signIn(app, old)), cookieOf(await signIn(app, old))];
  expect((await changeTo(here, "New.Rico@Example.com")).headers.get("location")).toBe("/account");
  expect(await wordsOf(await app.request("/account", { as: here }))).toContain("new.rico@example.com");
  expect((await app.request("/account", { as: elsewhere })).headers.get("location")).toContain("/sign-in");
  await forgetTries(app);
  expect((await signIn(app, old)).status).not.toBe(303);
  expect((await signIn(app, "new.rico@example.com")).status).toBe(303);
  const events = await rep.tx((db) => db.selectFrom("event").select(["verb", "noun_id"]).execute());
  expect(events).toContainEqual({ verb: "change the mail address of", noun_id: rep.viewer.personId });
});

const noticesTo = async (app: TestApp, personId: string) =>
  (
    await app.database.ownerPool.query(
      "select m.address, m.subject, b.words from mail m join mail_body b on b.mail_id = m.id where m.to_id = $1 and m.purpose = 'address' order by m.created_at, m.id",
      [personId],
    )
  ).rows as { address: string; subject: string; words: string }[];

test("the old address and the new one are told of the change, and it waits in the outbox where no mail server is set", async () => {
  const { company, rep } = await makePair(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const old = await giveAccount(app, rep);
  const cookie = cookieOf(await signIn(app, old));
  await changeTo(cookie, "rico.moved@example.com");
  const notices = await noticesTo(app, rep.viewer.personId);
  expect(notices.map(({ address }) => address)).toEqual([old, "rico.moved@example.com"]);
  expect(notices[0]?.words).toContain(`from ${old} to rico.moved@example.com, by you, with your password.`);
  expect(notices[0]?.subject, "the outbox shows it to admins").not.toContain("@");
  const outbox = await wordsOf(await app.request("/outbox", { as: admin }));
  expect(outbox).toContain(`${old} Your mail address in Kept was changed Address changed`);
  expect(outbox).toContain("rico.moved@example.com Your mail address");
});

test("a change by an admin is told to both too, is written down, and the same address again is no change", async () => {
  const { company, rep } = await makePair(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const before = (await rep.tx((db) => db.selectFrom("person").select("email").where("id", "=", rep.viewer.personId).executeTakeFirst()))
    ?.email;
  const form = { name: "Rico Rep", email: "rico.by.admin@example.com", roles: "rep", team: "", time_zone: "UTC", experience: "new" };
  for (const email of [form.email, form.email.toUpperCase(), ""])
    expect((await app.request(`/people/${rep.viewer.personId}/edit`, { as: admin, form: { ...form, email } })).status).toBe(303);
  const notices = await noticesTo(app, rep.viewer.personId);
  expect(notices.map(({ address }) => address.toLowerCase())).toEqual([before, form.email, form.email]);
  expect(notices[1]?.words).toContain("by Ada Admin, who is an admin at Acme.");
  expect(notices[2]?.words).toContain("was taken out");
  const events = await admin.tx((db) => db.selectFrom("event").select("verb").where("noun_id", "=", rep.viewer.personId).execute());
  expect(events.filter(({ verb }) => verb === "change the mail address of")).toHaveLength(2);
  expect(await wordsOf(await app.request("/set-up/audit", { as: admin }))).toContain("mail address");
});

test("the notice goes to the address it is for, whatever address the person has by then", async () => {
  const { rep } = await makePair(app);
  const old = await giveAccount(app, rep);
  await changeTo(cookieOf(await signIn(app, old)), "rico.claimed@example.com");
  const claimed = [await claimMail(app, rep.viewer.orgId), await claimMail(app, rep.viewer.orgId)];
  expect(claimed.map((mail) => mail?.address)).toEqual([old, "rico.claimed@example.com"]);
});

test.each([
  ["", password, "This is not a mail address."],
  ["rico@example", password, "This is not a mail address."],
  ["rico.new@example.com", "", "Write your present password."],
  ["rico.new@example.com", "not it at all", "That is not your present password."],
])("what cannot be is said at its field and changes nothing: %s", async (email, present, message) => {
  const { rep } = await makePair(app);
  const old = await giveAccount(app, rep);
  const response = await changeTo(cookieOf(await signIn(app, old)), email, present);
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(html).toContain(message);
  expect(html).toContain(`value="${email}"`);
  expect((await app.database.auth.selectFrom("auth_user").select("email").where("email", "=", old).execute()).length).toBe(1);
});

test("an address of somebody here, or of an account of another organisation, cannot be taken", async () => {
  const { company, rep } = await makePair(app);
  const cookie = cookieOf(await signIn(app, await giveAccount(app, rep)));
  await makePerson(app, company, { email: "taken@example.com" });
  const stranger = await makePerson(app, await makeCompany(app), { email: "stranger@example.com" });
  await giveAccount(app, stranger);
  expect(await wordsOf(await changeTo(cookie, "TAKEN@example.com"))).toContain("This mail address cannot be taken.");
  expect(await wordsOf(await changeTo(cookie, "stranger@example.com"))).toContain("This mail address cannot be taken.");
});

test("the table itself refuses another address where no password was given", async () => {
  const { rep } = await makePair(app);
  const change = rep.tx((db) =>
    db.updateTable("person").set({ email: "quiet@example.com" }).where("id", "=", rep.viewer.personId).execute(),
  );
  await expect(change).rejects.toMatchObject({ code: "KE003" });
});

test("without a password of one's own there is nothing to confirm it with", async () => {
  const { rep } = await makePair(app);
  expect(await wordsOf(await app.request("/account", { as: rep }))).toContain("Your admin changes it.");
  const response = await app.request("/account/address", { as: rep, form: { email: "x@example.com", present: "anything" } });
  expect(response.headers.get("location")).toBe("/account");
  const { rows } = await app.database.ownerPool.query("select 1 from person where email = 'x@example.com'");
  expect(rows).toEqual([]);
});
