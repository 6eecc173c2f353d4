import { describe, expect, test } from "vitest";
import { exchangeRatesOf } from "../../src/domain/exchange-rates/exchange-rate-queries.ts";
import { forecastsOn } from "../../src/domain/forecasts/forecast-queries.ts";
import { monthOfMeeting } from "../../src/domain/preparations/preparation-access.ts";
import { dayNumber, dayOf } from "../../src/method/day-numbers.ts";
import { calendarYear, type FiscalCalendar } from "../../src/method/fiscal-calendar.ts";
import { horizonEnds, horizonOf } from "../../src/method/horizons.ts";
import { monthAsked } from "../../src/method/months-asked.ts";
import { numbersSetting } from "../../src/method/numbers-setting.ts";
import { horizonWords, periodWords } from "../../src/pages/pipeline/horizon-words.ts";
import { figureName } from "../../src/parts/figure-words.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeMeeting, makeOpportunity, makePair } from "../builders/company.ts";
import { madeDeals } from "../method/made-deals.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const april: FiscalCalendar = { ...calendarYear, startsIn: 4 };
/** 2026 begins on Sunday, 1 February: February to the 28th, March to 28 March, April to 2 May. */
const ofWeeks: FiscalCalendar = { startsIn: 2, pattern: "4-4-5", weekStarts: 7, yearEnds: "nearest" };

const setCalendar = (orgId: string, { startsIn, pattern, weekStarts, yearEnds }: FiscalCalendar) =>
  app.database.ownerPool.query(
    "update organisation set fiscal_year_starts_in = $2, fiscal_pattern = $3, fiscal_week_starts = $4, fiscal_year_ends = $5 where org_id = $1",
    [orgId, startsIn, pattern, weekStarts, yearEnds],
  );

describe("with a year from April", () => {
  test("horizons end with its quarter and its year", () => {
    expect(horizonEnds("2026-02-10", april)).toEqual({ day: "2026-02-10", month: "2026-02-28", quarter: "2026-03-31", year: "2026-03-31" });
    expect(horizonOf("2026-04-01", horizonEnds("2026-02-10", april))).toBe("later");
    expect(horizonWords(april, "2026-11-22")).toMatchObject({
      month: "This month",
      quarter: "Rest of Q3 FY27, until 31 December",
      year: "Rest of FY27, until 31 March",
      later: "After FY27",
    });
    expect(periodWords(april, "2026-10-01", 3)).toBe("Q3 FY27, until 31 December");
    expect(periodWords(april, "2026-11-01", 3)).toBeNull();
  });

  test("the numbers look at its quarter and its year", () => {
    const day = dayNumber("2017-12-10");
    const deals = madeDeals({ people: 3, days: 400, newADay: 0.6 });
    const setting = numbersSetting(deals, Math.max(day, ...deals.map(({ createdOn }) => createdOn + 1)), april);
    const horizons = setting.known ? setting.value.horizons : null;
    expect(dayOf(horizons?.year.from ?? 0).slice(5)).toBe("04-01");
    expect(dayOf(horizons?.year.until ?? 0).slice(5)).toBe("04-01");
  });

  test("the preparation says which year it asks about", () => {
    expect(figureName("year_result", "2026-11-01", "2026-11-22", april)).toBe("Won in FY27, up to today");
    expect(figureName("year_plan", "2026-11-01", "2026-11-22", april)).toBe("Plan for FY27 up to and with November");
    expect(figureName("year_plan", "2026-11-01", "2026-11-22", calendarYear)).toBe("Plan for the year up to and with November");
  });

  test("the pipeline page sorts and names by it", async () => {
    const { company, rep } = await makePair(app);
    await setCalendar(company.orgId, april);
    await makeOpportunity(app, company, rep, { close_on: "2026-03-20" });
    await makeOpportunity(app, company, rep, { close_on: "2026-04-20" });
    const page = await (await app.request("/pipeline", { as: rep })).text();
    expect(page).toContain("Rest of Q4 FY26, until 31 March");
    expect(page).toContain("After FY26");
    const list = await (await app.request("/pipeline?horizon=later", { as: rep })).text();
    expect(list).toContain("20 Apr");
  });
});

