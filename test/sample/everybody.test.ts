import { expect, test } from "vitest";
import { openSampleCompany } from "../../src/domain/organisations/open-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, everybody } from "./asked.ts";

const app = await makeTestApp();

const pagesOf = (role: string): string[] => [
  "/week",
  "/commitments",
  "/records",
  "/account",
  ...(role === "rep" ? [] : ["/people", "/series"]),
];

// A workday, a Sunday, the turn of the year: whenever somebody tries it out.
test.each(["2026-11-18T14:20:00Z", "2026-11-22T04:05:00Z", "2027-01-01T23:50:00Z"])(
  "everybody can be tried out on %s and gets their pages",
  async (now) => {
    const fresh = await makeTestApp();
    fresh.setNow(now);
    await openSampleCompany(fresh);
    const problems: string[] = [];
    for (const person of await everybody(fresh)) {
      const signedIn = await fresh.request("/sign-in/sample", { form: { person: person.id } });
      expect(signedIn.status).toBe(303);
      const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      const meetings = await ask<{ id: string; state: string; is_rep: boolean }>(
        fresh,
        `(select id, state, rep_id = $1 as is_rep from meeting where $1 in (manager_id, rep_id) and state = 'closed' order by planned_start desc limit 2)
       union all (select id, state, rep_id = $1 from meeting where $1 in (manager_id, rep_id) and state = 'planned' and planned_start > $2 order by planned_start limit 2)`,
        person.id,
        fresh.clock.now(),
      );
      const pages = meetings.map(({ id, state }) => `/meetings/${id}/${state === "closed" ? "record" : "room"}`);
      for (const path of [...pagesOf(person.role), ...pages]) {
        const response = await fresh.request(path, { as: { cookie } });
        if (response.status !== 200) problems.push(`${person.name} (${person.role}) ${path}: ${response.status}`);
      }
    }
    expect(problems).toEqual([]);
  },
  120_000,
);

test("there is nobody to try out before there is a sample", async () => {
  expect((await app.request("/sign-in/sample", { form: { person: "nobody" } })).status).toBe(404);
});
