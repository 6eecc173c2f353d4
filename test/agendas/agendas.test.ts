import { expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const pageOf = async (path: string, as: Ctx, status = 200): Promise<string> => {
  const response = await app.request(path, { as });
  expect(response.status).toBe(status);
  return response.text();
};

interface Section {
  title: string;
  minutes?: string;
  focus?: string;
  panel?: string;
  prompts?: string;
}

const promises: Section = { title: "Last promises", minutes: "2", focus: "past", panel: "commitments", prompts: "What became of it?" };
const deals: Section = {
  title: "Deals",
  minutes: "20",
  focus: "present",
  panel: "opportunities",
  prompts: "What moved?\n\n  What next?  ",
};
const next: Section = { title: "Next", minutes: "8", focus: "future", panel: "wrap_up", prompts: "What else?" };

/** The form of the page as a browser sends it: the same names once for every section. */
function formOf(sections: readonly Section[], values: Record<string, string> = {}): string {
  const fields: [string, string][] = Object.entries({
    id: newId(),
    base: "1",
    name: "Deal strategy",
    purpose: "The deals in hand.",
    cadence: "weekly",
    minutes: "45",
    ...values,
  });
  for (const { title, minutes = "5", focus = "present", panel = "none", prompts = "" } of sections)
    fields.push(["title", title], ["section_minutes", minutes], ["focus", focus], ["panel", panel], ["prompts", prompts]);
  return new URLSearchParams(fields).toString();
}

const send = (path: string, as: Ctx, body: string) =>
  app.request(path, { as, method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } });

const versionsIn = (ctx: Ctx, slug = "deal-strategy") =>
  ctx.tx((db) =>
    db
      .selectFrom("agenda as a")
      .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "a.org_id").onRef("k.id", "=", "a.kind_id"))
      .innerJoin("section as s", (on) => on.onRef("s.org_id", "=", "a.org_id").onRef("s.agenda_id", "=", "a.id"))
      .select(["a.version", "s.title", "s.minutes"])
      .where("k.slug", "=", slug)
      .orderBy("a.version")
      .orderBy("s.position")
      .execute(),
  );

async function makeOffice() {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  return { company, manager, rep, admin };
}

test("everybody reads the kinds: purpose, how often, how long, and how the time divides", async () => {
  const { rep } = await makeOffice();
  const list = await pageOf("/agendas", rep);
  for (const words of ["Results review", "Deal strategy", "Skill coaching", "All-round monthly", "Weekly hour"])
    expect(list).toContain(words);
  expect(list).toContain("Past 7 % · present 62 % · future 31 %");
  expect(list).not.toContain("Add a kind");
  const one = await pageOf("/agendas/deal-strategy", rep);
  expect(one).toContain("45 of 45 minutes planned.");
  expect(one).toContain("What has the customer agreed to do next?");
  expect(one).not.toContain("/agendas/deal-strategy/edit");
});

test("nobody but an admin changes one, whatever they send", async () => {
  const { manager, rep } = await makeOffice();
  for (const as of [manager, rep]) {
    await pageOf("/agendas/deal-strategy/edit", as, 404);
    await pageOf("/agendas/new", as, 404);
    for (const path of ["/agendas/deal-strategy", "/agendas/deal-strategy/arrange", "/agendas/deal-strategy/retire", "/agendas"])
      expect((await send(path, as, formOf([promises, deals, next]))).status).toBe(404);
  }
  expect(new Set((await versionsIn(manager)).map(({ version }) => version))).toEqual(new Set([1]));
});

