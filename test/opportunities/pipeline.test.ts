import { describe, expect, test } from "vitest";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

const read = async (path: string, as: Ctx) => {
  const response = await app.request(path, { as });
  return { status: response.status, words: wordsOf(await response.text()) };
};
/** The table alone: above it a few deals are picked out to talk about. */
const table = (words: string) => words.slice(words.indexOf("Stage claimed"));
const ids = async (company: { orgId: string }, name: string) =>
  (await app.database.ownerPool.query("select id from opportunity where org_id = $1 and name = $2", [company.orgId, name])).rows[0]
    .id as string;
const deal = (owner: Ctx, name: string, amount: number, more: Partial<Step> = {}): { steps: [Step] } => ({
  steps: [{ at: "2026-01-05T12:00:00Z", owner, name, amount, stage: "Engaging", close_on: "2026-04-01", ...more }],
});

/** A leader over two managers; one with Rico and Rita, one with Otto. */
async function makeTree() {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { name: "Lea Leader", roles: ["leader"] });
  const mara = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const milo = await makePerson(app, company, { name: "Milo Manager", roles: ["manager"], manager: leader });
  const rico = await makePerson(app, company, { name: "Rico Rep", manager: mara });
  const rita = await makePerson(app, company, { name: "Rita Rep", manager: mara });
  const otto = await makePerson(app, company, { name: "Otto Rep", manager: milo });
  await makeHistories(app, company, [
    deal(rico, "Isdom", 100_000),
    deal(rita, "Sonron", 200_000, { stage: "Prospecting" }),
    deal(otto, "Zoomit", 400_000),
  ]);
  return { company, leader, mara, milo, rico, rita, otto };
}

describe("whose pipeline one sees", () => {
  test("a rep sees their own, a manager the team's, a leader totals by manager and then each team", async () => {
    const { leader, mara, rico } = await makeTree();
    const own = (await read("/pipeline", rico)).words;
    expect(own).toContain("1 open opportunity, $1,000, now.");
    expect(own).not.toContain("Sonron");
    const team = (await read("/pipeline", mara)).words;
    expect(team).toContain("2 open opportunities, $3,000, now.");
    expect(team).toMatch(/Sonron Rita Rep Prospecting \$2,000/);
    expect(team).not.toContain("Zoomit");
    const all = (await read("/pipeline", leader)).words;
    expect(all).toContain("3 open opportunities, $7,000, now.");
    expect(all).toMatch(/Mara Manager 2 2 0 \$3,000 Milo Manager 1 1 0 \$4,000/);
    expect(all).not.toContain("Isdom");
    expect((await read(`/pipeline?manager=${mara.viewer.personId}`, leader)).words).toContain("Isdom");
  });

  test("a manager picks one rep; another manager's rep is not there", async () => {
    const { mara, rico, otto } = await makeTree();
    const { words } = await read(`/pipeline?rep=${rico.viewer.personId}`, mara);
    expect(words).toContain("Pipeline: Rico Rep");
    expect(words).not.toContain("Sonron");
    expect((await read(`/pipeline?rep=${otto.viewer.personId}`, mara)).status).toBe(404);
    expect((await read(`/pipeline?rep=nobody`, mara)).status).toBe(404);
  });

  test("a leader who opens a rep's pipeline or deal is written down; the manager is not", async () => {
    const { company, leader, mara, rico } = await makeTree();
    const rep = rico.viewer.personId;
    const isdom = await ids(company, "Isdom");
    for (const path of [`/pipeline?rep=${rep}`, `/opportunities/${isdom}`]) {
      await read(path, mara);
      await read(path, leader);
    }
    const { rows } = await app.database.ownerPool.query(
      "select reader_id, what from reading where org_id = $1 and person_id = $2 order by what",
      [company.orgId, rep],
    );
    expect(rows).toEqual([
      { reader_id: leader.viewer.personId, what: "opportunity" },
      { reader_id: leader.viewer.personId, what: "pipeline" },
    ]);
  });
});

describe("the pipeline of a past day", () => {
  test("is what was known at the end of that day", async () => {
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [
      {
        steps: [
          { at: "2026-01-05T12:00:00Z", owner: rep, name: "Isdom", amount: 100_000, stage: "Engaging" },
          { at: "2026-02-10T12:00:00Z", stage: "Won" },
        ],
      },
      { steps: [{ at: "2026-02-20T12:00:00Z", owner: rep, name: "Later", amount: 100_000 }] },
    ]);
    const past = (await read("/pipeline?asOf=2026-02-09", rep)).words;
    expect(past).toContain("1 open opportunity, $1,000, on 9 February 2026.");
    expect(past).toContain("Isdom");
    expect(past).not.toContain("Later");
    expect((await read("/pipeline?asOf=2026-02-10", rep)).words).toContain("Nothing was open on 10 February 2026");
    expect((await read("/pipeline", rep)).words).toContain("Later");
  });

  test("a day that does not exist, or is still to come, is said to be so", async () => {
    const { rep } = await makePair(app);
    expect(await read("/pipeline?asOf=2026-02-30", rep)).toMatchObject({
      status: 422,
      words: expect.stringContaining("That day does not exist."),
    });
    expect(await read("/pipeline?asOf=2027-01-01", rep)).toMatchObject({ status: 422, words: expect.stringContaining("still to come") });
    expect((await read("/pipeline?asOf=%27--", rep)).status).toBe(422);
  });
});

