import { runMigrations } from "graphile-worker";
import { describe, expect, test } from "vitest";
import { keptSetting } from "../../src/domain/numbers/kept-setting.ts";
import { recomputeAllDue } from "../../src/domain/numbers/recompute-all-due.ts";
import { recomputeNumbers } from "../../src/domain/numbers/recompute-numbers.ts";
import { settingAt } from "../../src/domain/numbers/setting-at.ts";
import { type StoredNumbers, storedNumbers } from "../../src/domain/numbers/stored-numbers-queries.ts";
import type { PersonNumbers } from "../../src/domain/numbers/stored-shape.ts";
import { keepForecasts } from "../../src/domain/period-forecasts/keep-forecasts.ts";
import { recomputeNumbersJob } from "../../src/jobs/recompute-numbers.ts";
import { dayOf } from "../../src/method/day-numbers.ts";
import { asActor } from "../../src/platform/context.ts";
import { type Company, makePair, makePerson } from "../builders/company.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { bringIn, rowsOf } from "../imports/bring-in.ts";
import { madeDeals } from "../method/made-deals.ts";
import { makeTestApp } from "../support/test-app.ts";
import { aYear } from "./a-year.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;
const now = "2025-11-12T10:00:00Z";
app.setNow(now);

const repsOf = async (company: Company) => (await rowsOf(app, company, "person")).filter(({ name }) => name.startsWith("rep"));
const dueIn = async (company: Company): Promise<string[]> =>
  (await owner.query("select distinct person_id as id from numbers_due where org_id = $1 order by 1", [company.orgId])).rows.map(
    ({ id }) => id,
  );
const storedIn = async (company: Company): Promise<Map<string, StoredNumbers>> =>
  asActor(app, "numbers", company.orgId, async (db) =>
    storedNumbers(
      db,
      company.orgId,
      (await repsOf(company)).map(({ id }) => id),
    ),
  );
const figuresOf = (stored: StoredNumbers | undefined): PersonNumbers => {
  if (!stored?.quota?.numbers.known) throw new Error(JSON.stringify(stored));
  return stored.quota.numbers.value;
};
/** Every stored row as the database has it, to be compared byte by byte. */
const rawIn = async (company: Company): Promise<string[]> =>
  (
    await owner.query(
      "select person_id || basis || as_of || shape || md5(numbers::text) as raw from stored_numbers where org_id = $1 order by 1",
      [company.orgId],
    )
  ).rows.map(({ raw }) => raw);
const settle = async (company: Company) => {
  const shared = await settingAt(app, company.orgId, app.clock.now());
  while ((await recomputeNumbers(app, company.orgId, shared)) > 0);
};
const markAll = (company: Company) =>
  owner.query("insert into numbers_due (org_id, person_id, since) select org_id, id, $2 from person where org_id = $1", [
    company.orgId,
    now,
  ]);

await runMigrations({ pgPool: owner });
const company = await aYear(app);
await bringIn(app, company, "owner,month,amount\nrep 0,2025-10,9000\nrep 0,2025-11,9000\nrep 0,2025-12,9000", { what: "quotas" });