describe("with months of 4, 4 and 5 weeks", () => {
  test("a one-on-one in the first week of a fiscal month looks at the month before", () => {
    expect(monthAsked("2026-03-28", ofWeeks)).toBe("2026-03-01");
    expect(monthAsked("2026-03-29", ofWeeks)).toBe("2026-03-01");
    expect(monthAsked("2026-04-04", ofWeeks)).toBe("2026-03-01");
    expect(monthAsked("2026-04-05", ofWeeks)).toBe("2026-04-01");
  });

  test("the preparation of a meeting asks about that month", async () => {
    const { company, manager, rep } = await makePair(app);
    await setCalendar(company.orgId, ofWeeks);
    await makeMeeting(app, company, manager, rep);
    const meeting = { plannedStart: new Date("2026-04-06T10:00Z"), timeZone: "UTC" };
    expect(await rep.tx((db) => monthOfMeeting(db, company.orgId, meeting))).toBe("2026-04-01");
    expect(figureName("month_result", "2026-04-01", "2026-03-30", ofWeeks)).toBe("Won in April so far");
    expect(figureName("month_result", "2026-03-01", "2026-03-30", ofWeeks)).toBe("Won in March");
  });

  test("the briefing says of which month it is only so far", async () => {
    app.setNow("2026-03-30T09:00:00Z");
    const { company, manager, rep } = await makePair(app);
    await setCalendar(company.orgId, ofWeeks);
    await makeOpportunity(app, company, rep, { created_at: "2026-01-05T08:00:00Z" });
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-04-06T10:00:00Z" });
    const words = wordsOf(await (await app.request(`/meetings/${meeting}/briefing`, { as: manager })).text());
    expect(words).toMatch(/Month Won Plan Reached April so far \$0 none set – March \$0/);
  });

  test("horizons end with its weeks, and say so", () => {
    expect(horizonEnds("2026-03-29", ofWeeks)).toEqual({
      day: "2026-03-29",
      month: "2026-05-02",
      quarter: "2026-05-02",
      year: "2027-01-30",
    });
    expect(horizonWords(ofWeeks, "2026-03-02")).toMatchObject({
      month: "This month, until 28 March",
      quarter: "Rest of Q1 FY27, until 2 May",
    });
    expect(periodWords(ofWeeks, "2026-04-01", 1)).toBe("April 2026, until 2 May");
  });

  test("a forecast for a month is shown while its weeks run", async () => {
    const { company, rep } = await makePair(app);
    await setCalendar(company.orgId, ofWeeks);
    const said = {
      org_id: company.orgId,
      person_id: rep.viewer.personId,
      months: 1 as const,
      category: "commit" as const,
      as_of: "2026-03-02",
      amount_minor: 100,
      currency: "USD",
    };
    await asActor(app, "import", company.orgId, (db) =>
      db
        .insertInto("forecast")
        .values([
          { ...said, period_on: "2026-03-01" },
          { ...said, period_on: "2026-03-01", category: "closed", amount_minor: 1000, currency: "CHF" },
          { ...said, period_on: "2026-03-01", category: "pipeline", amount_minor: 9, currency: "SEK" },
          { ...said, period_on: "2026-04-01", amount_minor: 200 },
        ])
        .execute(),
    );
    await app.database.ownerPool.query(
      "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', 'CHF', '2026-02-01', 1.25, now())",
      [company.orgId],
    );
    const on = (day: string) =>
      rep.tx(async (db) => {
        const rates = await exchangeRatesOf(db, company.orgId);
        return forecastsOn(db, { orgId: company.orgId, personIds: [rep.viewer.personId], day, rates });
      });
    const march = await on("2026-03-28");
    expect(
      march.map(({ category, amountMinor }) => [category, amountMinor]),
      "by the rate of the day",
    ).toEqual([
      ["closed", 1250],
      ["commit", 100],
      ["pipeline", 0],
    ]);
    expect(march.at(-1)?.withoutRate).toEqual([{ currency: "SEK", figures: 1 }]);
    expect((await on("2026-03-29")).map(({ amountMinor }) => amountMinor)).toEqual([200]);
  });
});

describe("the pipeline of several currencies", () => {
  test("is shown as one sum too, saying by which day's rate, and names what has none", async () => {
    const { company, manager, rep } = await makePair(app);
    await makeOpportunity(app, company, rep, { amount_minor: 1000_00 });
    await makeOpportunity(app, company, rep, { amount_minor: 1000_00, currency: "CHF" });
    await makeOpportunity(app, company, rep, { amount_minor: 1000_00, currency: "SEK" });
    await app.database.ownerPool.query(
      "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', 'CHF', '2026-02-01', 1.25, now())",
      [company.orgId],
    );
    const page = (await (await app.request("/pipeline", { as: manager })).text()).replaceAll(/\s+/g, " ");
    expect(page).toContain("Together $2,250: CHF by the rate of 1 February 2026.");
    expect(page).toContain("1 deal in SEK has no rate and is left out. An admin can add one.");
    expect(page).toMatch(/CHF\s?1,000/u);
  });

  test("says nothing of rates where there is one currency", async () => {
    const { company, rep } = await makePair(app);
    await makeOpportunity(app, company, rep, { amount_minor: 1000_00 });
    expect(await (await app.request("/pipeline", { as: rep })).text()).not.toContain("Together");
  });
});
