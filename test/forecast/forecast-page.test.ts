import { describe, expect, test } from "vitest";
import { keepForecasts } from "../../src/domain/period-forecasts/keep-forecasts.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { clientOf } from "../api/api-client.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

const page = async (as: Ctx, path = "/forecast") => (await app.request(path, { as })).text();

/** Leader, two managers, three reps; each rep with one deal of 1,000.00 at 60 % that should close this month. */
async function makeTree(quotas: { anna?: number; each?: number } = {}) {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { name: "Lea Leader", roles: ["leader"] });
  const anna = await makePerson(app, company, { name: "Anna Boss", roles: ["manager"], manager: leader });
  const zoe = await makePerson(app, company, { name: "Zoe Boss", roles: ["manager"], manager: leader });
  const reps = [
    await makePerson(app, company, { name: "Rico Rep", manager: anna }),
    await makePerson(app, company, { name: "Ada Rep", manager: anna }),
    await makePerson(app, company, { name: "Bo Rep", manager: zoe }),
  ];
  await makeProcess(app, company, { stages: [{ stage: "Engaging", verifiers: ["agreed"], probability: 60 }] });
  await makeHistories(
    app,
    company,
    reps.map((owner) => ({
      steps: [{ at: "2026-01-10T00:00:00Z", owner, stage: "Engaging", amount: 1_000_00, close_on: "2026-03-20" }],
    })),
  );
  const asked = [...reps.map((who) => [who, quotas.each] as const), [anna, quotas.anna] as const].flatMap(([who, amount]) =>
    amount === undefined
      ? []
      : [{ org_id: company.orgId, person_id: who.viewer.personId, month: "2026-03-01", amount_minor: amount, currency: "USD" }],
  );
  if (asked.length > 0) await asActor(app, "set-up", company.orgId, (db) => db.insertInto("quota").values(asked).execute());
  await keepForecasts(app, company.orgId);
  return { company, leader, anna, zoe, reps: reps as [Ctx, Ctx, Ctx] };
}

const give = (as: Ctx, form: Record<string, string>) =>
  app.request("/forecast/word", { as, form: { id: newId(), horizon: "month", likely: "", least: "", most: "", ...form } });

