import { beforeEach, expect, test } from "vitest";
import { queueMail } from "../../src/mail/queue-mail.ts";
import { retryMail } from "../../src/mail/retry-mail.ts";
import { sendWaitingMail } from "../../src/mail/send-waiting-mail.ts";
import { connectAsOwner } from "../../src/platform/database.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { startMailServer } from "./mail-server.ts";

const server = await startMailServer();
const app = await makeTestApp({ SMTP_URL: server.url, MAIL_FROM: "Kept <kept@acme.test>" });
const start = new Date("2026-03-02T09:00:00Z");

beforeEach(async () => {
  await connectAsOwner(app.database.url, (client) => client.query("delete from mail"));
  server.received.length = 0;
  server.refuses.clear();
  server.busy = false;
  app.setNow(start);
});

const write = (by: Ctx, to: Ctx, subject = "Agenda for Tuesday") =>
  by.tx((db) => queueMail(db, by, { to: to.viewer.personId, purpose: "agenda", subject, words: `For ${to.viewer.name}.` }));
const headers = (orgId: string) =>
  asActor(app, "job", orgId, (db) => db.selectFrom("mail").selectAll().where("org_id", "=", orgId).orderBy("created_at").execute());
const later = (minutes: number) => app.setNow(new Date(app.clock.now().getTime() + minutes * 60_000));

test("a waiting mail goes out once, with words and page, from the set address", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await write(manager, rep);
  expect(await sendWaitingMail(app)).toBe(1);
  expect(await sendWaitingMail(app)).toBe(0);
  expect(server.received).toHaveLength(1);
  const [mail] = server.received;
  expect(mail).toMatchObject({ from: "kept@acme.test", subject: "Agenda for Tuesday", messageId: `<${id}@acme.test>` });
  expect(mail?.raw).toContain("For Rico Rep.");
  expect(mail?.raw).toContain("text/html");
  expect(await headers(company.orgId)).toMatchObject([{ sent_at: start, attempts: 1, problem: null }]);
});

test("two processes at once send each mail once", async () => {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"] });
  const reps = [];
  for (let i = 0; i < 12; i++) reps.push(await makePerson(app, company, { manager }));
  for (const rep of reps) await write(manager, rep);
  const sent = await Promise.all([sendWaitingMail(app), sendWaitingMail(app), sendWaitingMail(app)]);
  expect(sent.reduce((a, b) => a + b)).toBe(12);
  expect(new Set(server.received.flatMap(({ to }) => to)).size).toBe(12);
  expect(server.received).toHaveLength(12);
});

test("a mail put off is tried again later as the same mail", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await write(manager, rep);
  server.busy = true;
  expect(await sendWaitingMail(app)).toBe(0);
  expect(await headers(company.orgId)).toMatchObject([{ sent_at: null, attempts: 1, problem: expect.stringContaining("try later") }]);
  server.busy = false;
  expect(await sendWaitingMail(app), "not before its time").toBe(0);
  later(3);
  expect(await sendWaitingMail(app)).toBe(1);
  expect(server.received[0]?.messageId).toBe(`<${id}@acme.test>`);
  expect(await headers(company.orgId)).toMatchObject([{ attempts: 2, problem: null }]);
});

test("after five tries it is given up, until an admin asks again", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const id = await write(manager, rep);
  server.busy = true;
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    await sendWaitingMail(app);
    const [mail] = await headers(company.orgId);
    if (mail?.attempts === i + 1) waits.push((mail.next_try_at?.getTime() ?? 0) - app.clock.now().getTime());
    later(361);
  }
  expect(await headers(company.orgId)).toMatchObject([{ attempts: 5, sent_at: null }]);
  expect(waits.slice(0, 4)).toEqual(waits.slice(0, 4).toSorted((a, b) => a - b));
  server.busy = false;
  expect(await sendWaitingMail(app)).toBe(0);
  await retryMail(admin, id ?? "");
  expect(await sendWaitingMail(app)).toBe(1);
});

test("an address that is refused for good holds up nobody else", async () => {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { manager, email: "other@acme.test" });
  const gone = await makePerson(app, company, { manager, email: "gone@acme.test" });
  server.refuses.add("gone@acme.test");
  for (const person of [gone, other, rep]) await write(manager, person);
  expect(await sendWaitingMail(app)).toBe(2);
  const refused = (await headers(company.orgId)).find(({ to_id }) => to_id === gone.viewer.personId);
  expect(refused).toMatchObject({ attempts: 5, sent_at: null, problem: expect.stringContaining("no such mailbox") });
});

test("when the server is away, one mail finds out and the others wait untouched", async () => {
  const { company, manager, rep } = await makePair(app);
  for (let i = 0; i < 3; i++) await write(manager, rep, `Mail ${i}`);
  const away = { ...app, env: { ...app.env, smtpUrl: "smtp://127.0.0.1:9" } };
  expect(await sendWaitingMail(away)).toBe(0);
  expect((await headers(company.orgId)).map(({ attempts }) => attempts).toSorted()).toEqual([0, 0, 1]);
});

test("without a mail server nothing is sent and nothing is counted as a try", async () => {
  const { company, manager, rep } = await makePair(app);
  await write(manager, rep);
  expect(await sendWaitingMail({ ...app, env: { ...app.env, smtpUrl: undefined } })).toBe(0);
  expect(await headers(company.orgId)).toMatchObject([{ attempts: 0, sent_at: null }]);
});

test("an agenda of last week is not sent when a mail server is set at last", async () => {
  const { manager, rep } = await makePair(app);
  await write(manager, rep);
  later(4 * 24 * 60);
  expect(await sendWaitingMail(app)).toBe(0);
});

test("made-up people of a sample company get no mail, nor does anybody who has left meanwhile", async () => {
  const { company, manager, rep } = await makePair(app);
  await write(manager, rep);
  await connectAsOwner(app.database.url, (client) =>
    client.query("update organisation set is_sample = true where org_id = $1", [company.orgId]),
  );
  const second = await makePair(app);
  await write(second.manager, second.rep);
  await connectAsOwner(app.database.url, (client) =>
    client.query("update person set left_on = '2026-03-02' where id = $1", [second.rep.viewer.personId]),
  );
  expect(await sendWaitingMail(app)).toBe(0);
  expect(server.received).toEqual([]);
});

test("a line break in a name or subject adds no header", async () => {
  const { manager, rep } = await makePair(app);
  await write(manager, rep, "Agenda\r\nBcc: thief@example.com");
  expect(await sendWaitingMail(app)).toBe(1);
  expect(server.received[0]?.to).toHaveLength(1);
  expect(server.received[0]?.raw.split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/im);
});