describe("numbers worked out in the background", () => {
  test("of everybody an import has touched are stored, valid, and say of which day they are", async () => {
    expect(await dueIn(company)).toHaveLength(3);
    await recomputeNumbersJob(app);
    expect(await dueIn(company)).toEqual([]);
    const stored = await storedIn(company);
    for (const one of stored.values()) {
      expect(one).toMatchObject({ goal: null, dueSince: null, quota: { asOf: "2025-11-12", madeAt: new Date(now) } });
      const figures = figuresOf(one);
      expect(figures.open.deals).toBeGreaterThan(20);
      expect(figures.horizons.month).toMatchObject({ from: "2025-11-01", until: "2025-12-01" });
      expect(figures.winRate.known && figures.baseline.known && figures.cycle.known && figures.dealSize.known).toBe(true);
      expect(figures.months.at(-1)?.month).toBe("2025-10-01");
      expect(figures.chanceByAge[0]?.age).toBe(0);
    }
  });

  test("are followed by the first forecast at once, and by later ones only when their time comes", async () => {
    const waiting = async () => (await owner.query("select 1 from graphile_worker.jobs where task_identifier = 'keep_forecasts'")).rowCount;
    expect(await waiting()).toBe(1);
    await owner.query("select graphile_worker.remove_job('cron keep_forecasts')");
    await keepForecasts(app, company.orgId);
    await markAll(company);
    await recomputeNumbersJob(app);
    expect(await waiting()).toBe(0);
  });

  test("hold a goal where there is a quota for the whole of it, and none for a year of which a few months have one, or for whoever has none", async () => {
    const [first, second] = await repsOf(company);
    const stored = await storedIn(company);
    const [one, other] = [figuresOf(stored.get(first?.id ?? "")), figuresOf(stored.get(second?.id ?? ""))];
    const { month, quarter, year } = one.horizons;
    expect([month.goal?.goalMinor, quarter.goal?.goalMinor, year.goal?.goalMinor]).toEqual([900_000, 2_700_000, undefined]);
    expect(quarter.goal?.gapMinor).toBe(2_700_000 - quarter.won.minor);
    expect(quarter.goal?.chance.known && quarter.goal.coverage.known && quarter.goal.finding.known).toBe(true);
    expect(one.missedInARow).not.toBeNull();
    expect([other.horizons.month.goal, other.missedInARow]).toEqual([null, null]);
  });

  test("name the deals that move a chance most by ids that can be opened", async () => {
    const [first] = await repsOf(company);
    const { moves } = figuresOf((await storedIn(company)).get(first?.id ?? "")).horizons.quarter.goal ?? {};
    const ids = moves?.known ? moves.value.flatMap(({ what }) => (what.kind === "deal" ? [what.opportunityId] : [])) : [];
    expect(ids.length).toBeGreaterThan(0);
    const { rows } = await owner.query("select 1 from opportunity where id = any($1) and owner_id = $2 and outcome = 'open'", [
      ids,
      first?.id,
    ]);
    expect(rows).toHaveLength(ids.length);
  });

  test("of one person are due again when something of theirs is written, and of nobody else", async () => {
    const [first, second] = await repsOf(company);
    await owner.query("update opportunity set amount_minor = 7 where org_id = $1 and owner_id = $2", [company.orgId, second?.id]);
    expect(await dueIn(company)).toEqual([second?.id]);
    await settle(company);
    expect(await dueIn(company)).toEqual([]);
    await owner.query("update quota set amount_minor = 5 where org_id = $1 and person_id = $2", [company.orgId, first?.id]);
    expect(await dueIn(company)).toEqual([first?.id]);
    await settle(company);
    await owner.query(
      "insert into activity (org_id, id, source, external_id, type, person_id, at) values ($1, gen_random_uuid(), 't', '1', 'call', $2, $3)",
      [company.orgId, second?.id, now],
    );
    expect(await dueIn(company)).toEqual([second?.id]);
    await settle(company);
    const deal = "(select id from opportunity where org_id = $1 and owner_id = $2 limit 1)";
    await owner.query(`update opportunity set owner_id = $3 where id = ${deal}`, [company.orgId, second?.id, first?.id]);
    expect(await dueIn(company)).toEqual([first?.id, second?.id].sort());
    await settle(company);
  });

  test("count what happened today, without waiting for tomorrow", async () => {
    const [first] = await repsOf(company);
    const before = figuresOf((await storedIn(company)).get(first?.id ?? ""));
    const stage = await owner.query("select id from stage where org_id = $1 and name = 'Won'", [company.orgId]);
    const { rows } = await owner.query(
      "update opportunity set outcome = 'won', stage_id = $3, amount_minor = 123456, close_on = $4::timestamptz::date, last_change_at = $4::timestamptz where id = (select id from opportunity where org_id = $1 and owner_id = $2 and outcome = 'open' order by id limit 1) returning id",
      [company.orgId, first?.id, stage.rows[0].id, now],
    );
    expect(rows).toHaveLength(1);
    await settle(company);
    const after = figuresOf((await storedIn(company)).get(first?.id ?? ""));
    expect(after.horizons.month.won).toEqual({
      minor: before.horizons.month.won.minor + 123_456,
      deals: before.horizons.month.won.deals + 1,
    });
    expect(after.open.deals).toBe(before.open.deals - 1);
  });
});

const yesterday = "2025-11-11T10:00:00Z";
const later = "2025-11-12T10:00:01Z";