describe("the forecast of a month and a quarter", () => {
  test("rolls up from a leader to each manager to each rep, by name, and down to a rep by links", async () => {
    const { leader, anna, reps } = await makeTree();
    const top = await page(leader);
    expect(wordsOf(top)).toContain("Claimed $1,800");
    expect(top.indexOf("Anna Boss")).toBeLessThan(top.indexOf("Zoe Boss"));
    expect(wordsOf(top)).toMatch(/Anna Boss and 2 \$0 \$1,200 \$1,200/);
    expect(top).toContain(`/forecast?person=${anna.viewer.personId}`);
    const team = await page(leader, `/forecast?person=${anna.viewer.personId}`);
    expect(wordsOf(team)).toContain("Claimed $1,200");
    expect(team.indexOf("Ada Rep")).toBeLessThan(team.indexOf("Rico Rep"));
    expect(wordsOf(await page(leader, `/forecast?person=${reps[0].viewer.personId}`))).toContain("Claimed $600");
  });

  test("does not say that nothing is won before it is worked out", async () => {
    const { rep } = await makePair(app);
    const text = wordsOf(await page(rep));
    expect(text).toContain("Won so far is being worked out");
    expect(text).not.toContain("Won so far $0");
    expect(text).not.toContain("An admin brings the deals in");
  });

  test("counts as won nothing that is dated later than now, whatever the CRM’s file holds already", async () => {
    const { company, rep } = await makePair(app);
    const wonOn = (at: string): { steps: [Step, Step] } => ({
      steps: [
        { at: "2026-02-10T00:00:00Z", owner: rep, stage: "Engaging", amount: 1_000_00, close_on: "2026-03-20" },
        { at, stage: "Won", close_on: at.slice(0, 10) },
      ],
    });
    await makeHistories(app, company, [wonOn("2026-03-01T10:00:00Z"), wonOn("2026-03-20T10:00:00Z")]);
    await keepForecasts(app, company.orgId);
    expect(wordsOf(await page(rep))).toContain("March 2026 Won so far $1,000");
  });

  test("takes no word in another currency for one in the company’s", async () => {
    const { rep } = await makePair(app);
    const answer = await give(rep, { likely: "€40k", most: "50 CHF" });
    expect(answer.status).toBe(422);
    expect((await answer.text()).split("Write the amount in USD.")).toHaveLength(3);
  });

  test("refuses a word below what is won already, one’s own or the team’s", async () => {
    const { company, manager, rep } = await makePair(app);
    const deal = {
      steps: [
        { at: "2026-02-10T00:00:00Z", owner: rep, stage: "Engaging", amount: 35_150_00, close_on: "2026-03-01" },
        { at: "2026-03-01T10:00:00Z", stage: "Won", close_on: "2026-03-01" },
      ] as [Step, Step],
    };
    await makeHistories(app, company, [deal]);
    await keepForecasts(app, company.orgId);
    const answer = await give(rep, { likely: "20k" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(wordsOf(html)).toContain("You have already won $35,150 in March 2026.");
    expect(html).toMatch(/id="month-likely"[^>]*value="20k"[^>]*aria-invalid="true"/);
    expect(await (await give(manager, { likely: "20k", horizon: "quarter" })).text()).toContain(
      "You and your team have already won $35,150 in Q1 2026.",
    );
    const least = await (await give(rep, { likely: "40k", least: "10k" })).text();
    expect(least).toMatch(/id="month-least"[^>]*value="10k"[^>]*aria-invalid="true"/);
    expect((await give(rep, { likely: "35,150" })).status).toBe(303);
  });

  test("refuses in words on a page like any other", async () => {
    const company = await makeCompany(app);
    const admin = await makePerson(app, company, { roles: ["admin"] });
    const response = await app.request("/forecast", { as: admin, headers: { accept: "text/html" } });
    expect(response.status).toBe(403);
    const html = await response.text();
    expect(html).toContain("<main");
    expect(wordsOf(html)).toContain("A forecast is of people who sell");
  });

  test("asks a team for the quota its manager has, and never for that and the reps’ on top", async () => {
    const { leader, anna } = await makeTree({ anna: 3_500_00, each: 2_000_00 });
    expect(wordsOf(await page(anna))).toContain("Won so far $0 , quota $3,500");
    expect(wordsOf(await page(leader))).toContain("Won so far $0 , quota $5,500");
  });

  test("is not shown of anybody beside or above the viewer", async () => {
    const { leader, anna, zoe, reps } = await makeTree();
    for (const [as, of] of [
      [reps[0], reps[1]],
      [anna, zoe],
      [anna, reps[2]],
      [reps[0], leader],
    ] as const)
      expect((await app.request(`/forecast?person=${of.viewer.personId}`, { as })).status).toBe(404);
  });

  test("takes the own word at once, adds words up, and keeps what a manager says of the team apart", async () => {
    const { anna, leader, reps } = await makeTree();
    expect((await give(reps[0], { likely: "800", least: "500", most: "1k" })).status).toBe(303);
    expect(wordsOf(await page(reps[0]))).toContain("Your own word $800 $500 and $1,000");
    expect((await give(anna, { likely: "3k" })).status).toBe(303);
    const team = wordsOf(await page(leader, `/forecast?person=${anna.viewer.personId}`));
    expect(team).toContain("Own word of 1 of 2 people $800");
    expect(team).toContain("own word for the team, of 2 Mar: $3,000.");
    expect(wordsOf(await page(leader))).toContain("Own word of 1 of 3 people $800");
  });

  test("refuses a word that contradicts itself, and keeps what was typed", async () => {
    const { rep } = await makePair(app);
    const answer = await give(rep, { likely: "100", least: "200" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("At least cannot be more than likely.");
    expect(html).toContain('value="200"');
    expect(await (await give(rep, { most: "5" })).text()).toContain("Say your likely figure too.");
  });

  test("says a word of at least nothing with its range, and one bound alone in words", async () => {
    const { rep } = await makePair(app);
    expect((await give(rep, { likely: "5k", least: "0", most: "9k" })).status).toBe(303);
    expect(wordsOf(await page(rep))).toContain("Your own word $5,000 $0 and $9,000");
    expect((await give(rep, { likely: "6k", least: "", most: "9k" })).status).toBe(303);
    expect(wordsOf(await page(rep))).toContain("Your own word $6,000 at most $9,000");
  });

  test("takes words by the organisation’s day, wherever the rep is, and of the period that was on the page", async () => {
    app.setNow("2026-01-31T12:00:00Z");
    const company = await makeCompany(app);
    const far = await makePerson(app, company, { time_zone: "Pacific/Auckland" });
    const shown = await page(far);
    const on = /name="on" value="(2026-01-01)"/.exec(shown)?.[1] ?? "";
    expect((await give(far, { likely: "5000", on })).status).toBe(303);
    expect(wordsOf(await page(far))).toContain("January 2026");
    app.setNow("2026-02-01T00:30:00Z");
    const late = await give(far, { likely: "7000", most: "8k", on });
    expect(late.status).toBe(422);
    const html = await late.text();
    expect(wordsOf(html)).toContain("January 2026 is over: what came is known.");
    expect(html).toContain('value="7000"');
    expect(html).toContain('value="8k"');
    expect(html).toContain('aria-invalid="true"');
    app.setNow("2026-03-02T09:00:00Z");
  });

  test("says what it lacks, and that nobody’s word can be judged yet", async () => {
    const { reps } = await makeTree();
    const html = wordsOf(await page(reps[0]));
    expect(html).toContain("Model not enough history");
    expect(html).toContain("No month is over yet");
    const { company, rep } = await makePair(app);
    expect(wordsOf(await page(rep))).toContain("The first forecast is on its way");
    await makeHistories(app, company, [{ steps: [{ at: "2026-01-10T00:00:00Z", owner: rep, stage: "Engaging", amount: 1_000_00 }] }]);
    await app.database.ownerPool.query("update opportunity set currency = 'CHF' where org_id = $1", [company.orgId]);
    await keepForecasts(app, company.orgId);
    expect(await give(rep, { likely: "900" })).toMatchObject({ status: 303 });
    const lacking = wordsOf(await page(rep));
    expect(lacking).toContain("Claimed no open deal due Verified no open deal due");
    expect(lacking).toContain("There is none yet, or no sales process");
    expect(lacking).toContain("1 deal in CHF has no rate and is left out.");
  });

  test("of a period that has just begun is being worked out, not missing", async () => {
    const { company, reps } = await makeTree();
    expect(wordsOf(await page(reps[0]))).toContain("Model not enough history");
    await app.database.ownerPool.query(
      "update organisation set fiscal_pattern = '4-4-5', fiscal_year_starts_in = 2, fiscal_week_starts = 7 where org_id = $1",
      [company.orgId],
    );
    const words = wordsOf(await page(reps[0]));
    expect(words).toContain("Q1 FY27 Won so far is being worked out");
    expect(words).toContain("Model being worked out");
  });

  test("goes into a spreadsheet", async () => {
    const { leader } = await makeTree();
    const text = await (await app.request("/forecast.csv", { as: leader })).text();
    expect(text).toContain("name,period,currency,won so far,quota,claimed,verified");
    expect(text).toContain("Anna Boss,March 2026,USD,0,,1200,1200,");
    expect(text).toContain("Lea Leader and everybody below,March 2026,USD,0,,1800,1800,");
  });

  test("an admin who sells nothing has none", async () => {
    const { company } = await makePair(app);
    const admin = await makePerson(app, company, { roles: ["admin"] });
    expect((await app.request("/forecast", { as: admin })).status).toBe(403);
  });
});

/** One deal won each month each claimed at 50 % of 1,000.00 on the first. */
async function makeMonths(months: readonly string[]) {
  const { company, rep, manager } = await makePair(app);
  await makeProcess(app, company, { stages: [{ stage: "Engaging", verifiers: ["agreed"], probability: 50 }] });
  await makeHistories(
    app,
    company,
    months.map((month) => ({
      steps: [
        { at: `2025-01-01T00:00:00Z`, owner: rep, stage: "Engaging", amount: 1_000_00, close_on: `${month}-15` },
        { at: `${month}-15T00:00:00Z`, stage: "Won", close_on: `${month}-15` },
      ],
    })),
  );
  await keepForecasts(app, company.orgId);
  return { rep, manager };
}

describe("whose word holds", () => {
  test("is told from six months on, in plain words", async () => {
    const { rep } = await makeMonths(["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]);
    expect(wordsOf(await page(rep))).toContain("Claimed 6 50 % Mostly too low: promises 50 % too little");
  });

  test("cannot be told before", async () => {
    const { rep } = await makeMonths(["2026-01", "2026-02"]);
    expect(wordsOf(await page(rep))).toContain("Cannot tell yet: 2 months, 6 needed");
  });
});

test("programs read the figures of their own tree, and say the own word of their own", async () => {
  const { leader, reps } = await makeTree();
  const rep = await clientOf(app, reps[0]);
  const id = newId();
  const word = { id, horizon: "month", on: "2026-03-05", likelyMinor: 800_00, leastMinor: 500_00 };
  expect((await rep("/own-words", { json: word })).status).toBe(201);
  expect((await rep("/own-words", { json: word })).status).toBe(201);
  expect((await rep("/own-words", { json: { ...word, leastMinor: 900_00 } })).status).toBe(422);
  const said = await rep<{ data: object[] }>("/own-words");
  expect(said.body.data).toMatchObject([{ id, horizon: "month", periodOn: "2026-03-01", likelyMinor: 800_00, mostMinor: null }]);
  const kept = await rep<{ data: { moment: string }[] }>("/period-forecasts?horizon=month");
  expect(kept.body.data.find(({ moment }) => moment === "now")).toMatchObject({
    from: "2026-03-01",
    until: "2026-04-01",
    claimedMinor: 600_00,
  });
  const above = await clientOf(app, leader);
  expect((await above<{ data: object[] }>(`/own-words?personId=${reps[0].viewer.personId}`)).body.data).toHaveLength(1);
  await above(`/period-forecasts?personId=${reps[0].viewer.personId}`);
  await above(`/people/${reps[0].viewer.personId}/targets`);
  const { rows } = await app.database.ownerPool.query("select what from reading where person_id = $1 order by id", [
    reps[0].viewer.personId,
  ]);
  expect(rows, "as on the page, the rep sees who has read").toEqual([{ what: "forecast" }, { what: "forecast" }, { what: "targets" }]);
  expect((await rep(`/own-words?personId=${reps[1].viewer.personId}`)).status).toBe(404);
  expect((await rep<{ data: object[] }>(`/period-forecasts?personId=${reps[1].viewer.personId}`)).body.data).toEqual([]);
});

test("a manager’s word for the team is measured by what the whole team won", async () => {
  const { rep, manager } = await makeMonths(["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]);
  const { orgId, personId } = manager.viewer;
  await asActor(app, "set-up", orgId, (db) =>
    db
      .insertInto("own_word")
      .values(
        ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"].map((month) => ({
          org_id: orgId,
          id: newId(),
          person_id: personId,
          horizon: "month" as const,
          period_on: `${month}-01`,
          likely_minor: 1_200_00,
          currency: "USD",
          said_at: new Date(`${month}-03T09:00:00Z`),
        })),
      )
      .execute(),
  );
  await app.database.ownerPool.query("delete from period_forecast where org_id = $1", [orgId]);
  await app.database.ownerPool.query("delete from forecast_state where org_id = $1", [orgId]);
  await keepForecasts(app, orgId);
  expect(wordsOf(await page(manager))).toContain("Your own word for the team 6 20 % Mostly too high: promises 20 % too much");
  expect(wordsOf(await page(rep))).not.toContain("for the team");
});