test("saving makes the next version: a planned one-on-one takes it, one that was opened keeps its own", async () => {
  const { company, manager, rep, admin } = await makeOffice();
  const opened = await makeMeeting(app, company, manager, rep);
  const planned = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-09T09:00:00Z" });
  await openMeeting(manager, opened);
  const saved = await send("/agendas/deal-strategy", admin, formOf([promises, deals, next], { minutes: "30", cadence: "every 2 weeks" }));
  expect([saved.status, saved.headers.get("location")]).toEqual([303, "/agendas/deal-strategy"]);
  const versions = await versionsIn(admin);
  expect(versions.filter(({ version }) => version === 2).map(({ title, minutes }) => `${title} ${minutes}`)).toEqual([
    "Last promises 2",
    "Deals 20",
    "Next 8",
  ]);
  const page = await pageOf("/agendas/deal-strategy", rep);
  expect(page).toContain("30 of 30 minutes planned.");
  expect(page).toContain("Every 2 weeks");
  expect(page).toContain("What next?");
  expect(await pageOf(`/meetings/${planned}/room`, manager)).toContain("<b>Deals</b>");
  expect(await pageOf(`/meetings/${opened}/room`, manager)).toContain("Deals in motion");
  const old = await pageOf("/agendas/deal-strategy?version=1", rep);
  expect(old).toContain("Deals in motion");
  expect(old).toContain("This is version 1.");
  await pageOf("/agendas/deal-strategy?version=9", rep, 404);
});

test("sending the form twice makes one version, and saving without a change makes none", async () => {
  const { admin } = await makeOffice();
  const body = formOf([promises, deals, next]);
  expect((await send("/agendas/deal-strategy", admin, body)).status).toBe(303);
  expect((await send("/agendas/deal-strategy", admin, body)).status).toBe(303);
  expect((await send("/agendas/deal-strategy", admin, formOf([promises, deals, next], { base: "2", name: "Deals" }))).status).toBe(303);
  expect(Math.max(...(await versionsIn(admin)).map(({ version }) => version))).toBe(2);
  expect(await pageOf("/agendas/deal-strategy", admin)).toContain("<h1>Deals</h1>");
});

test("of two who change the same agenda the second is told, and keeps what they typed", async () => {
  const { admin } = await makeOffice();
  expect((await send("/agendas/deal-strategy", admin, formOf([promises, next]))).status).toBe(303);
  const mine = await send("/agendas/deal-strategy", admin, formOf([promises, { ...deals, title: "My own section" }, next]));
  expect(mine.status).toBe(409);
  const page = await mine.text();
  expect(page).toContain("My own section");
  expect(page).toContain("Somebody saved version 2");
  expect(page).toContain('name="base" value="2"');
});

test("sections move up and down, come and go, without script and before anything is saved", async () => {
  const { admin } = await makeOffice();
  const titlesAfter = async (what: string): Promise<string[]> => {
    const body = `${formOf([promises, deals, next])}&${new URLSearchParams({ what }).toString()}`;
    const response = await send("/agendas/deal-strategy/arrange", admin, body);
    expect(response.status).toBe(200);
    return [...(await response.text()).matchAll(/id="title-\d+" name="title" value="([^"]*)"/g)].map(([, title = ""]) => title);
  };
  expect(await titlesAfter("up 2")).toEqual(["Last promises", "Next", "Deals"]);
  expect(await titlesAfter("down 0")).toEqual(["Deals", "Last promises", "Next"]);
  expect(await titlesAfter("remove 1")).toEqual(["Last promises", "Next"]);
  expect(await titlesAfter("add")).toEqual(["Last promises", "Deals", "Next", ""]);
  for (const nonsense of ["up 0", "down 2", "remove 77", "up -1", "x", ""])
    expect(await titlesAfter(nonsense)).toEqual(["Last promises", "Deals", "Next"]);
  expect(Math.max(...(await versionsIn(admin)).map(({ version }) => version))).toBe(1);
});

