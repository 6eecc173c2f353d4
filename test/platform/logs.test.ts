import { afterAll, expect, test } from "vitest";
import { makePair } from "../builders/company.ts";
import { startInstance } from "../support/instance.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const { rep } = await makePair(app);
const kept = await startInstance({ env: { DATABASE_URL: app.database.url, KEPT_LOG: "debug" } });
afterAll(() => kept.discard());

test("logs are lines of JSON that tell of requests and of nobody's words", async () => {
  const person = await app.database.auth
    .selectFrom("person")
    .select(["org_id", "id", "name", "email"])
    .where("id", "=", rep.viewer.personId)
    .executeTakeFirstOrThrow();
  const set = await app.signIn.openSession({
    orgId: person.org_id,
    id: person.id,
    name: person.name,
    email: person.email ?? "",
    userId: null,
  });
  const cookie = set.split(";")[0] ?? "";
  const secret = "a-secret-nobody-may-read";
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${kept.url}${path}`, {
      redirect: "manual",
      ...init,
      headers: { cookie, origin: kept.url, accept: "text/html", ...init.headers },
    });
  await send(`/week?search=${secret}`);
  await send(`/records?q=${secret}`);
  await send("/account", { method: "POST", body: new URLSearchParams({ name: secret, time_zone: secret }) });
  await send("/sign-in", { method: "POST", body: new URLSearchParams({ email: `${secret}@example.com`, password: secret }) });
  await send("/api/v1/people", { headers: { authorization: `Bearer kept_${secret}_00000000000` } });
  await send(`/nothing/${secret}`);
  await kept.stop();
  const lines = kept
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
  const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "request");
  expect(requests.map(({ route }) => route)).toContain("/week");
  const all = kept.output();
  for (const word of [secret, person.name, person.email ?? "?", cookie.split("=")[1] ?? "?"]) expect(all).not.toContain(word);
});