/** A process that asks something of the customer before Engaging, where all open deals claim to be; and four deals of one rep, 1000.00 each. */
async function sellingByEvidence(company: Company) {
  const { verifiers } = await makeProcess(app, company, {
    stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
  });
  const by = await makePerson(app, company, { name: "Wanda Witness" });
  const rep = (await repsOf(company))[0]?.id ?? "";
  const { rows } = await owner.query<{ id: string }>(
    "select id from opportunity where org_id = $1 and owner_id = $2 and outcome = 'open' order by id limit 4",
    [company.orgId, rep],
  );
  const verifier = verifiers.get("Customer accepted the meeting");
  const give = (id: string | undefined, values: { at: string; withdrawnAt?: string }) =>
    makeEvidence(app, company, { opportunity: id ?? "", verifier, by }, values);
  return { give, rep, ids: rows.map(({ id }) => id) };
}

describe("no row later than the moment", () => {
  test("has any effect: with later deals, changes, activities and evidence the stored numbers are the same, byte by byte", async () => {
    const company = await aYear(app);
    const { give, ids } = await sellingByEvidence(company);
    const given = await give(ids[0], { at: yesterday });
    await markAll(company);
    await settle(company);
    const before = await rawIn(company);
    const insert = `insert into opportunity (org_id, id, source, external_id, name, owner_id, product_id, stage_id, outcome, amount_minor, currency, close_on, created_at, last_change_at)
      select org_id, gen_random_uuid(), source, 'later ' || external_id, name, owner_id, product_id, stage_id, outcome, 5000000, currency, '2025-11-13', $2, $2
      from opportunity where org_id = $1 limit 200`;
    await owner.query(insert, [company.orgId, later]);
    await owner.query(
      `with moved as (update opportunity set amount_minor = 1, last_change_at = $2 where org_id = $1 and outcome = 'open' and external_id not like 'later%' returning id)
       insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source) select $1, id, $2, 'amount', null, '1', 't' from moved`,
      [company.orgId, later],
    );
    await owner.query(
      `insert into activity (org_id, id, source, external_id, type, person_id, at)
       select $1, gen_random_uuid(), 'l', id::text, 'call', id, $2::timestamptz from person where org_id = $1`,
      [company.orgId, later],
    );
    await give(ids[1], { at: later });
    await owner.query("update evidence set withdrawn_at = $2, withdrawn_by = recorded_by, withdrawn_why = 'No.' where id = $1", [
      given,
      later,
    ]);
    await markAll(company);
    await settle(company);
    expect(await rawIn(company)).toEqual(before);
  });

  test("makes a deal verified: evidence counts from when it was given until it is withdrawn", async () => {
    const company = await aYear(app);
    const { give, ids, rep } = await sellingByEvidence(company);
    const [staying, taken, stillThere, tooLate] = ids;
    await give(staying, { at: yesterday });
    await give(taken, { at: yesterday, withdrawnAt: "2025-11-12T09:59:59Z" });
    await give(stillThere, { at: yesterday, withdrawnAt: later });
    await give(tooLate, { at: later });
    await markAll(company);
    await settle(company);
    expect(figuresOf((await storedIn(company)).get(rep)).verified).toEqual({ minor: 200_000, deals: 2 });
  });
});