test("what cannot be is said at its field, and everything typed stays", async () => {
  const { admin } = await makeOffice();
  const wrong = [
    { ...promises, minutes: "2.5" },
    { ...deals, focus: "yesterday", panel: "nowhere" },
    { ...next, title: "last promises", prompts: "x".repeat(501) },
    { title: "", minutes: "0" },
  ];
  const response = await send("/agendas/deal-strategy", admin, formOf(wrong, { name: " ", purpose: "y".repeat(501), minutes: "" }));
  expect(response.status).toBe(422);
  const page = await response.text();
  for (const words of [
    "Give it a name.",
    "longer than 500 characters",
    "Give whole minutes, 5 to 480.",
    "Give whole minutes, 1 to 240.",
    "Choose past, present or future.",
    "Choose what stands beside it.",
    "Another section has this name already.",
    "A question has 500 characters at most.",
    "Give the section a name.",
  ])
    expect(page).toContain(words);
  expect(page).toContain('value="2.5"');
  expect((await send("/agendas/deal-strategy", admin, formOf([]))).status).toBe(422);
  expect((await send("/agendas/deal-strategy", admin, formOf(Array.from({ length: 21 }, (_, n) => ({ title: `S${n}` }))))).status).toBe(
    422,
  );
  expect((await send("/agendas/deal-strategy", admin, "")).status).toBe(422);
  expect(Math.max(...(await versionsIn(admin)).map(({ version }) => version))).toBe(1);
});

test("an agenda that overruns, looks back too long or promises nothing says so", async () => {
  const { admin, rep } = await makeOffice();
  await send("/agendas/deal-strategy", admin, formOf([{ ...promises, minutes: "10", panel: "none" }, deals], { minutes: "25" }));
  const page = await pageOf("/agendas/deal-strategy", rep);
  expect(page).toContain("30 minutes planned in a one-on-one of 25: 5 minutes too many.");
  expect(page).toContain("33 % of the time looks back.");
  expect(page).toContain("No section shows the last promises.");
  expect(page).toContain("No section makes promises.");
});

test("a new kind begins with another's agenda and can be chosen for a series at once; a retired one cannot", async () => {
  const { admin, manager } = await makeOffice();
  const form = {
    id: newId(),
    name: "Québec “start” 30",
    purpose: "First weeks.",
    cadence: "monthly",
    minutes: "30",
    like: "skill-coaching",
  };
  const first = await app.request("/agendas", { as: admin, form });
  expect([first.status, first.headers.get("location")]).toEqual([303, "/agendas/quebec-start-30/edit"]);
  const again = await app.request("/agendas", { as: admin, form });
  expect(again.headers.get("location")).toBe("/agendas/quebec-start-30/edit");
  const other = await app.request("/agendas", { as: admin, form: { ...form, id: newId() } });
  expect(other.headers.get("location")).toBe("/agendas/quebec-start-30-2/edit");
  expect(await pageOf("/agendas/quebec-start-30", manager)).toContain("Once a month");
  expect(await pageOf("/agendas/quebec-start-30", manager)).toContain("What I saw");
  expect(await pageOf("/series/new", manager)).toContain("kind=quebec-start-30");
  expect((await app.request("/agendas/quebec-start-30/retire", { as: admin, form: { retired: "yes" } })).status).toBe(303);
  expect(await pageOf("/series/new", manager)).not.toContain('kind=quebec-start-30"');
  expect(await pageOf("/agendas", manager)).toContain("retired");
  const wrong = await app.request("/agendas", { as: admin, form: { ...form, id: newId(), name: "" } });
  expect(wrong.status).toBe(422);
  expect((await app.request("/agendas", { as: admin, form: { ...form, id: newId(), like: "nothing-like-it" } })).status).toBe(404);
  expect((await app.request("/agendas", { as: admin, form: { ...form, id: newId(), name: "新しい" } })).headers.get("location")).toBe(
    "/agendas/kind/edit",
  );
});

test("another company's agendas are not here", async () => {
  const { admin } = await makeOffice();
  await app.request("/agendas", {
    as: admin,
    form: { id: newId(), name: "Ours alone", purpose: "Ours.", cadence: "weekly", minutes: "30", like: "weekly-hour" },
  });
  const stranger = await makePerson(app, await makeCompany(app), { roles: ["admin"] });
  await pageOf("/agendas/ours-alone", stranger, 404);
  expect(await pageOf("/agendas", stranger)).not.toContain("Ours alone");
});
