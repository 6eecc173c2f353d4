import { expect, test } from "vitest";
import { layOutMail } from "../../src/mail/lay-out-mail.ts";
import { type MailToQueue, queueMail } from "../../src/mail/queue-mail.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const agendaFor = (ctx: Ctx): MailToQueue => ({
  to: ctx.viewer.personId,
  purpose: "agenda",
  subject: "Agenda for Tuesday",
  words: "Three points.\n\n- one\n- two",
});

const bodiesSeenBy = (ctx: Ctx) => ctx.tx((db) => db.selectFrom("mail_body").select(["words", "html"]).execute());
const headersSeenBy = (ctx: Ctx) => ctx.tx((db) => db.selectFrom("mail").select(["subject", "address", "sent_at"]).execute());

test("a mail exists when the change that causes it does, and not otherwise", async () => {
  const { manager, rep } = await makePair(app);
  await expect(
    manager.tx(async (db) => {
      await queueMail(db, manager, agendaFor(rep));
      throw new Error("the change failed");
    }),
  ).rejects.toThrow("the change failed");
  expect(await headersSeenBy(rep)).toEqual([]);
  await manager.tx((db) => queueMail(db, manager, agendaFor(rep)));
  expect(await headersSeenBy(rep)).toMatchObject([{ subject: "Agenda for Tuesday", sent_at: null }]);
});

test("only the recipient reads what a mail says; an admin sees that it exists", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  await manager.tx((db) => queueMail(db, manager, agendaFor(rep)));
  expect(await bodiesSeenBy(rep)).toMatchObject([{ words: expect.stringContaining("Three points.") }]);
  expect(await bodiesSeenBy(manager)).toEqual([]);
  expect(await bodiesSeenBy(admin)).toEqual([]);
  expect(await headersSeenBy(admin)).toMatchObject([{ subject: "Agenda for Tuesday" }]);
});

test("nobody gets a mail about their own act, but both get the summary", async () => {
  const { manager } = await makePair(app);
  expect(await manager.tx((db) => queueMail(db, manager, agendaFor(manager)))).toBeNull();
  expect(await manager.tx((db) => queueMail(db, manager, { ...agendaFor(manager), purpose: "summary" }))).not.toBeNull();
});

test("the same mail queued twice is one mail", async () => {
  const { manager, rep } = await makePair(app);
  const mail = { ...agendaFor(rep), id: newId() };
  for (let i = 0; i < 2; i++) await manager.tx((db) => queueMail(db, manager, mail));
  expect(await headersSeenBy(rep)).toHaveLength(1);
});

test("a job queues mail for its organisation", async () => {
  const { company, rep } = await makePair(app);
  const by = { orgId: company.orgId, clock: app.clock, env: app.env };
  await asActor(app, "job", company.orgId, (db) => queueMail(db, by, agendaFor(rep)));
  expect(await headersSeenBy(rep)).toHaveLength(1);
});

test("somebody without a mail address or who has left is not written to", async () => {
  const { company, manager, rep } = await makePair(app);
  const gone = await makePerson(app, company, { manager });
  await asActor(app, "set-up", company.orgId, async (db) => {
    await db.updateTable("person").set({ email: null }).where("id", "=", rep.viewer.personId).execute();
    await db.updateTable("person").set({ left_on: "2026-03-01" }).where("id", "=", gone.viewer.personId).execute();
  });
  for (const person of [rep, gone]) expect(await manager.tx((db) => queueMail(db, manager, agendaFor(person)))).toBeNull();
});

test("words alone are laid out as a page with whole links", async () => {
  const { manager, rep } = await makePair(app);
  await manager.tx((db) => queueMail(db, manager, { ...agendaFor(rep), link: { href: "/week", words: "Your week" } }));
  const [body] = await bodiesSeenBy(rep);
  expect(body?.html).toContain('<a href="http://localhost:3000/week"');
  expect(body?.html).toContain("<li");
  expect(body?.words).toContain("Your week:\nhttp://localhost:3000/week");
});

test("what people type cannot become part of the page of a mail", () => {
  const { html, words } = layOutMail({
    title: "<script>alert(1)</script>",
    blocks: [{ p: 'a < b & "c"' }, { list: ["<img src=x>"] }, { quote: "</p><b>" }, { h: "<i>" }],
    action: { href: 'http://localhost/"onclick="x', words: "<b>go</b>" },
    why: "<u>",
  });
  expect(html).not.toMatch(/<(script|img|b|i|u)[ >]/);
  expect(html).not.toContain('"onclick="x"');
  expect(words).toContain('a < b & "c"');
  expect(html).not.toContain("<table");
});