describe("the list", () => {
  test("what was found for the next pages is kept only until a deal is written", async () => {
    const { company, rep } = await makePair(app);
    const sixty = Array.from({ length: 60 }, (_, n) => deal(rep, `Deal ${String(n).padStart(2, "0")}%`, 1000));
    await makeHistories(app, company, sixty);
    const order = async (query: string) =>
      [...table((await read(`/pipeline?sort=name&${query}`, rep)).words).matchAll(/Deal (\d\d)%/g)].map(([, n]) => Number(n));
    expect((await order("page=1")).slice(0, 2)).toEqual([0, 1]);
    expect((await order("page=2")).slice(0, 2)).toEqual([50, 51]);
    await app.database.ownerPool.query("update opportunity set name = 'Deal 99%' where id = $1", [await ids(company, "Deal 00%")]);
    expect((await order("page=1")).slice(0, 2)).toEqual([1, 2]);
    expect((await order("page=2")).at(-1)).toBe(99);
  });

  test("sorts by each column, filters by stage and words, and pages by fifty", async () => {
    const { company, rep } = await makePair(app);
    await makeHistories(
      app,
      company,
      Array.from({ length: 60 }, (_, n) =>
        deal(rep, `Deal ${String(n).padStart(2, "0")}%`, n * 1000, { stage: n < 3 ? "Prospecting" : "Engaging" }),
      ),
    );
    const order = async (query: string) =>
      [...table((await read(`/pipeline?${query}`, rep)).words).matchAll(/Deal (\d\d)%/g)].map(([, n]) => Number(n));
    expect((await order("")).slice(0, 2)).toEqual([59, 58]);
    expect(await order("page=2")).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect((await order("sort=name")).slice(0, 2)).toEqual([0, 1]);
    expect((await order("sort=name&dir=desc"))[0]).toBe(59);
    const stage = (await app.database.ownerPool.query("select id from stage where org_id = $1 and name = 'Prospecting'", [company.orgId]))
      .rows[0].id;
    expect(await order(`stage=${stage}`)).toEqual([2, 1, 0]);
    expect(await order("q=07%25")).toEqual([7]);
    expect(await order("q=%25%25")).toEqual([]);
    for (const sort of ["account", "rep", "stage", "close", "slips", "age", "next", "changed", "nonsense"])
      expect((await order(`sort=${sort}`)).length).toBe(50);
    for (const odd of ["page=-1", "page=999", "stage=x", "dir=up", `q=${"x".repeat(300)}`])
      expect((await read(`/pipeline?${odd}`, rep)).status).toBe(200);
  });

  test("exports what was asked for, with formulas made harmless", async () => {
    const { mara, company, rico } = await makeTree();
    await makeHistories(app, company, [deal(rico, "=cmd|' /C calc'!A0", 1)]);
    const response = await app.request(`/pipeline.csv?rep=${rico.viewer.personId}`, { as: mara });
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/csv");
    expect(text.trim().split("\r\n")).toHaveLength(3);
    expect(text).toContain("'=cmd|");
    expect(text).toContain("Rico Rep,Isdom,,,Engaging,,,,,1000,USD,no,2026-04-01");
  });

  test("a leader's export holds every deal below", async () => {
    const { leader } = await makeTree();
    expect((await (await app.request("/pipeline.csv", { as: leader })).text()).trim().split("\r\n")).toHaveLength(4);
  });
});

describe("one opportunity", () => {
  test("shows what it is and everything that happened to it with its day", async () => {
    const { company, manager, rep } = await makePair(app);
    await makeHistories(app, company, [
      {
        steps: [
          { at: "2026-01-05T12:00:00Z", owner: rep, name: "Isdom", amount: 100_000, stage: "Prospecting", close_on: "2026-03-31" },
          { at: "2026-02-10T12:00:00Z", stage: "Engaging", amount: 250_000, close_on: "2026-04-30" },
        ],
      },
    ]);
    const { words } = await read(`/opportunities/${await ids(company, "Isdom")}`, manager);
    expect(words).toMatch(/10 February 2026 12:00 Amount from \$1,000 to \$2,500/);
    expect(words).toMatch(/Close date from 31 March 2026 to 30 April 2026 , 30 days later/);
    expect(words).toMatch(/Stage from Prospecting to Engaging/);
    expect(words).toMatch(/5 January 2026 12:00 Created .*Owner: Rico Rep/);
    expect(words).toContain("slipped once, 30 days in all");
    expect(words).toContain("Expected to close 30 Apr");
  });

  test("is not there for another rep, an admin, or a wrong address", async () => {
    const { company, rita, rico } = await makeTree();
    const isdom = await ids(company, "Isdom");
    const admin = await makePerson(app, company, { roles: ["admin"] });
    expect((await read(`/opportunities/${isdom}`, rico)).status).toBe(200);
    expect((await read(`/opportunities/${isdom}`, rita)).status).toBe(404);
    expect((await read(`/opportunities/${isdom}`, admin)).status).toBe(404);
    expect((await read("/opportunities/1", rico)).status).toBe(404);
  });
});

test("deals in two currencies are added up apart", async () => {
  const { company, rep } = await makePair(app);
  await makeHistories(app, company, [deal(rep, "Isdom", 100_000), deal(rep, "Sonron", 200_000)]);
  await asActor(app, "import", company.orgId, (db) =>
    db.updateTable("opportunity").set({ currency: "EUR" }).where("name", "=", "Sonron").where("org_id", "=", company.orgId).execute(),
  );
  expect((await read("/pipeline", rep)).words).toContain("2 open opportunities, $1,000 and €2,000");
  expect((await read("/pipeline?q=Isd%00om", rep)).status, "a NUL is no character of any name").toBe(200);
});
