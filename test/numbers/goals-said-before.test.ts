import { expect, test } from "vitest";
import { changeConsent } from "../../src/domain/goals/change-consent.ts";
import { type GoalWanted, sayGoals } from "../../src/domain/goals/say-goals.ts";
import { recomputeAllDue } from "../../src/domain/numbers/recompute-all-due.ts";
import { storedNumbers } from "../../src/domain/numbers/stored-numbers-queries.ts";
import { type Ctx, ctxFor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { readViewer } from "../../src/platform/sign-in.ts";
import { makePerson } from "../builders/company.ts";
import { rowsOf } from "../imports/bring-in.ts";
import { makeTestApp } from "../support/test-app.ts";
import { aYear } from "./a-year.ts";

const app = await makeTestApp();
app.setNow("2025-11-12T10:00:00Z");
const company = await aYear(app);
const { orgId } = company;
const people = await rowsOf(app, company, "person");

async function ctxOfNamed(name: string): Promise<Ctx> {
  const personId = people.find((one) => one.name === name)?.id ?? "";
  const viewer = await readViewer(app.database, { personId, orgId, sessionId: null, today: "2025-11-12" });
  if (!viewer) throw new Error(name);
  return ctxFor(app, viewer);
}

const say = (rep: Ctx, ...goals: GoalWanted[]) => sayGoals(rep, { personId: rep.viewer.personId, id: newId(), goals });

/** The goals of month and year that these numbers tell, as somebody reads them; null where they may not. */
async function goalsReadBy(viewer: Ctx, rep: Ctx): Promise<(number | undefined)[] | null> {
  const id = rep.viewer.personId;
  const goal = await viewer.tx(async (db) => (await storedNumbers(db, orgId, [id])).get(id)?.goal);
  if (!goal?.numbers.known) return null;
  const { month, year } = goal.numbers.value.horizons;
  return [month.goal?.goalMinor, year.goal?.goalMinor];
}

test("numbers against goals that were said to the manager before are not told to the later one, unless the rep lets them", async () => {
  const [rep, before] = [await ctxOfNamed("rep 0"), await ctxOfNamed("Ada Boss")];
  await say(rep, { horizon: "year", month: "2025-01-01", amountMinor: 50_000_000 });
  await recomputeAllDue(app, orgId);
  expect((await goalsReadBy(before, rep))?.[1]).toBe(50_000_000);

  const later = await makePerson(app, company, { name: "Lea Later", roles: ["manager"] });
  const pair = [orgId, rep.viewer.personId];
  await app.database.ownerPool.query("update reporting_line set until_on = '2025-11-12' where org_id = $1 and person_id = $2", pair);
  await app.database.ownerPool.query(
    "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2025-11-12')",
    [...pair, later.viewer.personId],
  );
  await say(rep, { horizon: "month", month: "2025-11-01", amountMinor: 4_000_000 });
  await recomputeAllDue(app, orgId);
  expect(await goalsReadBy(rep, rep)).toEqual([4_000_000, 50_000_000]);
  expect(await goalsReadBy(later, rep), "the goal of the year was said to Ada").toBeNull();

  await changeConsent(rep, { personId: rep.viewer.personId, gives: true });
  expect(await goalsReadBy(later, rep)).toEqual([4_000_000, 50_000_000]);
  await changeConsent(rep, { personId: rep.viewer.personId, gives: false });
  expect(await goalsReadBy(later, rep)).toBeNull();

  await say(rep, { horizon: "year", month: "2025-01-01", amountMinor: 55_000_000 });
  await recomputeAllDue(app, orgId);
  expect(await goalsReadBy(later, rep), "said again, to the later one").toEqual([4_000_000, 55_000_000]);
});