describe("what everybody's numbers have in common", () => {
  test("is kept, and gives the same numbers as when it was just learnt, byte by byte", async () => {
    const company = await aYear(app);
    await markAll(company);
    await recomputeAllDue(app, company.orgId);
    const before = await rawIn(company);
    const kept = await keptSetting(app, company.orgId);
    expect(kept).toEqual(await settingAt(app, company.orgId, app.clock.now()));
    await markAll(company);
    await recomputeNumbersJob(app);
    expect(await dueIn(company)).toEqual([]);
    expect(await rawIn(company)).toEqual(before);
  });

  test("is not learnt again for each person touched, only once a fiftieth of the time allows, and on another day", async () => {
    const company = await aYear(app);
    await recomputeAllDue(app, company.orgId);
    await owner.query("update numbers_setting set took_ms = 60000 where org_id = $1", [company.orgId]);
    const madeAt = async () =>
      (await owner.query("select made_at from numbers_setting where org_id = $1", [company.orgId])).rows[0].made_at;
    const first = await madeAt();
    await owner.query("update opportunity set amount_minor = 7 where org_id = $1", [company.orgId]);
    await recomputeNumbersJob(app);
    expect(await dueIn(company)).toEqual([]);
    expect(await madeAt()).toEqual(first);
    await owner.query("update numbers_setting set made_at = now() - interval '51 minutes' where org_id = $1", [company.orgId]);
    expect(await keptSetting(app, company.orgId)).toBeUndefined();
    await owner.query("update numbers_setting set made_at = now(), as_of = as_of - 1 where org_id = $1", [company.orgId]);
    expect(await keptSetting(app, company.orgId)).toBeUndefined();
  });

  test("is learnt at once after a file that brings many deals, and where there was too little to learn from", async () => {
    const { company: young } = await makePair(app);
    const storedOf = async () =>
      (
        await owner.query(
          "select numbers->>'known' as known from stored_numbers s join person p on p.id = s.person_id and p.name = 'Rico Rep' where s.org_id = $1",
          [young.orgId],
        )
      ).rows;
    const take = async (from: number, until: number) => {
      const rows = madeDeals({ people: 1, days: 300, newADay: 0.6 })
        .slice(from, until)
        .map(({ createdOn, endedOn, outcome }, n) => {
          const end = endedOn === null ? "," : `${dayOf(endedOn)},${outcome === "won" ? 1000 : 0}`;
          return `D${from + n},Rico Rep,Thing,,${{ won: "Won", lost: "Lost", open: "Engaging" }[outcome]},${dayOf(createdOn)},${end}`;
        });
      const head = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
      await bringIn(app, young, [head, ...rows].join("\n"));
    };
    const slow = () => owner.query("update numbers_setting set took_ms = 60000 where org_id = $1", [young.orgId]);
    await bringIn(app, young, "product,series,sales_price\nThing,A,1000");
    await take(0, 3);
    await recomputeAllDue(app, young.orgId);
    await slow();
    await take(0, 120);
    await recomputeAllDue(app, young.orgId);
    expect(await storedOf()).toEqual([{ known: "true" }]);
    await slow();
    const known = await keptSetting(app, young.orgId);
    expect(known).toBeDefined();
    await take(0, 125);
    expect(await keptSetting(app, young.orgId)).toEqual(known);
    await take(0, 180);
    expect(await keptSetting(app, young.orgId)).toBeUndefined();
  });

  test("is learnt again once the organisation counts in another currency, or by other midnights", async () => {
    const company = await aYear(app);
    await recomputeAllDue(app, company.orgId);
    await owner.query("update numbers_setting set took_ms = 60000 where org_id = $1", [company.orgId]);
    expect(await keptSetting(app, company.orgId)).toBeDefined();
    for (const change of ["currency = 'CHF'", "currency = 'USD', time_zone = 'Europe/Zurich'"]) {
      await owner.query(`update organisation set ${change} where org_id = $1`, [company.orgId]);
      expect(await keptSetting(app, company.orgId)).toBeUndefined();
    }
  });
});

test("the day somebody started marks them, and no other change of theirs does", async () => {
  await settle(company);
  const [first] = await repsOf(company);
  const change = (what: string) => owner.query(`update person set ${what} where id = $1`, [first?.id]);
  await change("name = name || ' the first'");
  expect(await dueIn(company)).toEqual([]);
  await change("started_on = '2025-10-15'");
  expect(await dueIn(company)).toEqual([first?.id]);
  await settle(company);
  const stored = figuresOf((await storedIn(company)).get(first?.id ?? ""));
  expect([stored.ownMonths, stored.trailingMinor]).toEqual([0, null]);
  expect(stored.baseline).toMatchObject({ refusal: { unit: "days since the first own deal", have: 29 } });
  await change("started_on = null, name = 'rep 0'");
  await settle(company);
});

describe("several processes on one database", () => {
  test("never work on the same person at the same time, and leave nobody out", async () => {
    await markAll(company);
    const shared = await settingAt(app, company.orgId, app.clock.now());
    const [one, other] = await Promise.all([recomputeNumbers(app, company.orgId, shared), recomputeNumbers(app, company.orgId, shared)]);
    const people = (await rowsOf(app, company, "person")).length;
    expect(one + other).toBe(people);
    expect(await dueIn(company)).toEqual([]);
  });

  test("leave every mark where it was when one is killed in the middle", async () => {
    await markAll(company);
    const shared = await settingAt(app, company.orgId, app.clock.now());
    const broken = { ...shared, calendar: { ...shared.calendar, timeZone: "Nowhere" } };
    const due = await dueIn(company);
    await expect(recomputeNumbers(app, company.orgId, broken)).rejects.toThrow("time zone");
    expect(await dueIn(company)).toEqual(due);
  });
});
