import { expect, test } from "vitest";
import { missMeetings } from "../../src/domain/meetings/miss-meetings.ts";
import { planMeetings } from "../../src/domain/meetings/plan-meetings.ts";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, count } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-18T14:20:00Z");
const { orgId } = await makeSampleCompany(app);
const now = app.clock.now();
const reps = "(select person_id from person_role where role = 'rep')";

test("every pair of manager and rep has slots of its own, and the leader with every manager", async () => {
  const pairs = await ask<{ slots: number }>(
    app,
    "select count(s.id)::int as slots from reporting_line l left join series s on s.manager_id = l.manager_id and s.rep_id = l.person_id group by l.person_id",
  );
  expect(pairs).toHaveLength(21);
  for (const { slots } of pairs) expect(slots).toBeGreaterThan(0);
  const kinds = await ask<{ slug: string }>(app, "select distinct k.slug from series s join kind k on k.id = s.kind_id");
  expect(kinds.map(({ slug }) => slug)).toEqual(expect.arrayContaining(["deal-strategy", "results-review", "skill-coaching"]));
});

test("this week each manager has five to seven one-on-ones with reps, in working hours on workdays", async () => {
  const week = await ask<{ manager: string; n: number }>(
    app,
    `select manager_id as manager, count(*)::int as n from meeting
     where planned_start >= '2026-11-16' and planned_start < '2026-11-23' and rep_id in ${reps} and state <> 'excused' group by 1`,
  );
  expect(week).toHaveLength(3);
  for (const { n } of week) {
    expect(n).toBeGreaterThanOrEqual(5);
    expect(n).toBeLessThanOrEqual(8);
  }
  const odd = await ask(
    app,
    `select planned_start, time_zone from meeting where moved_at is null
       and (extract(isodow from planned_start at time zone time_zone) > 5 or extract(hour from planned_start at time zone time_zone) not between 7 and 17)`,
  );
  expect(odd).toEqual([]);
});

test("nobody is in two one-on-ones at once", async () => {
  const clashes = await ask(
    app,
    `select a.planned_start, b.planned_start from meeting a join meeting b on a.id < b.id and (a.manager_id in (b.manager_id, b.rep_id) or a.rep_id in (b.manager_id, b.rep_id))
       and a.planned_start < b.planned_start + make_interval(mins => b.minutes) and b.planned_start < a.planned_start + make_interval(mins => a.minutes)
       and a.state in ('planned', 'closed') and b.state in ('planned', 'closed') and a.moved_at is null and b.moved_at is null`,
  );
  expect(clashes).toEqual([]);
});

test("one is planned within the hour, so that a newcomer can walk into the room", async () => {
  const [first] = await ask<{ id: string }>(
    app,
    "select p.id from person p join person_role r on r.person_id = p.id and r.role = 'manager' order by p.name limit 1",
  );
  expect(
    await count(
      app,
      "meeting where state = 'planned' and manager_id = $1 and planned_start > $2 and planned_start <= $2::timestamptz + interval '1 hour'",
      first?.id,
      now,
    ),
  ).toBeGreaterThanOrEqual(1);
});

test("planning again and the clock's own rounds change nothing", async () => {
  const done = await asActor(app, "job", orgId, async (db) => ({
    planned: await planMeetings(db, { orgId, now }),
    ...(await missMeetings(db, { orgId, now })),
  }));
  expect(done).toEqual({ planned: 0, missed: 0, excused: 0 });
});

test("most were held; some missed, moved and excused, each with what the state needs", async () => {
  const states = await ask<{ state: string; n: number }>(
    app,
    "select state, count(*)::int as n from meeting where planned_start < $1 group by 1",
    now,
  );
  const n = (state: string) => states.find((row) => row.state === state)?.n ?? 0;
  expect(n("closed")).toBeGreaterThan(250);
  expect(n("missed")).toBeGreaterThan(4);
  expect(n("excused")).toBeGreaterThan(4);
  expect(n("closed") / (n("closed") + n("missed") + n("excused"))).toBeGreaterThan(0.8);
  expect(await count(app, "meeting where moved_at is not null and state = 'closed'")).toBeGreaterThan(4);
  expect(
    await count(
      app,
      "meeting m where state = 'excused' and not exists (select 1 from meeting_reason r where r.meeting_id = m.id and r.what = 'excused')",
    ),
  ).toBe(0);
  expect(await count(app, "meeting_reason where what = 'moved'")).toBeGreaterThan(2);
});

test("nothing has happened in the future", async () => {
  const columns = await ask<{ table_name: string; column_name: string }>(
    app,
    `select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t on t.table_name = c.table_name and t.table_schema = 'public' and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and c.data_type = 'timestamp with time zone' and c.column_name not in ('planned_start', 'moved_from')
       and c.table_name not like 'auth_%' and c.table_name in (select table_name from information_schema.columns where column_name = 'org_id')`,
  );
  expect(columns.length).toBeGreaterThan(40);
  const ahead: string[] = [];
  for (const { table_name, column_name } of columns)
    if ((await count(app, `"${table_name}" where "${column_name}" > $1`, now)) > 0) ahead.push(`${table_name}.${column_name}`);
  // Of the activities only those that are planned.
  expect(ahead).toEqual(["activity.at"]);
  expect(await count(app, "activity where is_done and at > $1", now)).toBe(0);
});

test("a held one-on-one keeps its agenda, its time by section, and is mostly not about the past", async () => {
  expect(await count(app, "meeting m join agenda a on a.id = m.agenda_id where a.kind_id <> m.kind_id")).toBe(0);
  expect(
    await count(app, "meeting m where state = 'closed' and not exists (select 1 from section_timing t where t.meeting_id = m.id)"),
  ).toBe(0);
  expect(
    await count(
      app,
      "section_timing t join meeting m on m.id = t.meeting_id where t.ended_at is null or t.ended_at > m.closed_at or t.started_at < m.opened_at",
    ),
  ).toBe(0);
  expect(
    await count(
      app,
      "section_timing t join section s on s.id = t.section_id join meeting m on m.id = t.meeting_id where s.agenda_id <> m.agenda_id",
    ),
  ).toBe(0);
  const shares = await ask<{ past: number }>(
    app,
    `select coalesce(sum(extract(epoch from t.ended_at - t.started_at)) filter (where s.focus = 'past'), 0)::float8 / sum(extract(epoch from t.ended_at - t.started_at))::float8 as past
     from section_timing t join section s on s.id = t.section_id group by t.meeting_id`,
  );
  expect(shares.filter(({ past }) => past <= 0.12).length / shares.length).toBeGreaterThan(0.7);
});

test("of this week's, some are prepared and handed in and some are not", async () => {
  const soon = "meeting m where m.state = 'planned' and m.planned_start > $1 and m.planned_start < $1::timestamptz + interval '8 days'";
  const all = await count(app, soon, now);
  const prepared = await count(
    app,
    `${soon} and exists (select 1 from preparation p where p.meeting_id = m.id and p.submitted_at is not null)`,
    now,
  );
  expect(prepared).toBeGreaterThan(2);
  expect(prepared).toBeLessThan(all);
  expect(await count(app, `${soon} and m.agenda_sent_at is not null`, now)).toBeGreaterThan(0);
  expect(
    await count(
      app,
      `meeting where state = 'planned' and agenda_sent_at is null and planned_start > $1 and planned_start <= $1::timestamptz + interval '24 hours'`,
      now,
    ),
  ).toBe(0);
});
