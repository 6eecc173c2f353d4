import { describe, expect, test } from "vitest";
import { numbersOf } from "../../src/domain/numbers/numbers-of.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { asActor } from "../../src/platform/context.ts";
import { rowsOf } from "../imports/bring-in.ts";
import { makeTestApp } from "../support/test-app.ts";
import { aYear } from "./a-year.ts";

const app = await makeTestApp();

describe("the numbers of people", () => {
  test("are worked out from their deals as known that day, each with their own goals", async () => {
    const company = await aYear(app);
    const [one, other] = (await rowsOf(app, company, "person")).filter(({ name }) => name.startsWith("rep"));
    if (!one || !other) throw new Error("there are three reps");
    const goals = new Map([[one.id, { quarter: 2_000_000 }]]);
    const numbers = (at: string) =>
      asActor(app, "import", company.orgId, (db) => numbersOf(db, company.orgId, [one.id, other.id], { at: new Date(at), goals }));
    const found = valueOf(await numbers("2025-11-12T10:00:00Z"));
    expect(found?.get(one.id)?.horizons.quarter.goal?.chance.known).toBe(true);
    expect(found?.get(other.id)?.horizons.quarter.goal).toBeNull();
    expect(found?.get(other.id)?.horizons.month.expectedMinor).toBeGreaterThan(0);
    expect(await numbers("2025-02-10T10:00:00Z")).toMatchObject({ known: false, refusal: { lack: "history", have: 40, need: 90 } });
  });
});
