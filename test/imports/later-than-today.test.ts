import { expect, test } from "vitest";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn } from "./bring-in.ts";

const app = await makeTestApp({ KEPT_NOW: "2017-10-02T08:00Z" });
app.setNow("2017-10-02T08:00Z");
const head = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";

test("the page of an import says how many rows are dated later than the day on which the clock stands still", async () => {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { roles: ["admin"], from: "2015-01-01" });
  const leader = await makePerson(app, company, { roles: ["leader"], from: "2015-01-01" });
  await makePerson(app, company, { name: "Ann Rep", email: "ann@example.com", from: "2015-01-01" });
  const rows = [
    "A1,Ann Rep,Rack 20,Halden,Won,2017-03-01,2017-05-02,1054",
    "A2,Ann Rep,Rack 20,Halden,Won,2017-03-01,2017-12-02,1054",
    "A3,Ann Rep,Rack 20,Halden,Lost,2017-11-01,2017-12-03,0",
  ];
  const { id } = await bringIn(app, company, [head, ...rows].join("\n"));
  const page = async () =>
    (await (await app.request(`/imports/${id}`, { as: admin })).text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  expect(await page()).toContain(
    "2 rows are dated later than 2 October 2017, the day on which Kept’s clock stands still, in whole or in what changed: they show from their day on.",
  );
  const { rows: asLeader } = await leader.tx((db) =>
    db.executeQuery<{ n: number }>({ ...db.selectNoFrom((eb) => eb.fn<number>("later_than_today", [eb.val(id)]).as("n")).compile() }),
  );
  expect(asLeader).toEqual([{ n: 0 }]);
  app.setNow("2018-01-02T08:00Z");
  expect(await page()).not.toContain("dated later");
});
