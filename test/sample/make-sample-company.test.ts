import { expect, test } from "vitest";
import { makeSampleCompany, sampleRows } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, count } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T04:10:00Z");

test("it is made once, however often it is asked for", async () => {
  const { orgId } = await makeSampleCompany(app);
  expect(await makeSampleCompany(app)).toEqual({ orgId });
});

test("every row is there: nothing is lost between making it up and writing it down", async () => {
  const { rows, orgId } = sampleRows(app.clock.now());
  for (const [table, made] of rows.byTable)
    expect([table, await count(app, `"${table}" where org_id = $1`, orgId)]).toEqual([table, made.length]);
});

test("whenever it is made, there is somebody to meet within the hour and nothing planned that is long past", async () => {
  for (let hours = 0; hours < 24 * 7; hours += 31) {
    const now = new Date(Date.parse("2026-12-28T00:20:00Z") + hours * 3_600_000);
    const meetings = (sampleRows(now).rows.byTable.get("meeting") ?? []) as {
      state: string;
      planned_start: Date;
      minutes: number;
      opened_at: Date | null;
      closed_at: Date | null;
    }[];
    const minutesAhead = meetings
      .filter(({ state }) => state === "planned")
      .map(({ planned_start }) => (planned_start.getTime() - now.getTime()) / 60_000);
    expect(minutesAhead.some((ahead) => ahead > 0 && ahead <= 60)).toBe(true);
    expect(minutesAhead.filter((ahead) => ahead < -120)).toEqual([]);
    expect(meetings.filter(({ closed_at }) => closed_at !== null && closed_at > now)).toEqual([]);
  }
}, 60_000);

test("the words of a held one-on-one come from both sides", async () => {
  const [row] = await ask<{ both: number; all: number }>(
    app,
    `select count(*)::int as all, (count(*) filter (where writers > 1))::int as both from (select count(distinct by_id) as writers from note_update group by doc_id) d`,
  );
  expect(row?.both).toBeGreaterThan((row?.all ?? 0) / 2);
});
