import { expect, test } from "vitest";
import { makePair } from "./builders/company.ts";
import { makeTestApp } from "./support/test-app.ts";

const app = await makeTestApp();

test("healthz answers ok when the database answers", async () => {
  const response = await app.request("/healthz");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("a rep sees the manager's name, and the manager the rep's", async () => {
  const { manager, rep } = await makePair(app);
  const names = (await rep.tx((db) => db.selectFrom("person").select("name").orderBy("name").execute())).map(({ name }) => name);
  expect(names).toEqual(["Mara Manager", "Rico Rep"]);
  expect(await manager.tx((db) => db.selectFrom("person").select("name").execute())).toHaveLength(2);
});

test("a signed-in person is sent to their week, nobody to the sign-in page", async () => {
  const { rep } = await makePair(app);
  expect((await app.request("/", { as: rep })).headers.get("location")).toBe("/week");
  expect((await app.request("/")).headers.get("location")).toBe("/sign-in");
});
